import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { evaluate } from "../evaluate.ts";
import { records, SAMPLE_TABLES, ZONES } from "../testing/sample-records.ts";
import { ROW_SCOPE, type SampleRule, type SampleType, SCOPE, sampleRules } from "../testing/sample-rules.ts";
import type { RuleData, RuleEnvironment, RuleValue } from "../types.ts";
import { Decimal, readDecimal } from "../values/decimal.ts";
import { readInstant } from "../values/instant.ts";
import { boundEnvironment, ruleToCondition, ruleToSql, type SqlScope } from "./index.ts";

const SEED = Number(process.env.RULES_SEED) || Math.floor(Math.random() * 2 ** 31);
const RUNS = Number(process.env.RULES_RUNS) || 40;
const RULES_IN_A_RUN = 25;
const RECORDS_IN_A_RUN = 12;

const environments: fc.Arbitrary<RuleEnvironment> = fc.record({
  now: fc.constantFrom("2024-02-29T16:30:00.000Z", "2024-03-31T00:59:59.999Z", "2026-12-31T20:00:00.000Z"),
  timeZone: fc.constantFrom(...ZONES),
  me: fc.constantFrom(null, "0190a000-0000-7000-8000-000000000001"),
  myDepartment: fc.constantFrom(null, "0190a000-0000-7000-8000-000000000002"),
});

const runs = fc.record({
  environment: environments,
  rules: fc.array(sampleRules, { minLength: RULES_IN_A_RUN, maxLength: RULES_IN_A_RUN }),
  data: fc.array(records, { minLength: RECORDS_IN_A_RUN, maxLength: RECORDS_IN_A_RUN }),
});

const itemScope: SqlScope = { ...ROW_SCOPE, column: (path) => sql.ref(`i.${path}`) };
const scope: SqlScope = {
  ...SCOPE,
  column: (path) => sql.ref(`s.${path}`),
  rows: () => ({
    scope: itemScope,
    subquery: (selection) => sql`(select ${selection} from sample__items as i where i.parent_id = s.id)`,
  }),
};

describe.each(databaseKinds)("rules on %s", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
    for (const statement of SAMPLE_TABLES.split(";"))
      if (statement.trim()) await sql.raw(statement).execute(database.kysely);
  });
  afterAll(() => database?.close());

  test(`generated rules give the same answer as their SQL (RULES_SEED=${SEED})`, { timeout: 120_000 }, async () => {
    let cases = 0;
    const property = fc.asyncProperty(runs, async ({ environment, rules, data }) => {
      await store(database, data);
      const rows = await inSql(database, rules, environment);
      for (const [index, record] of data.entries()) {
        for (const [place, { rule, type }] of rules.entries()) {
          const value = evaluate(rule, record, environment, SCOPE);
          const shown = `${JSON.stringify(rule)} on ${JSON.stringify(record)}`;
          expect(comparable(rows[index]?.[`v${place}`] ?? null, type), shown).toEqual(comparable(value, type));
          if (type === "boolean") expect(rows[index]?.[`c${place}`], `as a condition: ${shown}`).toBe(value === true);
          cases += 1;
        }
      }
    });
    await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: Boolean(process.env.RULES_FAST) });
    console.info(`${kind}: ${cases} pairs of rule and record agree (RULES_SEED=${SEED})`);
    expect(cases).toBeGreaterThan(5000);
  });
});

async function store(database: TestDatabase, data: readonly RuleData[]): Promise<void> {
  const parents = data.map((record, id) => ({ ...record, id, items: undefined }));
  const items = data.flatMap((record, id) => (record.items as RuleData[]).map((item) => ({ ...item, parent_id: id })));
  await database.kysely.transaction().execute(async (tx) => {
    await sql`delete from sample`.execute(tx);
    await sql`insert into sample select * from jsonb_populate_recordset(null::sample, ${JSON.stringify(parents)}::jsonb)`.execute(
      tx,
    );
    await sql`insert into sample__items select * from jsonb_populate_recordset(null::sample__items, ${JSON.stringify(items)}::jsonb)`.execute(
      tx,
    );
  });
}

type Row = Readonly<Record<string, RuleValue>>;

async function inSql(
  database: TestDatabase,
  rules: readonly SampleRule[],
  environment: RuleEnvironment,
): Promise<readonly Row[]> {
  const bound = boundEnvironment(environment);
  const columns = rules.flatMap(({ rule, type }, place) => {
    const value = ruleToSql(rule, scope, bound, { expected: type });
    const shown = sql`${AS_SHOWN[type] ? sql`(${value})::text` : value}`.as(`v${place}`);
    if (type !== "boolean") return [shown];
    return [shown, sql`coalesce(${ruleToCondition(rule, scope, bound)}, false)`.as(`c${place}`)];
  });
  return database.kysely.transaction().execute(async (tx) => {
    await sql`set local jit = off`.execute(tx); // compiling such expressions takes longer than running them
    return (await tx.selectFrom("sample as s").select(columns).orderBy("s.id").execute()) as Row[];
  });
}

/** Types that are read as text, so that the driver's own reading is not what is tested. */
const AS_SHOWN: { readonly [T in SampleType]?: true } = { number: true, date: true, datetime: true, id: true };

/** What has to be equal: numbers and moments by value, everything else as it is. */
function comparable(value: RuleValue, type: SampleType): unknown {
  if (value === null) return null;
  if (type === "number") return (readDecimal(value) ?? new Decimal(String(value))).toFixed();
  if (type === "datetime") return readInstant(String(value))?.toText();
  return value;
}
