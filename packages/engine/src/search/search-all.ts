import type { Entity } from "@formwright/model";
import { sql } from "kysely";
import { accessOf, rolesKey } from "../access/compile-access.ts";
import type { Context, Db } from "../context.ts";
import { titleSql } from "../records/record-json.ts";
import { compile, contextValues, run, slot } from "../records/statement.ts";
import { kept } from "../records/statement-cache.ts";
import { searchCondition, searchFields, wordValues } from "./search-text.ts";

export interface SearchHit {
  readonly entity: string;
  readonly id: string;
  readonly title: string | null;
  readonly updatedAt: string;
}

export interface SearchResult {
  readonly items: readonly SearchHit[];
}

const PER_ENTITY = 8;
const MAX_WORDS = 6;
const MAX_WORD_LENGTH = 100;

/** The words of a query: at most six, all of which have to be there. */
export function searchWords(q: string): readonly string[] {
  const words = q
    .normalize("NFC")
    .split(/\s+/u)
    .filter((word) => word !== "");
  return words.slice(0, MAX_WORDS).map((word) => word.slice(0, MAX_WORD_LENGTH));
}

/** Records of every entity that the caller may read whose searchable text contains what was typed, newest first. */
export async function searchAll(
  db: Db,
  ctx: Context,
  q: string,
  options: { readonly entities?: readonly string[]; readonly limit?: number } = {},
): Promise<SearchResult> {
  const words = searchWords(q);
  if (words.length === 0) return { items: [] };
  const wanted = options.entities ? new Set(options.entities) : null;
  const limit = Math.min(Math.max(Math.trunc(options.limit ?? PER_ENTITY), 1), 50);
  const items: SearchHit[] = [];
  for (const entity of ctx.model.entities.values()) {
    if (wanted ? !wanted.has(entity.key) : false) continue;
    if (accessOf(ctx, entity).reach("read") === "none") continue;
    items.push(...(await searchOne(db, ctx, entity, words, limit)));
  }
  return { items };
}

async function searchOne(db: Db, ctx: Context, entity: Entity, words: readonly string[], limit: number) {
  const access = accessOf(ctx, entity);
  const visible = searchFields(entity).filter((key) => access.field(key) !== "hidden");
  const lengths = words.map((word) => [...word].length > 1);
  const statement = kept(ctx.model, `search ${entity.key} ${rolesKey(ctx)} ${JSON.stringify(lengths)}`, () =>
    compile(sql`with hits as materialized (
        select t.id, ${titleSql(ctx, entity, "t")} as title, t.updated_at from ${sql.id(ctx.workspace.schema, entity.key)} t
        where t.deleted_at is null and ${access.condition("read", "t")}
          and ${searchCondition(ctx.workspace.schema, entity, "t", words, visible)})
      select ${sql.lit(entity.key)} as entity, id, title, updated_at as "updatedAt" from hits
      order by updated_at desc, id limit ${slot("limit", "bigint")}`),
  );
  return run<SearchHit>(db, statement, { ...contextValues(ctx), ...wordValues(words), limit });
}
