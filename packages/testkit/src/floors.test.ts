import { describe, expect, it } from "vitest";
import { breachesIn } from "./floors.ts";

const say = (file: string, source: string) => breachesIn(file, source).map(({ what }) => what);

describe("the floors check", () => {
  it("names an arrow that goes upward", () => {
    expect(say("packages/rules/src/check.ts", 'import { x } from "@formwright/model";')).toEqual([
      "rules → model  (imports @formwright/model)",
    ]);
    expect(say("packages/engine/src/a.ts", 'import Fastify from "fastify";')).toHaveLength(1);
    expect(say("apps/web/src/a.tsx", 'import type { Tx } from "@formwright/engine";')).toHaveLength(1);
    expect(say("apps/web/src/a.tsx", 'const kysely = await import("kysely");')).toHaveLength(1);
  });

  it("lets the arrows downward pass", () => {
    expect(say("packages/engine/src/a.ts", 'import { FIELD_STORAGE } from "@formwright/fields/storage";')).toEqual([]);
    expect(say("apps/web/src/a.tsx", 'import { FIELD_WIDGETS } from "@formwright/fields/widget";')).toEqual([]);
  });

  it("keeps BullMQ in the jobs folder and pg in the database package", () => {
    expect(say("apps/server/src/jobs/relay.ts", 'import { Queue } from "bullmq";')).toEqual([]);
    expect(say("apps/server/src/routes/jobs.ts", 'import { Queue } from "bullmq";')).toHaveLength(1);
    expect(say("apps/server/src/main.ts", 'import pg from "pg";')).toHaveLength(1);
  });

  it("keeps one field kind from another, through relative imports too", () => {
    expect(say("packages/fields/src/money/model.ts", 'import { number } from "../number/model.ts";')).toEqual([
      "one field kind → another: money → number",
    ]);
    expect(say("packages/fields/src/money/model.ts", 'import { decimals } from "../common/decimals.ts";')).toEqual([]);
  });

  it("sees the storage half of a kind as another floor than its model", () => {
    expect(say("packages/fields/src/money/model.ts", 'import { storage } from "./storage.ts";')).toEqual([
      "fields/model → fields/storage  (imports ./storage.ts)",
    ]);
  });

  it("keeps the wall clock, chance and the environment out of the engine, but not out of comments", () => {
    expect(say("packages/engine/src/a.ts", "const t = Date.now();")).toHaveLength(1);
    expect(say("packages/engine/src/a.ts", "const e = process.env.X;")).toHaveLength(1);
    expect(say("packages/engine/src/a.ts", "// Date.now() is not for us\n/* process.env */")).toEqual([]);
  });

  it("lets tests use the testkit, and nobody else", () => {
    const source = 'import { databaseKinds } from "@formwright/testkit";';
    expect(say("packages/engine/src/a.test.ts", source)).toEqual([]);
    expect(say("packages/engine/src/a.ts", source)).toHaveLength(1);
  });

  it("keeps a template's words out of the platform", () => {
    const word = ["oppor", "tunity"].join("");
    expect(say("packages/engine/src/a.ts", `const a = "${word}";`)).toHaveLength(1);
    expect(say("apps/e2e/src/a.ts", `const a = "${word}";`)).toEqual([]);
  });
});
