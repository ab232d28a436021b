// Starts a command with the pinned Node and pnpm, whatever Node (18 or newer) called it.
// Plain JavaScript, because it runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const PNPM = "pnpm@12.21.0";
const isWindows = process.platform === "win32";

function pnpm(...args) {
  const run = spawnSync(isWindows ? "npx.cmd" : "npx", ["-y", PNPM, ...args], {
    stdio: "inherit",
    shell: isWindows,
  });
  return run.status ?? 1;
}

/** pnpm leaves a copy of the lockfile beside what it installed, at the end: when they are equal there is nothing to do. */
function isInstalled() {
  const copy = "node_modules/.pnpm/lock.yaml";
  return (
    existsSync("node_modules/.modules.yaml") &&
    existsSync(copy) &&
    readFileSync(copy).equals(readFileSync("pnpm-lock.yaml"))
  );
}

if (!isInstalled()) {
  const outcome = pnpm("install", "--frozen-lockfile", "--prefer-offline", "--reporter=append-only", "--loglevel=warn");
  if (outcome !== 0) {
    console.error("formwright: installing the packages failed; see the lines above.");
    process.exit(outcome);
  }
}

const args = process.argv.slice(2);
if (args[0] === "--pnpm") process.exit(pnpm("run", ...args.slice(1)));

const pinned = `node_modules/node/bin/node${isWindows ? ".exe" : ""}`;
const child = spawn(existsSync(pinned) ? pinned : process.execPath, args, { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
