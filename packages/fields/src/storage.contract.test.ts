import {
  type Field,
  type FieldKindRegistry,
  type Filter,
  type FilterOperator,
  filterToRule,
  type Json,
  operatorsOf,
} from "@formwright/model";
import { evaluate, type RuleEnvironment, type RuleValue } from "@formwright/rules";
import { boundEnvironment, ruleToCondition } from "@formwright/rules/sql";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formulaEntity } from "./contract/formula-entity.ts";
import { ALL_KINDS, fieldOfKind, keyOf, sampleEntity } from "./contract/sample-entity.ts";
import {
  columnsOf,
  createSampleTables,
  createTable,
  insertValues,
  readJson,
  storageOf,
} from "./contract/storage-tables.ts";
import { TARGET_IDS, VALUES } from "./contract/values-of-kind.ts";
import { computeFormula, FIELD_KINDS, type FieldKindKey } from "./model.ts";

const KINDS: FieldKindRegistry = FIELD_KINDS;
const entity = sampleEntity();
const ENVIRONMENT: RuleEnvironment = {
  now: "2026-03-31T15:30:00.000Z",
  timeZone: "Asia/Shanghai",
  me: TARGET_IDS[0] ?? null,
  myDepartment: TARGET_IDS[1] ?? null,
};

/** Kinds whose own column holds what people write. */
const WRITTEN = ALL_KINDS.filter((kind) => kind !== "formula" && kind !== "subform");

/** A value as it can be compared: moments by their time, the rest as it is. */
function comparable(kind: FieldKindKey, value: Json): Json {
  return kind === "datetime" && typeof value === "string" ? new Date(value).toISOString() : value;
}

/** The value next to an operator, made from values that rows hold. */
function operands(operator: FilterOperator, kind: FieldKindKey, held: readonly Json[]): readonly Json[] {
  const some = held.filter((value) => value !== null).slice(0, 3);
  const inOrder = [...some].sort((a, b) =>
    a === b ? 0 : Number(a as number) < Number(b as number) || String(a) < String(b) ? -1 : 1,
  );
  const lists: { readonly [O in FilterOperator]?: readonly Json[] } = {
    between: [[inOrder[0] ?? null, inOrder.at(-1) ?? null]],
    in: [some, some.slice(0, 1)],
    notIn: [some.slice(0, 2)],
    hasAny: [(some.flat() as Json[]).slice(0, 2)],
    hasAll: [(some[0] ?? []) as Json, (some.flat() as Json[]).slice(0, 2)],
    contains: some.map((text) => [...String(text)].slice(1, 3).join("").toUpperCase() || "a"),
    startsWith: some.map((text) => [...String(text)].slice(0, 2).join("")),
    relative: ["today", "thisMonth", "past", "last90Days", "nextWeek"],
  };
  const none: readonly FilterOperator[] = ["isEmpty", "notEmpty", "isTrue", "isFalse", "isMe", "isMyDepartment"];
  return none.includes(operator) ? [null] : (lists[operator] ?? some.map((value) => comparable(kind, value)));
}

describe.each(databaseKinds)("field storage on %s", (database) => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await openTestDatabase(database);
    await createSampleTables(db.kysely, entity, TARGET_IDS);
  });
  afterAll(() => db.close());

  it("names its column types as PostgreSQL prints them, so that introspection compares equal", async () => {
    const { rows } = await sql<{ name: string; type: string }>`
      select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = 'sample'::regclass and attnum > 1 order by attnum`.execute(db.kysely);
    expect(rows).toEqual(columnsOf(entity, entity.fields).map(({ name, type }) => ({ name, type })));
  });

  describe.each(WRITTEN)("a field of kind %s", (kind) => {
    const field = fieldOfKind(entity, kind);

    it("reads back every value that it wrote, as the wire has it", async () => {
      await fc.assert(
        fc.asyncProperty(VALUES[kind], async (value) => {
          const id = await insertValues(db.kysely, "sample", entity, [[field, value]]);
          const read = await readJson(db.kysely, "sample", [field], id);
          expect(comparable(kind, read[field.key] ?? null)).toEqual(comparable(kind, value));
        }),
        { numRuns: 40 },
      );
    });

    it("keeps nothing as null", async () => {
      const id = await insertValues(db.kysely, "sample", entity, [[field, null]]);
      expect(await readJson(db.kysely, "sample", [field], id)).toEqual({ [field.key]: null });
    });

    it.each(operatorsOf(field, KINDS))("filters by %s as the rule says", async (operator) => {
      await sql`truncate sample`.execute(db.kysely);
      const held: (Json | null)[] = [...fc.sample(VALUES[kind], { numRuns: 12, seed: 7 }), null, null];
      const ids = new Map<number, Json>();
      for (const value of held) ids.set(await insertValues(db.kysely, "sample", entity, [[field, value]]), value);
      for (const value of operands(operator, kind, held)) {
        expect(await found({ field: field.key, operator, value }, field), JSON.stringify(value)).toEqual(
          matching({ field: field.key, operator, value }, field, ids),
        );
      }
    });

    it("sorts with nothing last", async () => {
      await sql`truncate sample`.execute(db.kysely);
      const held = [...fc.sample(VALUES[kind], { numRuns: 12, seed: 11 }), null];
      for (const value of held) await insertValues(db.kysely, "sample", entity, [[field, value]]);
      const column = sql.ref(String(storageOf(field).filterColumn(field)));
      const { rows } = await sql<{ json: string }>`select to_json(${column})::text as json from sample
        order by ${column} asc nulls last`.execute(db.kysely);
      const values = rows.map(({ json }) => (json === null ? null : (JSON.parse(json) as Json)));
      expect(values.at(-1)).toBeNull();
      if (KINDS[kind]?.ruleType(field.options) !== "number" && kind !== "date") return;
      const inOrder = values.slice(0, -1);
      expect(inOrder).toEqual([...inOrder].sort((a, b) => ((a as number) < (b as number) ? -1 : 1)));
    });
  });

  async function found(filter: Filter, field: Field): Promise<number[]> {
    const type = KINDS[field.kind]?.ruleType(field.options) ?? null;
    const rule = filterToRule(filter, type);
    const scope = {
      resolve: (path: string) => (path === field.key && type ? { type } : null),
      column: (path: string) => sql.ref(path),
    };
    const condition = ruleToCondition(rule, scope, boundEnvironment(ENVIRONMENT));
    const { rows } = await sql<{ id: number }>`select id from sample where ${condition} order by id`.execute(db.kysely);
    return rows.map(({ id }) => id);
  }

  function matching(filter: Filter, field: Field, ids: ReadonlyMap<number, Json>): number[] {
    const rule = filterToRule(filter, KINDS[field.kind]?.ruleType(field.options) ?? null);
    return [...ids]
      .filter(([, value]) => evaluate(rule, { [field.key]: value as RuleValue }, ENVIRONMENT) === true)
      .map(([id]) => id)
      .sort((a, b) => a - b);
  }

  it("computes a formula as the rule says, from fields of the same record", async () => {
    const number = fieldOfKind(entity, "number");
    const money = fieldOfKind(entity, "money");
    const formula = fieldOfKind(entity, "formula");
    await fc.assert(
      fc.asyncProperty(fc.option(VALUES.number), fc.option(VALUES.money), async (a, b) => {
        const id = await insertValues(db.kysely, "sample", entity, [
          [number, a],
          [money, b],
        ]);
        const read = await readJson(db.kysely, "sample", [formula], id);
        const data = { [number.key]: a as RuleValue, [money.key]: b as RuleValue };
        expect(read[formula.key]).toEqual(computeFormula(formula, entity.fields, data, ENVIRONMENT));
      }),
      { numRuns: 40 },
    );
  });

  it("stores formulas of every result, over each other, as their rules evaluate", async () => {
    const formulas = formulaEntity();
    const written = formulas.fields.filter((field) => field.kind !== "formula");
    const computed = formulas.fields.filter((field) => field.kind === "formula");
    await createTable(db.kysely, "formulas", columnsOf(formulas, formulas.fields));
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(...written.map(({ kind }) => fc.option(VALUES[kind as FieldKindKey], { freq: 4 }))),
        async (values) => {
          const pairs = written.map((field, at) => [field, values[at] ?? null] as const);
          const id = await insertValues(db.kysely, "formulas", formulas, pairs);
          const read = await readJson(db.kysely, "formulas", computed, id);
          const data = Object.fromEntries(pairs.map(([field, value]) => [field.key, value as RuleValue]));
          for (const field of computed) {
            expect(read[field.key], field.key).toEqual(computeFormula(field, formulas.fields, data, ENVIRONMENT));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("keeps the rows of a subform in a table of their own, formulas of the row included", async () => {
    const rows = fieldOfKind(entity, "subform").fields ?? [];
    const byKey = (key: string) => rows.find((one) => one.key === key) as Field;
    const id = await insertValues(db.kysely, `sample__${keyOf("subform")}`, entity, [
      [byKey("product"), "椅子"],
      [byKey("quantity"), 3],
      [byKey("price"), 19.99],
    ]);
    expect(await readJson(db.kysely, `sample__${keyOf("subform")}`, rows, id)).toEqual({
      product: "椅子",
      quantity: 3,
      price: 19.99,
      total: 59.97,
    });
  });

  it("refuses to lose what a record points to", async () => {
    const field = fieldOfKind(entity, "reference");
    await insertValues(db.kysely, "sample", entity, [[field, TARGET_IDS[2] ?? null]]);
    await expect(sql`delete from project where id = ${TARGET_IDS[2]}::uuid`.execute(db.kysely)).rejects.toMatchObject({
      code: expect.stringMatching(/^23(?:503|001)$/),
    });
  });
});
