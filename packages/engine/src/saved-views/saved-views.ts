import { type Entity, FILTER_OPERATORS, type Finding, finding, type Json, Problem } from "@formwright/model";
import type { Rule } from "@formwright/rules";
import { sql } from "kysely";
import { accessOf, isUnlimited } from "../access/compile-access.ts";
import type { Context, Db } from "../context.ts";
import { checkListQuery, invalid, type SortKey, unknownName, visiblePath } from "../lists/list-query.ts";
import { entityOf, isUuid } from "../records/read-record.ts";

/** A way to look at records that a person keeps: theirs, or shared with everybody. */
export interface SavedView {
  readonly id: string;
  readonly entity: string;
  /** The published view that it varies; null when it stands alone. */
  readonly view: string | null;
  readonly name: string;
  readonly owner: string;
  readonly shared: boolean;
  /** Filter, sort, columns and widths, as the web app keeps them. */
  readonly definition: Json;
  readonly version: number;
}

export interface SavedViewInput {
  readonly entity: string;
  readonly view?: string | null;
  readonly name: string;
  readonly shared?: boolean;
  readonly definition: { readonly [key: string]: Json };
}

const COLUMNS = sql.raw("id, entity, view, name, owner, shared, definition, version");
const LONGEST_NAME = 80;
const LARGEST = 20_000;

/** The caller's own views and those that others share, by name. */
export async function listSavedViews(db: Db, ctx: Context, entity?: string): Promise<readonly SavedView[]> {
  const found = await sql<SavedView>`select ${COLUMNS} from ${tableOf(ctx)}
    where (owner = ${myId(ctx)} or shared) and (${entity ?? null}::text is null or entity = ${entity ?? null})
    order by name, id`.execute(db);
  return found.rows.filter((view) => mayOpen(ctx, view));
}

/** A shared view may filter by what its reader must not know of: then it is not there for them. */
function mayOpen(ctx: Context, { entity: key, owner, definition }: SavedView): boolean {
  const entity = ctx.model.entities.get(key);
  if (!entity) return false;
  if (owner === myId(ctx)) return true;
  return accessOf(ctx, entity).reach("read") !== "none" && isSound(ctx, entity, definition);
}

function isSound(ctx: Context, entity: Entity, definition: Json): boolean {
  try {
    checkQuery(ctx, entity, definition as SavedViewInput["definition"]);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** @throws Problem `invalid` when it names what the caller cannot see */
export async function createSavedView(db: Db, ctx: Context, input: SavedViewInput): Promise<SavedView> {
  check(ctx, input.entity, input);
  const made = await sql<SavedView>`
    insert into ${tableOf(ctx)} (id, entity, view, name, owner, shared, definition, created_at, updated_at)
    values (${ctx.newId()}, ${input.entity}, ${input.view ?? null}, ${input.name}, ${myId(ctx)}, ${input.shared ?? false},
      ${JSON.stringify(input.definition)}::jsonb, ${ctx.now}, ${ctx.now})
    returning ${COLUMNS}`.execute(db);
  return made.rows[0] as SavedView;
}

/** @throws Problem `notFound` unless it is the caller's own (admins may change shared ones) */
export async function updateSavedView(
  db: Db,
  ctx: Context,
  id: string,
  change: Partial<Pick<SavedViewInput, "name" | "shared" | "definition">>,
): Promise<SavedView> {
  const view = await mine(db, ctx, id);
  check(ctx, view.entity, change);
  const definition = change.definition ? JSON.stringify(change.definition) : null;
  const changed = await sql<SavedView>`update ${tableOf(ctx)} set name = coalesce(${change.name ?? null}, name),
      shared = coalesce(${change.shared ?? null}, shared), definition = coalesce(${definition}::jsonb, definition),
      version = version + 1, updated_at = ${ctx.now}
    where id = ${id} returning ${COLUMNS}`.execute(db);
  return changed.rows[0] as SavedView;
}

/** @throws Problem `notFound` */
export async function deleteSavedView(db: Db, ctx: Context, id: string): Promise<void> {
  await mine(db, ctx, id);
  await sql`delete from ${tableOf(ctx)} where id = ${id}`.execute(db);
}

async function mine(db: Db, ctx: Context, id: string): Promise<SavedView> {
  const found = isUuid(id)
    ? await sql<SavedView>`select ${COLUMNS} from ${tableOf(ctx)} where id = ${id}
        and (owner = ${myId(ctx)} or (shared and ${isUnlimited(ctx)}))`.execute(db)
    : null;
  const view = found?.rows[0];
  if (!view) throw new Problem("notFound", { en: "There is no such view.", "zh-CN": "没有此视图。" });
  return view;
}

function tableOf(ctx: Context) {
  return sql.id(ctx.workspace.schema, "fw_saved_view");
}

function myId(ctx: Context): string {
  if (ctx.actor.kind === "member") return ctx.actor.member.id;
  throw new Problem("forbidden", { en: "Views belong to members.", "zh-CN": "视图属于成员。" });
}

/** Filter and sort are checked like those of a list: a view that cannot be opened is not kept. */
function check(ctx: Context, entityKey: string, input: Partial<SavedViewInput>): void {
  const entity = entityOf(ctx, entityKey);
  const { name, definition } = input;
  if (name !== undefined && (name.trim() === "" || [...name].length > LONGEST_NAME))
    throw invalid([
      {
        pointer: "/name",
        code: "maxLength",
        message: {
          en: `A name has 1 to ${LONGEST_NAME} characters.`,
          "zh-CN": `名称须为 1 到 ${LONGEST_NAME} 个字符。`,
        },
        severity: "error",
      },
    ]);
  if (!definition) return;
  if (JSON.stringify(definition).length > LARGEST)
    throw new Problem("tooLarge", { en: "This view is too large.", "zh-CN": "视图内容过大。" });
  checkQuery(ctx, entity, definition);
}

function checkQuery(ctx: Context, entity: Entity, { filter, sort }: SavedViewInput["definition"]): void {
  const keys = Array.isArray(sort) ? sort : [];
  const wrong = keys.flatMap((key, index) =>
    isSortKey(key) ? [] : [finding("format", `/definition/sort/${index}`, { format: "{field, direction}" })],
  );
  const group = groupOf(filter);
  if (group) wrong.push(...group.filters.flatMap((one, index) => checkCondition(ctx, entity, one, index)));
  else if (filter !== undefined && !isRuleNode(filter))
    wrong.push(finding("format", "/definition/filter", { format: "filter" }));
  if (wrong.length > 0) throw invalid(wrong);
  checkListQuery(ctx, entity, {
    ...(filter !== undefined && !group && { filter: filter as Rule | null }),
    sort: keys as unknown as readonly SortKey[],
  });
}

/** Conditions as the filter builder keeps them; null for a rule. */
function groupOf(filter: Json | undefined): { readonly filters: readonly Json[] } | null {
  const { match, filters } = (filter ?? {}) as { readonly match?: Json; readonly filters?: Json };
  return (match === "all" || match === "any") && Array.isArray(filters) ? { filters } : null;
}

/** One that is not filled in yet is kept as it is: it narrows nothing. */
function checkCondition(ctx: Context, entity: Entity, condition: Json, index: number): readonly Finding[] {
  const { field, operator } = (condition ?? {}) as { readonly field?: Json; readonly operator?: Json };
  const pointer = `/definition/filter/filters/${index}`;
  if (typeof field !== "string" || typeof operator !== "string" || !Object.hasOwn(FILTER_OPERATORS, operator))
    return [finding("format", pointer, { format: "{field, operator, value}" })];
  return visiblePath(ctx, entity, field) ? [] : [unknownName(`${pointer}/field`, "unknownField", field)];
}

function isSortKey(value: Json): boolean {
  const key = (value ?? {}) as { readonly field?: Json; readonly direction?: Json };
  return typeof key.field === "string" && (key.direction === "asc" || key.direction === "desc");
}

function isRuleNode(value: Json): boolean {
  return value === null || (typeof value === "object" && !Array.isArray(value));
}
