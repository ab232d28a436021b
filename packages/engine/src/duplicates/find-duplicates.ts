import {
  type DuplicateRule,
  type Entity,
  type Finding,
  findingsAt,
  type Json,
  Problem,
  pointerTo,
  validateValues,
} from "@formwright/model";
import { type RawBuilder, sql } from "kysely";
import { accessOf, rolesKey } from "../access/compile-access.ts";
import type { Context, Db } from "../context.ts";
import { SQL_TYPES } from "../lists/keyset.ts";
import { invalid } from "../lists/list-query.ts";
import { propertiesOf } from "../model/paths.ts";
import { entityOf } from "../records/read-record.ts";
import { titleSql } from "../records/record-json.ts";
import { compile, contextValues, run, slot } from "../records/statement.ts";
import { kept } from "../records/statement-cache.ts";
import type { WriteOptions } from "../writes/write-input.ts";
import { normalized } from "./normalized.ts";

/** A record that a new one resembles. Without title when the caller may not read it. */
export interface Duplicate {
  readonly rule: string;
  readonly on: "warn" | "refuse";
  readonly fields: readonly string[];
  readonly id: string | null;
  readonly title: string | null;
}

const EXAMPLES = 3;

/**
 * Records that the given values resemble by the entity's duplicate rules, for somebody who may write such a record: a
 * rule over a field that is hidden from them is not asked, or they could find out its values by trying.
 *
 * @throws Problem `invalid` when values are not what their fields hold
 */
export async function findDuplicates(
  db: Db,
  ctx: Context,
  entityKey: string,
  values: { readonly [field: string]: Json },
  exceptId: string | null = null,
): Promise<readonly Duplicate[]> {
  const entity = entityOf(ctx, entityKey);
  const access = accessOf(ctx, entity);
  if (access.reach("create") === "none" && access.reach("update") === "none") return [];
  const rules = entity.duplicates.filter(({ fields }) => fields.every((key) => access.field(key) !== "hidden"));
  const asked = new Set(rules.flatMap(({ fields }) => fields));
  const given = Object.fromEntries(Object.entries(values).filter(([key]) => asked.has(key)));
  const findings = validateValues(entity, given, ctx.model.kinds, { isPartial: true });
  if (findings.length > 0) throw invalid(findingsAt("/values", findings));
  return findByRules(db, ctx, entity, rules, given, exceptId);
}

async function findByRules(
  db: Db,
  ctx: Context,
  entity: Entity,
  rules: readonly DuplicateRule[],
  values: { readonly [field: string]: Json },
  exceptId: string | null,
): Promise<readonly Duplicate[]> {
  const found: Duplicate[] = [];
  for (const rule of rules) found.push(...(await findBy(db, ctx, entity, rule, values, exceptId)));
  return found;
}

async function findBy(
  db: Db,
  ctx: Context,
  entity: Entity,
  rule: DuplicateRule,
  values: { readonly [field: string]: Json },
  exceptId: string | null,
): Promise<readonly Duplicate[]> {
  if (rule.fields.some((key) => values[key] === undefined || values[key] === null)) return [];
  const statement = kept(ctx.model, `duplicates ${entity.key} ${rule.key} ${rolesKey(ctx)}`, () =>
    compile(duplicateSql(ctx, entity, rule)),
  );
  const rows = await run<{ id: string; title: string | null; readable: boolean }>(db, statement, {
    ...contextValues(ctx),
    ...Object.fromEntries(rule.fields.map((key, index) => [`d${index}`, values[key]])),
    except: exceptId,
  });
  return rows.map((row) => ({
    rule: rule.key,
    on: rule.on,
    fields: rule.fields,
    id: row.readable ? row.id : null,
    title: row.readable ? row.title : null,
  }));
}

function duplicateSql(ctx: Context, entity: Entity, rule: DuplicateRule): RawBuilder<unknown> {
  const properties = propertiesOf(entity);
  const same = rule.fields.flatMap((key, index) => {
    const property = properties.get(key);
    if (!property?.column) return [];
    const type = SQL_TYPES[property.type] ?? "text";
    const column = sql`${sql.ref(`t.${property.column}`)}`;
    const value = slot(`d${index}`, type);
    if (rule.match === "normalized" && property.type === "text")
      return [sql`${normalized(column)} = ${normalized(value)}`];
    return [sql`${column} = ${value}`];
  });
  return sql`select t.id, ${titleSql(ctx, entity, "t")} as title, ${accessOf(ctx, entity).condition("read", "t")} as readable
    from ${sql.id(ctx.workspace.schema, entity.key)} t
    where t.deleted_at is null and ${sql.join(same, sql` and `)} and t.id is distinct from ${slot("except", "uuid")}
    limit ${sql.lit(EXAMPLES)}`;
}

/**
 * Looks for duplicates before a write.
 *
 * @returns warnings to show beside the written record
 * @throws Problem `conflict` when a rule that refuses finds one
 */
export async function refuseDuplicates(
  db: Db,
  ctx: Context,
  entity: Entity,
  values: { readonly [field: string]: Json },
  exceptId: string | null,
  options: WriteOptions,
): Promise<readonly Finding[]> {
  if (entity.duplicates.length === 0 || options.trusted) return [];
  const found = await findByRules(db, ctx, entity, entity.duplicates, values, exceptId);
  const refused = found.filter((each) => each.on === "refuse");
  if (refused.length > 0)
    throw new Problem(
      "conflict",
      { en: "There is already such a record.", "zh-CN": "已有相同的记录。" },
      { errors: refused.map((each) => duplicateFinding(each, "error")) },
    );
  return options.warnsOfDuplicates === false ? [] : found.map((each) => duplicateFinding(each, "warning"));
}

function duplicateFinding(duplicate: Duplicate, severity: Finding["severity"]): Finding {
  const title = duplicate.title ?? "…";
  return {
    pointer: pointerTo("/values", duplicate.fields[0] ?? ""),
    code: "duplicate",
    message: { en: `Resembles “${title}”.`, "zh-CN": `与“${title}”相似。` },
    severity,
    params: { rule: duplicate.rule, id: duplicate.id, title: duplicate.title, fields: [...duplicate.fields] },
  };
}
