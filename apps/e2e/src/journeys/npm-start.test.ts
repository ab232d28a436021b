import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setUp, signIn } from "../support/api.ts";
import { freePort } from "../support/free-port.ts";
import { copyOfRepository, NoPackages, type NpmStart, npmStart, npmStartInVain } from "../support/npm-start.ts";

const ADA = { name: "Ada Lin", email: "ada@example.com", password: "correct horse battery" };
const isWindows = process.platform === "win32";

/** What the README promises: one command in a fresh folder, and the data outlives whatever ends it. */
describe.skipIf(isWindows)(
  "npm start in a fresh folder (uses process groups, which Windows has not)",
  { timeout: 300_000 },
  () => {
    let folder: string;
    let environment: { readonly PORT: string };
    let running: NpmStart | null = null;
    let missing: string | null = null;
    let customer: string;

    const current = (): NpmStart => {
      if (running === null) throw new Error("Nothing runs");
      return running;
    };
    const status = async () => (await fetch(`${current().url}/api/v1/status`)).json();

    beforeAll(async () => {
      folder = await copyOfRepository();
      environment = { PORT: String(await freePort()) };
      try {
        running = await npmStart(folder, environment);
      } catch (error) {
        if (!(error instanceof NoPackages)) throw error;
        missing = "the packages can be had neither from a registry nor from what is at hand";
        console.log(`npm start in a fresh folder is skipped: ${missing}`);
      }
    }, 300_000);
    beforeEach(({ skip }) => skip(missing !== null, missing ?? ""));
    afterAll(async () => {
      await running?.kill();
      await rm(folder, { recursive: true, force: true });
    });

    test("installs, builds and prints the address that it serves at", async () => {
      expect(current().url).toBe(`http://127.0.0.1:${environment.PORT}`);
      expect(await status()).toMatchObject({ setUp: false });
      const page = await fetch(current().url);
      expect(page.headers.get("content-type")).toContain("text/html");
      const [script] = /\/assets\/[^"]+\.js/.exec(await page.text()) ?? [];
      expect((await fetch(current().url + script)).status).toBe(200);
    });

    test("says in one line that its data folder is in use, and ends", async () => {
      const second = await npmStartInVain(folder, { PORT: String(await freePort()) });
      expect(second.exitCode).toBeGreaterThan(0);
      expect(second.lines).toEqual([expect.stringMatching(/^formwright: The data folder .+ is already open/)]);
    });

    test("says in one line that its port is taken, and ends", async () => {
      const second = await npmStartInVain(folder, { ...environment, DATA_DIR: join(folder, "other-data") });
      expect(second.exitCode).toBeGreaterThan(0);
      expect(second.lines).toEqual([expect.stringMatching(/^formwright: Port \d+ on .+ is already in use/)]);
    });

    test("has everything there after its processes were killed, and prints the address again", async () => {
      const api = await setUp(current().url, ADA, { name: "Acme", slug: "acme" }, "en");
      await api.inWorkspace("POST", "/templates/crm/install", { sampleData: false, locale: "en" });
      customer = (await api.create("customer", { name: "Before the kill" })).id;
      await current().kill();
      running = await npmStart(folder, environment);
      expect(await status()).toMatchObject({ setUp: true });
      const again = await signIn(current().url, "acme", ADA);
      expect(await again.inWorkspace("GET", `/records/customer/${customer}`)).toMatchObject({
        values: { name: "Before the kill" },
      });
    });

    test("ends well when it is asked to stop", async () => {
      expect(await current().stop()).toBe(0);
      await expect(fetch(current().url)).rejects.toThrow();
    });
  },
);
