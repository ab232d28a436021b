import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Unit and contract tests of every package. The journeys in a browser have a runner of their own (apps/e2e). */
export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["packages/*/src/**/*.test.{ts,tsx}", "apps/{server,web,bench}/src/**/*.test.{ts,tsx}"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
