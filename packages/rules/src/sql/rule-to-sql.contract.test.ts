import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { evaluate } from "../evaluate.ts";
import type { Rule, RuleEnvironment, RuleScope, RuleType } from "../types.ts";
import { boundEnvironment, ruleToCondition, ruleToSql, ruleToStoredSql, type SqlScope } from "./index.ts";

const types: Readonly<Record<string, RuleType>> = {
  amount: "number",
  name: "text",
  closes: "date",
  met: "datetime",
  open: "boolean",
  labels: "textList",
};
const rules: RuleScope = { resolve: (path) => (types[path] ? { type: types[path] } : null) };
const scope: SqlScope = { ...rules, column: (path) => sql.ref(path) };
const environment: RuleEnvironment = {
  now: "2024-03-31T18:30:00Z",
  timeZone: "Asia/Shanghai",
  me: null,
  myDepartment: null,
};
const bound = boundEnvironment(environment);
const v = (path: string): Rule => ({ var: path });

const STORED: readonly (readonly [Rule, string])[] = [
  [{ "/": [{ "*": [v("amount"), 1.06] }, { length: [v("name")] }] }, "numeric"],
  [{ round: [{ if: [{ contains: [v("name"), "É 100%"] }, v("amount"), 0] }, 2] }, "numeric"],
  [{ concat: [{ upper: [v("name")] }, " it's \\ ", v("amount")] }, "text"],
  [{ startOf: [{ addMonths: [{ toDate: [v("met")] }, 1] }, "week"] }, "date"],
  [{ addDays: [v("met"), { coalesce: [v("amount"), 1] }] }, "timestamptz"],
  [
    { and: [{ hasAny: [v("labels"), ["a", 'b"c', "it's"]] }, { between: [v("closes"), "2024-01-01", "2024-12-31"] }] },
    "boolean",
  ],
  [{ max: [{ daysBetween: [v("closes"), v("met")] }, { year: [v("closes")] }, { "%": [v("amount"), 7] }] }, "numeric"],
  [{ in: [v("name"), ["a", "b"]] }, "boolean"],
  [{ substr: [v("name"), 0, 3] }, "text"],
];

describe.each(databaseKinds)("ruleToSql on %s", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
    await sql`create table deal (amount numeric(18,2), name text, closes date, met timestamptz, open boolean, labels text[])`.execute(
      database.kysely,
    );
    await sql`insert into deal select i, 'Deal ' || i, date '2024-01-01' + i, timestamptz '2024-01-01Z' + i * interval '5 hours', i % 3 = 0, array['a', i::text] from generate_series(1, 2000) i`.execute(
      database.kysely,
    );
    await sql`create index on deal (closes)`.execute(database.kysely);
    await sql`create index on deal using gin (labels)`.execute(database.kysely);
    await sql`create index on deal (name)`.execute(database.kysely);
    await sql`analyze deal`.execute(database.kysely);
  });
  afterAll(() => database?.close());

  test("stored SQL serves as a generated column, whatever operators it uses", async () => {
    const columns = STORED.map(
      ([rule, type], index) =>
        `add column f${index} ${type} generated always as (${ruleToStoredSql(rule, scope, "Asia/Shanghai")}) stored`,
    );
    const value = sql.join(
      STORED.map(
        ([rule], index) => sql`f${sql.raw(String(index))} is not distinct from ${ruleToSql(rule, scope, bound)}`,
      ),
      sql` and `,
    );
    await database.kysely.transaction().execute(async (tx) => {
      await sql.raw(`create table stored (like deal)`).execute(tx);
      await sql.raw(`alter table stored ${columns.join(", ")}`).execute(tx);
      await sql`insert into stored select * from deal limit 50`.execute(tx);
      const { rows } = await sql<{ same: boolean }>`select ${value} as same from stored`.execute(tx);
      expect(rows.map((row) => row.same)).toEqual(rows.map(() => true));
      expect(rows).toHaveLength(50);
    });
  });

  test.each<readonly [string, Rule]>([
    ["a comparison with a constant", { "==": [v("closes"), "2024-05-01"] }],
    [
      "a range from today",
      { and: [{ ">=": [v("closes"), { addDays: [{ today: [] }, -3] }] }, { "<": [v("closes"), { today: [] }] }] },
    ],
    ["one of several texts", { in: [v("name"), ["Deal 7", "Deal 8"]] }],
    ["a list that has an item", { hasAny: [v("labels"), ["1999"]] }],
    ["a list that has all items", { hasAll: [v("labels"), ["a", "1999"]] }],
    ["an item in a list", { in: ["1999", v("labels")] }],
  ])("an index serves %s", async (_, rule) => {
    const plan = await database.kysely.transaction().execute(async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx);
      const { rows } = await sql<{
        "QUERY PLAN": string;
      }>`explain select 1 from deal where ${ruleToCondition(rule, scope, bound)}`.execute(tx);
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    });
    expect(plan).toMatch(/Index Cond|Index Only Scan/);
    expect(plan).not.toContain("Seq Scan");
  });

  test("values that look like SQL stay values", async () => {
    const rule: Rule = { concat: ["'; drop table deal; --", v("name"), "\\' $1 :x ?"] };
    const written = ruleToStoredSql(rule, scope, "UTC");
    const { rows } = await sql<{ bound: string; written: string }>`
      select ${ruleToSql(rule, scope, bound)} as bound, ${sql.raw(written)} as written from deal where amount = 1`.execute(
      database.kysely,
    );
    const expected = evaluate(rule, { name: "Deal 1" }, environment);
    expect(rows).toEqual([{ bound: expected, written: expected }]);
  });
});

describe("ruleToStoredSql", () => {
  test("refuses what depends on who asks or when", () => {
    expect(() => ruleToStoredSql({ "<": [v("closes"), { today: [] }] }, scope, "UTC")).toThrow("stored value");
  });
});

describe("ruleToCondition", () => {
  test("refuses what is no condition, and names that are not there", () => {
    expect(() => ruleToCondition(v("amount"), scope, bound)).toThrow("condition is expected");
    expect(() => ruleToCondition({ "==": [v("nope"), 1] }, scope, bound)).toThrow("no field");
  });
});
