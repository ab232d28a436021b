import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe } from "vitest";
import { launchBrowser, missingBrowser } from "./browser.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

const FAILURES = join(tmpdir(), "formwright-journey-failures");
/** How long a page may take for one thing: machines that run this do much else beside it. */
const PATIENCE_MS = 60_000;
const noBrowser = await missingBrowser();

export interface OpenOptions {
  /** What the browser asks for; people choose for themselves once signed in. */
  readonly locale?: "en-GB" | "zh-CN";
  readonly width?: number;
  readonly height?: number;
}

/** Where a journey plays: one server on a fresh folder and one browser, with as many people as it needs. */
export interface Stage {
  readonly server: ServerProcess;
  /** A browser of somebody's own: no cookies shared with others. */
  open(path: string, options?: OpenOptions): Promise<Page>;
  /** Errors that pages wrote to their console or threw, so far. */
  readonly pageErrors: readonly string[];
}

/**
 * Describes a journey. Its tests run in order on one stage; when one fails, pictures of all open pages and what the
 * server printed are kept and named, and what comes after it is left out. Skipped, with the reason in its name, when
 * there is no browser or `unless` says why.
 */
export function journey(name: string, tests: (stage: Stage) => void, unless: string | null = null): void {
  const reason = noBrowser ?? unless;
  describe.skipIf(reason !== null)(reason === null ? name : `${name} (${reason})`, () => {
    const pageErrors: string[] = [];
    const contexts: BrowserContext[] = [];
    const play: { server?: ServerProcess; browser?: Browser } = {};
    const stage: Stage = {
      get server() {
        return present(play.server);
      },
      pageErrors,
      async open(path, { locale = "en-GB", width = 1440, height = 900 } = {}) {
        const context = await present(play.browser).newContext({ locale, viewport: { width, height } });
        context.setDefaultTimeout(PATIENCE_MS);
        contexts.push(context);
        const page = await context.newPage();
        page.on("pageerror", (error) => pageErrors.push(`${page.url()}: ${error.message}`));
        await page.goto(present(play.server).url + path);
        return page;
      },
    };

    beforeAll(async () => {
      play.server = await startServer();
      play.browser = await launchBrowser();
    });
    let isBroken = false;
    beforeEach(({ skip }) => skip(isBroken, "what came before it failed"));
    afterEach(({ task }) => {
      isBroken ||= task.result?.state === "fail";
    });
    watchFailures(name, contexts, () => play.server?.output() ?? "");
    afterAll(async () => {
      await play.browser?.close();
      await play.server?.close();
    });
    tests(stage);
  });
}

function watchFailures(name: string, contexts: readonly BrowserContext[], output: () => string): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    await mkdir(FAILURES, { recursive: true });
    const pages = contexts.flatMap((context) => context.pages());
    for (const [index, page] of pages.entries()) {
      const file = join(FAILURES, `${slug(`${name} ${task.name}`)}-${index + 1}.png`);
      await page.screenshot({ path: file }).catch(() => undefined);
      console.error(`Picture of ${page.url()}: ${file}`);
    }
    console.error(`The server printed:\n${output().slice(-4000)}`);
  });
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 80);
}

function present<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error("The stage is not set up yet");
  return thing;
}
