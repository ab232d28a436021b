import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Journeys: a real server process on a folder of its own, driven through a real browser. One at a time. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  test: {
    include: ["src/**/*.test.ts"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
});
