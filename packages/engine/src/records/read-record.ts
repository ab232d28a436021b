import { type Entity, Problem } from "@formwright/model";
import { sql } from "kysely";
import { accessOf, rolesKey } from "../access/compile-access.ts";
import type { Context, Db } from "../context.ts";
import { onCurrentModel } from "../model/on-current-model.ts";
import { propertiesOf } from "../model/paths.ts";
import type { RecordData } from "./record-change.ts";
import { fieldJson, flatRows, type RecordParts, recordJson, rowJson, WHOLE_RECORD } from "./record-json.ts";
import { compile, contextValues, run, slot } from "./statement.ts";
import { kept } from "./statement-cache.ts";

/** A record as ready JSON text, with the version that its ETag says. */
export interface RecordJson {
  readonly json: string;
  readonly id: string;
  readonly version: number;
}

export interface ReadRecordOptions {
  readonly fields?: readonly string[];
  readonly expand?: readonly string[];
  /** True to find it in the recycle bin too. */
  readonly withDeleted?: boolean;
}

/**
 * @throws Problem `notFound` when there is no such entity or record for this caller: nobody learns from the answer
 *   whether one exists that they may not read
 */
export function entityOf(ctx: Context, key: string): Entity {
  const entity = ctx.model.entities.get(key);
  if (!entity) throw noSuchEntity(key);
  return entity;
}

function noSuchEntity(key: string): Problem {
  return new Problem("notFound", { en: `There is no entity "${key}".`, "zh-CN": `没有实体“${key}”。` });
}

export function notFound(): Problem {
  return new Problem("notFound", { en: "There is no such record.", "zh-CN": "记录不存在，或您无权查看。" });
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: unknown): text is string {
  return typeof text === "string" && UUID.test(text);
}

/**
 * One record as JSON text, as the caller may see it.
 *
 * @throws Problem `notFound`
 */
export async function getRecordJson(
  db: Db,
  ctx: Context,
  entityKey: string,
  id: string,
  options: ReadRecordOptions = {},
): Promise<RecordJson> {
  const found = await findRecordJson(db, ctx, entityKey, id, options);
  if (!found) throw notFound();
  return found;
}

/** The same, with null when there is none. */
export async function findRecordJson(
  db: Db,
  ctx: Context,
  entityKey: string,
  id: string,
  options: ReadRecordOptions = {},
): Promise<RecordJson | null> {
  return onCurrentModel(db, ctx, (current) => findRecordJsonNow(db, current, entityKey, id, options));
}

async function findRecordJsonNow(
  db: Db,
  ctx: Context,
  entityKey: string,
  id: string,
  options: ReadRecordOptions,
): Promise<RecordJson | null> {
  const entity = entityOf(ctx, entityKey);
  if (!isUuid(id)) return null;
  const key = `get ${entityKey} ${rolesKey(ctx)} ${JSON.stringify([options.fields, options.expand, options.withDeleted])}`;
  const statement = kept(ctx.model, key, () => compile(getSql(ctx, entity, options)));
  const [row] = await run<{ j: string; v: number }>(db, statement, { ...contextValues(ctx), id });
  return row ? { json: row.j, id, version: row.v } : null;
}

function getSql(ctx: Context, entity: Entity, options: ReadRecordOptions) {
  const parts: RecordParts = {
    ...WHOLE_RECORD,
    isReadable: true,
    fields: options.fields ?? null,
    expand: options.expand ?? [],
  };
  const bin = options.withDeleted ? sql`` : sql` and t.deleted_at is null`;
  return sql`select ${recordJson(ctx, entity, "t", parts)}::text as j, t.version as v
    from ${sql.id(ctx.workspace.schema, entity.key)} t
    where t.id = ${slot("id", "uuid")}${bin} and ${accessOf(ctx, entity).condition("read", "t")}`;
}

/** Those of the given records that the caller may read, recycle bin included, each with its version. */
export async function readableVersions(
  db: Db,
  ctx: Context,
  entityKey: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const entity = entityOf(ctx, entityKey);
  if (accessOf(ctx, entity).reach("read") === "none") return new Map();
  const statement = kept(ctx.model, `versions ${entityKey} ${rolesKey(ctx)}`, () =>
    compile(sql`select t.id, t.version from ${sql.id(ctx.workspace.schema, entityKey)} t
      where t.id = any(${slot("ids", "uuid[]")}) and ${accessOf(ctx, entity).condition("read", "t")}`),
  );
  const rows = await run<{ id: string; version: number }>(db, statement, { ...contextValues(ctx), ids });
  return new Map(rows.map(({ id, version }) => [id, version]));
}

/** The values of a record flat, as rules read them, without asking who reads: for the writer and for processes. */
export async function readRecordData(db: Db, ctx: Context, entityKey: string, id: string): Promise<RecordData | null> {
  const entity = entityOf(ctx, entityKey);
  if (!isUuid(id)) return null;
  const statement = kept(ctx.model, `data ${entityKey}`, () =>
    compile(sql`select ${recordDataSql(ctx, entity, "t")}::text as d
      from ${sql.id(ctx.workspace.schema, entity.key)} t where t.id = ${slot("id", "uuid")}`),
  );
  const [row] = await run<{ d: string }>(db, statement, { id });
  return row ? (JSON.parse(row.d) as RecordData) : null;
}

/** SQL of a record flat, by key: fields, system fields, and since when it is in its stage. */
export function recordDataSql(ctx: Context, entity: Entity, alias: string, hasSubforms = true) {
  const columns = [...propertiesOf(entity).values()].flatMap((property) => {
    const name = sql.id(property.key);
    if (property.field && property.key === property.field.key) {
      if (property.kind === "subform")
        return hasSubforms ? [sql`${flatRows(ctx, entity, property.field, alias)} as ${name}`] : [];
      return [sql`${fieldJson(ctx, entity, property.field, alias)} as ${name}`];
    }
    return property.column ? [sql`${sql.ref(`${alias}.${property.column}`)} as ${name}`] : [];
  });
  return rowJson(columns);
}
