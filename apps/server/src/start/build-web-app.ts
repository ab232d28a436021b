import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PRODUCT_FOLDER } from "./product.ts";

const WEB = fileURLToPath(new URL("apps/web/", PRODUCT_FOLDER));
export const WEB_DIST = join(WEB, "dist");

/** What goes into the web app, besides its dependencies: when one of these is newer than the build, it is built again. */
const SOURCES = ["apps/web", "packages/model", "packages/rules", "packages/fields", "packages/steps", "pnpm-lock.yaml"];

/** True when there is no web app yet or something that it is made from is newer. */
export function isWebAppOutdated(): boolean {
  const page = join(WEB_DIST, "index.html");
  if (!existsSync(page)) return true;
  const built = statSync(page).mtimeMs;
  return SOURCES.some((source) => newestIn(fileURLToPath(new URL(source, PRODUCT_FOLDER))) > built);
}

/** Builds it in a process of its own. @throws Error with the builder's words */
export function buildWebApp(): Promise<void> {
  const vite = join(dirname(createRequire(join(WEB, "package.json")).resolve("vite/package.json")), "bin", "vite.js");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, "build", "--logLevel", "error"], {
      cwd: WEB,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NODE_ENV: "production" },
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text: Buffer) => {
        said += text;
      });
    }
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`Building the web app failed:\n${said.trim()}`)),
    );
  });
}

function newestIn(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules" && name !== "dist" && !/\.test\.tsx?$/.test(name))
    .reduce((newest, { name }) => Math.max(newest, newestIn(join(path, name))), 0);
}
