import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { skippedDatabases } from "./databases.ts";
import { checkFloors } from "./floors.ts";

/** What one part of the run came to. `skipped` holds a reason for each thing that was left out. */
interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
const reports = mkdtempSync(join(tmpdir(), "formwright-test-"));

const PARTS: readonly (readonly [string, () => Outcome])[] = [
  ["format and lint", () => command("biome", ["check", "--error-on-warnings", "."])],
  ["floors", floors],
  ["types", () => command("tsc", ["-b", ".config"])],
  ["unit and contract tests", () => vitest("unit", ".config/vitest.config.ts")],
  ["web app builds", () => command("vite", ["build", "--logLevel", "warn"], "apps/web")],
  ["journeys in a browser", () => vitest("journeys", "apps/e2e/vitest.config.ts")],
];

/** Runs everything that `npm test` promises, prints what was skipped and why, and one plain closing line. */
function main(): void {
  const only = process.argv.slice(2);
  const skipped = [...skippedDatabases, ...skippedQueues()];
  let passed = 0;
  let failed = 0;
  for (const [name, run] of PARTS) {
    if (only.length > 0 && !only.some((word) => name.includes(word))) continue;
    const started = performance.now();
    console.log(`\n── ${name}`);
    const outcome = run();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`── ${name}: ${outcome.passed} passed, ${outcome.failed} failed (${seconds} s)`);
    passed += outcome.passed;
    failed += outcome.failed;
    skipped.push(...outcome.skipped);
  }
  rmSync(reports, { recursive: true, force: true });
  console.log(
    skipped.length > 0 ? `\nSkipped:\n${skipped.map((line) => `  - ${line}`).join("\n")}` : "\nSkipped: nothing",
  );
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}

function skippedQueues(): string[] {
  return process.env.TEST_REDIS_URL ? [] : ["the queue on Redis: TEST_REDIS_URL is not set"];
}

function floors(): Outcome {
  const listed = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  const files = listed.stdout.split("\n").filter((file) => file && existsSync(join(root, file)));
  const breaches = checkFloors(root, files);
  for (const { file, what } of breaches) console.log(`${file}: ${what}`);
  if (files.length === 0) console.log("git lists no files: the floors check needs a checkout");
  return breaches.length === 0 && files.length > 0
    ? { passed: 1, failed: 0, skipped: [] }
    : { passed: 0, failed: Math.max(breaches.length, 1), skipped: [] };
}

function command(name: string, args: readonly string[], folder = "."): Outcome {
  const run = spawn(name, args, folder);
  return run.status === 0 ? { passed: 1, failed: 0, skipped: [] } : { passed: 0, failed: 1, skipped: [] };
}

function vitest(name: string, config: string): Outcome {
  const report = join(reports, `${name}.json`);
  const run = spawn("vitest", [
    "run",
    "--config",
    config,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: [] };
  const result = JSON.parse(readFileSync(report, "utf8")) as VitestReport;
  const tests = result.testResults.flatMap((file) => file.assertionResults);
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  const brokenFiles = result.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  for (const file of brokenFiles) console.log(`${file.name} did not run: ${file.message ?? "no reason given"}`);
  const failed = count("failed") + brokenFiles.length;
  const skipped = tests.filter((test) => test.status !== "passed" && test.status !== "failed");
  return {
    passed: count("passed"),
    failed: run.status === 0 ? failed : Math.max(failed, 1),
    skipped: skipped.map((test) => `${name}: ${test.fullName}`),
  };
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

function spawn(name: string, args: readonly string[], folder = "."): SpawnSyncReturns<Buffer> {
  const bins = [join(root, folder, "node_modules/.bin"), join(root, "node_modules/.bin"), dirname(process.execPath)];
  return spawnSync(name, args, {
    cwd: join(root, folder),
    stdio: "inherit",
    env: { ...process.env, PATH: [...bins, process.env.PATH].join(delimiter) },
    shell: process.platform === "win32",
  });
}

main();
