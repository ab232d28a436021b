import type { Entity, Field } from "@formwright/model";
import { distance, looseText } from "./near-match.ts";
import type { TableColumn } from "./table-columns.ts";

/** A proposal for one column: the person confirms it or chooses otherwise. */
export interface Suggestion {
  readonly field: string;
  readonly options?: { readonly dateOrder?: "mdy" | "dmy" | "ymd" };
}

/** Words that a header may end or begin with without meaning another field. */
const FILLERS = /^(the|my)|(name|名称|姓名|id|编号|date|日期)$/u;

/**
 * For each column the field that its header most likely means: by key or label in either language, exactly, then but
 * for a filler word, then but for a slip of the pen. No field is proposed twice.
 */
export function suggestMapping(entity: Entity, columns: readonly TableColumn[]): ReadonlyMap<number, Suggestion> {
  const fields = [...entity.fields.filter(isImportable), OWNER];
  const ratings = columns.flatMap((column) =>
    fields.flatMap((field) => {
      const rating = rate(looseText(column.header), field);
      return rating > 0 ? [{ column, field, rating }] : [];
    }),
  );
  ratings.sort((a, b) => b.rating - a.rating);
  const suggestions = new Map<number, Suggestion>();
  const taken = new Set<string>();
  for (const { column, field } of ratings) {
    if (taken.has(field.key) || suggestions.has(column.index)) continue;
    taken.add(field.key);
    const isDate = field.kind === "date" || field.kind === "datetime";
    const order = column.dateOrder;
    const isKnown = order === "mdy" || order === "dmy" || order === "ymd";
    suggestions.set(column.index, {
      field: field.key,
      ...(isDate && isKnown && { options: { dateOrder: order } }),
    });
  }
  return suggestions;
}

const COMPUTED: ReadonlySet<string> = new Set(["autonumber", "formula", "subform"]);

export function isImportable(field: Field): boolean {
  return !COMPUTED.has(field.kind);
}

/** The owner is mapped like a field, though it stands beside the values. */
export const OWNER: Pick<Field, "key" | "kind" | "label" | "options"> = {
  key: "owner",
  kind: "member",
  label: { en: "Owner", "zh-CN": "负责人" },
  options: { entity: "member" },
};

function rate(header: string, field: Pick<Field, "key" | "label">): number {
  if (header === "") return 0;
  const names = [field.key, field.label.en, field.label["zh-CN"]].filter((name) => name !== undefined).map(looseText);
  if (names.includes(header)) return 3;
  const bare = (text: string) => text.replace(FILLERS, "") || text;
  if (names.some((name) => bare(name) === bare(header))) return 2;
  const letters = [...header];
  const isNear = (name: string) =>
    name.length >= 5 && distance(letters, [...name], 2) <= Math.min(2, Math.floor(name.length / 5));
  return names.some(isNear) ? 1 : 0;
}
