import type { Entity } from "@formwright/model";
import { type RawBuilder, sql } from "kysely";
import { propertiesOf } from "../model/paths.ts";
import { slot } from "../records/statement.ts";

const SEARCHED_KINDS: ReadonlySet<string> = new Set(["text", "email", "phone", "autonumber"]);

/** An index definition has to fit into one row of PostgreSQL's catalogue. */
const MOST_FIELDS = 16;

/** The fields that text search reads: those the entity names, else its title and its short texts; sixteen at most. */
export function searchFields(entity: Entity): readonly string[] {
  const named = entity.search.length > 0 ? entity.search : textFields(entity);
  const properties = propertiesOf(entity);
  return named.filter((key) => properties.get(key)?.type === "text").slice(0, MOST_FIELDS);
}

function textFields(entity: Entity): readonly string[] {
  const others = entity.fields.filter((field) => field.key !== entity.titleField && SEARCHED_KINDS.has(field.kind));
  return [entity.titleField, ...others.map((field) => field.key)];
}

/**
 * The searchable text of a record, lowercased: the same expression in the index and in every query.
 *
 * @param alias null inside an index definition
 * @param fields which of them; all when absent
 */
export function searchText(entity: Entity, alias: string | null, fields = searchFields(entity)): RawBuilder<string> {
  const properties = propertiesOf(entity);
  const columns = fields.flatMap((key) => {
    const column = properties.get(key)?.column;
    return column ? [sql`coalesce(${sql.ref(alias ? `${alias}.${column}` : column)}::text, '')`] : [];
  });
  if (columns.length === 0) return sql<string>`''::text`;
  return sql<string>`lower(${sql.join(columns, sql` || ' ' || `)})`;
}

/** The pairs of letters that a text consists of. */
export function bigrams(schema: string, text: RawBuilder<string>): RawBuilder<string[]> {
  return sql<string[]>`${sql.id(schema, "fw_bigrams")}(${text})`;
}

/** The n-th word looked for, lowercased by PostgreSQL as the stored text is. */
function word(index: number): RawBuilder<string> {
  return sql<string>`lower(${slot<string>(`w${index}`, "text")})`;
}

/**
 * Records whose searchable text contains every word. The index narrows by pairs of letters, then the text itself is
 * looked at. A single letter finds titles that begin with it: it has no pair to narrow by.
 *
 * @param visible the searchable fields that the caller may see; the index covers all of them
 */
export function searchCondition(
  schema: string,
  entity: Entity,
  alias: string,
  words: readonly string[],
  visible: readonly string[],
): RawBuilder<boolean> {
  if (visible.length === 0) return sql<boolean>`false`;
  const text = searchText(entity, alias, visible);
  const titled = visible.includes(entity.titleField) ? [entity.titleField] : visible.slice(0, 1);
  const long = words.flatMap((each, index) => ([...each].length > 1 ? [index] : []));
  const parts: RawBuilder<boolean>[] = long.map(
    (index) => sql<boolean>`${bigrams(schema, searchText(entity, alias))} @> ${bigrams(schema, word(index))}`,
  );
  for (const index of words.keys())
    parts.push(
      long.length > 0
        ? sql<boolean>`position(${word(index)} in ${text}) > 0`
        : sql<boolean>`starts_with(${searchText(entity, alias, titled)}, ${word(index)})`,
    );
  return sql<boolean>`(${sql.join(parts, sql` and `)})`;
}

export function wordValues(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(words.map((each, index) => [`w${index}`, each]));
}
