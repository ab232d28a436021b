import type { Entity, Json, Locale, LocalText } from "@formwright/model";
import { LOCALES } from "@formwright/model";
import { accessOf } from "../access/compile-access.ts";
import type { Context, Db } from "../context.ts";
import { fieldKindOf } from "../model/field-kinds.ts";
import { findRecordJson } from "../records/read-record.ts";

interface ShownRecord {
  readonly values: { readonly [field: string]: Json };
  readonly refs: { readonly [field: string]: { readonly id: string; readonly title: string | null } | null };
}

const PLACE = /\{([a-z][a-z0-9_]*)\}/g;

/**
 * Fills the places of a text that a definition wrote, `{amount}` or `{title}`, with the record's values as people read
 * them. A field that the reader's roles hide stays an ellipsis.
 *
 * @param reader a context whose actor is the reader
 */
export async function fillText(
  db: Db,
  ctx: Context,
  reader: Context,
  record: { readonly entity: string; readonly recordId: string },
  texts: readonly (LocalText | undefined)[],
): Promise<readonly (LocalText | undefined)[]> {
  const entity = ctx.model.entities.get(record.entity);
  if (!entity || !texts.some((text) => text && hasPlaces(text))) return texts;
  const shown = await readShown(db, ctx, record);
  if (!shown) return texts;
  return texts.map(
    (text) => text && inEveryLanguage(text, (words, locale) => fill(words, locale, entity, shown, reader)),
  );
}

/** The title of a record, without asking who reads; null when it is gone. */
export async function titleOf(db: Db, ctx: Context, entityKey: string, id: string): Promise<string | null> {
  const entity = ctx.model.entities.get(entityKey);
  const shown = entity ? await readShown(db, ctx, { entity: entityKey, recordId: id }) : null;
  return entity && shown ? write(entity, shown, entity.titleField, ctx.workspace.locale, ctx) : null;
}

function hasPlaces(text: LocalText): boolean {
  return LOCALES.some((locale) => text[locale]?.includes("{"));
}

function inEveryLanguage(text: LocalText, change: (words: string, locale: Locale) => string): LocalText {
  const filled = LOCALES.flatMap((locale) => {
    const words = text[locale];
    return words === undefined ? [] : [[locale, change(words, locale)]];
  });
  return Object.fromEntries(filled);
}

function fill(words: string, locale: Locale, entity: Entity, shown: ShownRecord, reader: Context): string {
  return words.replace(PLACE, (place, key: string) => {
    const isField = entity.fields.some((field) => field.key === key);
    const wanted = !isField && key === "title" ? entity.titleField : key;
    if (accessOf(reader, entity).field(wanted) === "hidden") return "…";
    if (wanted === "owner") return shown.refs.owner?.title ?? "";
    return write(entity, shown, wanted, locale, reader) ?? place;
  });
}

function write(entity: Entity, shown: ShownRecord, key: string, locale: Locale, ctx: Context): string | null {
  const field = entity.fields.find((candidate) => candidate.key === key);
  if (!field) return null;
  const text = { locale, timeZone: ctx.workspace.timeZone, titleOf: () => shown.refs[key]?.title ?? "" };
  return fieldKindOf(field).writeText(shown.values[key] ?? null, field, text);
}

async function readShown(
  db: Db,
  ctx: Context,
  record: { readonly entity: string; readonly recordId: string },
): Promise<ShownRecord | null> {
  const system: Context = { ...ctx, actor: { kind: "system", name: "notifications" } };
  const found = await findRecordJson(db, system, record.entity, record.recordId, { withDeleted: true });
  return found ? (JSON.parse(found.json) as ShownRecord) : null;
}
