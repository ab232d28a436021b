import {
  type Choice,
  type Entity,
  type Field,
  type Json,
  LOCALES,
  type Locale,
  type LocalText,
} from "@formwright/model";
import type { Context, Db } from "../context.ts";
import { fieldKindOf } from "../model/field-kinds.ts";
import { type Property, propertiesOf } from "../model/paths.ts";
import { findRecordJson } from "../records/read-record.ts";

interface Ref {
  readonly id: string;
  readonly title: string | null;
}

/** A record as its reader sees it. */
interface ShownRecord {
  readonly entity: Entity;
  readonly values: { readonly [field: string]: Json };
  readonly refs: { readonly [field: string]: Ref | null };
  /** Owner, moments of creation and change: beside the values, in the spelling of the wire. */
  readonly beside: { readonly [property: string]: Json };
}

const PLACE = /\{([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){0,3})\}/g;

/** What stands for a value that the reader may not see. */
const UNSEEN = "…";

/**
 * Fills the places of a text that a definition wrote (`{amount}`, `{title}`, `{customer.name}`) with the record's values
 * as people read them. What the reader may not see stays an ellipsis: a hidden field, a record out of their reach, or
 * one behind a reference.
 *
 * @param reader a context whose actor is the reader
 */
export async function fillText(
  db: Db,
  reader: Context,
  record: { readonly entity: string; readonly recordId: string },
  texts: readonly (LocalText | undefined)[],
): Promise<readonly (LocalText | undefined)[]> {
  if (!texts.some((text) => text && placesOf(text).length > 0)) return texts;
  const entity = reader.model.entities.get(record.entity);
  if (!entity) return texts.map((text) => text && inEveryLanguage(text, (said) => said.replace(PLACE, UNSEEN)));
  const reading = new Reading(db, reader);
  const shown = await reading.record(entity.key, record.recordId);
  const words = new Map<string, Written>();
  for (const place of new Set(texts.flatMap((text) => (text ? placesOf(text) : []))))
    words.set(place, await reading.place(entity, shown, place));
  return texts.map((text) => text && inEveryLanguage(text, (said, locale) => fill(said, locale, words)));
}

/** A record's title as the caller may see it; null when it is gone or out of their reach. */
export async function titleOf(db: Db, ctx: Context, entityKey: string, id: string): Promise<string | null> {
  const reading = new Reading(db, ctx);
  const shown = await reading.record(entityKey, id);
  if (!shown || shown.values[shown.entity.titleField] === undefined) return null;
  const written = await reading.place(shown.entity, shown, shown.entity.titleField);
  return written?.(ctx.workspace.locale) ?? null;
}

/** Writes a value in a language; null for a place that names nothing: it stays as it is. */
type Written = ((locale: Locale) => string) | null;

const EMPTY: Written = () => "";
const HIDDEN: Written = () => UNSEEN;

/** One reader's look at a record and at what it refers to. */
class Reading {
  readonly #db: Db;
  readonly #reader: Context;
  readonly #known = new Map<string, Promise<ShownRecord | null>>();

  constructor(db: Db, reader: Context) {
    this.#db = db;
    this.#reader = reader;
  }

  record(entityKey: string, id: string): Promise<ShownRecord | null> {
    const key = `${entityKey} ${id}`;
    const found = this.#known.get(key) ?? this.#read(entityKey, id);
    this.#known.set(key, found);
    return found;
  }

  async #read(entityKey: string, id: string): Promise<ShownRecord | null> {
    const entity = this.#reader.model.entities.get(entityKey);
    const found = entity ? await findRecordJson(this.#db, this.#reader, entityKey, id, { withDeleted: true }) : null;
    if (!entity || !found) return null;
    const { values, refs, ...beside } = JSON.parse(found.json) as Pick<ShownRecord, "values" | "refs">;
    return { entity, values, refs, beside: beside as ShownRecord["beside"] };
  }

  /** What a place says; `shown` is null when the record itself cannot be seen. */
  async place(entity: Entity, shown: ShownRecord | null, path: string): Promise<Written> {
    const [first = "", ...rest] = path.split(".");
    const properties = propertiesOf(entity);
    const key = properties.has(first) || first !== "title" ? first : entity.titleField;
    const property = properties.get(key);
    if (!property) return null;
    if (rest.length === 0) return shown ? this.#write(shown, property) : HIDDEN;
    const target = property.target ? this.#reader.model.entities.get(property.target) : undefined;
    if (!target) return null;
    if (!shown) return this.place(target, null, rest.join("."));
    const id = shownValue(shown, property);
    if (id === undefined) return this.place(target, null, rest.join("."));
    if (typeof id !== "string") return EMPTY;
    return this.place(target, await this.record(target.key, id), rest.join("."));
  }

  #write(shown: ShownRecord, property: Property): Written {
    const value = shownValue(shown, property);
    if (value === undefined) return HIDDEN;
    const { model, workspace } = this.#reader;
    const ref = shown.refs[wireOf(property)];
    const field = property.field?.key === property.key ? property.field : systemField(property);
    return (locale) =>
      fieldKindOf(field).writeText(value, field, {
        locale,
        timeZone: workspace.timeZone,
        titleOf: () => ref?.title ?? UNSEEN,
        stagesOf: (flow) =>
          (model.flows.get(flow)?.stages ?? []).map(({ key, label }): Choice => ({ value: key, label })),
      });
  }
}

/** Undefined: not shown to this reader. */
function shownValue({ values, beside }: ShownRecord, property: Property): Json | undefined {
  return property.field ? values[property.key] : beside[wireOf(property)];
}

/** `created_at` is `createdAt` on the wire. */
function wireOf({ key, field }: Property): string {
  return field ? key : key.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

/** Enough of a field for its kind to write a system property. */
function systemField({ key, kind }: Property): Field {
  const known = kind === "member" || kind === "department" || kind === "datetime" ? kind : "text";
  return { key, kind: known, options: {} } as unknown as Field;
}

function placesOf(text: LocalText): readonly string[] {
  return LOCALES.flatMap((locale) => [...(text[locale] ?? "").matchAll(PLACE)].map(([, path = ""]) => path));
}

function inEveryLanguage(text: LocalText, change: (words: string, locale: Locale) => string): LocalText {
  const filled = LOCALES.flatMap((locale) => {
    const words = text[locale];
    return words === undefined ? [] : [[locale, change(words, locale)]];
  });
  return Object.fromEntries(filled);
}

function fill(words: string, locale: Locale, written: ReadonlyMap<string, Written>): string {
  return words.replace(PLACE, (place, path: string) => written.get(path)?.(locale) ?? place);
}
