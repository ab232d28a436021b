import { type Context, type Db, type ListQuery, listRecordsJson } from "@formwright/engine";
import { FIELD_KINDS } from "@formwright/fields/model";
import { type Entity, type Field, type FieldKindRegistry, type Json, SYSTEM_FIELDS, textIn } from "@formwright/model";

const PAGE = 500;

export interface ExportColumn {
  readonly key: string;
  readonly label: string;
}

/** A row as texts, and as values for cells that a spreadsheet can count with. */
export interface ExportRow {
  readonly texts: readonly string[];
  readonly values: readonly Json[];
}

interface ListedRecord {
  readonly id: string;
  readonly values: Readonly<Record<string, Json>>;
  readonly refs: Readonly<Record<string, { readonly id: string; readonly title: string | null } | null>>;
  readonly [system: string]: unknown;
}

const SYSTEM = ["owner", "created_at", "updated_at"] as const;

/** The columns of an export: the wanted fields, or all that the caller may see. */
export function exportColumns(
  ctx: Context,
  entity: Entity,
  fields: readonly string[],
  isHidden: (key: string) => boolean,
): ExportColumn[] {
  const all: ExportColumn[] = [
    ...entity.fields
      .filter((field) => field.kind !== "subform" && !isHidden(field.key))
      .map((field) => ({ key: field.key, label: textIn(field.label, ctx.locale, field.key) })),
    ...SYSTEM.map((key) => {
      const system = SYSTEM_FIELDS.find((one) => one.key === key);
      return { key, label: textIn(system?.label, ctx.locale, key) };
    }),
  ];
  if (fields.length === 0) return all;
  return fields.flatMap((key) => all.find((column) => column.key === key) ?? []);
}

/** All records of a list, page by page, as the caller may see them. */
export async function* exportRows(
  db: Db,
  ctx: Context,
  entity: Entity,
  query: ListQuery,
  columns: readonly ExportColumn[],
): AsyncGenerator<ExportRow> {
  const fields = new Map(entity.fields.map((field) => [field.key, field]));
  let cursor: string | null = null;
  do {
    const json = await listRecordsJson(db, ctx, entity.key, { ...query, limit: PAGE, ...(cursor && { cursor }) });
    const page = JSON.parse(json) as { items: ListedRecord[]; nextCursor: string | null };
    for (const record of page.items) {
      const cells = columns.map(({ key }) => cellOf(ctx, record, key, fields.get(key)));
      yield { texts: cells.map(({ text }) => text), values: cells.map(({ value }) => value) };
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
}

const NUMBERS: ReadonlySet<string> = new Set(["number", "money", "percent", "formula"]);

function cellOf(
  ctx: Context,
  record: ListedRecord,
  key: string,
  field: Field | undefined,
): { text: string; value: Json } {
  if (!field) return systemCell(record, key);
  const value = record.values[key] ?? null;
  if (value === null) return { text: "", value: null };
  const text =
    (FIELD_KINDS as FieldKindRegistry)[field.kind]?.writeText(value, field, {
      locale: ctx.locale,
      timeZone: ctx.timeZone,
      titleOf: () => record.refs[key]?.title ?? null,
    }) ?? String(value);
  return { text, value: NUMBERS.has(field.kind) && typeof value === "number" ? value : text };
}

function systemCell(record: ListedRecord, key: string): { text: string; value: Json } {
  const wire = SYSTEM_FIELDS.find((one) => one.key === key)?.wire ?? key;
  const title = record.refs[key]?.title;
  const text = title ?? String(record[wire] ?? "");
  return { text, value: text };
}
