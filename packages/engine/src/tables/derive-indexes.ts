import type { Entity, Field, Model, View, ViewSort } from "@formwright/model";
import { type Rule, variablesOf } from "@formwright/rules";
import { type RawBuilder, sql } from "kysely";
import { normalized } from "../duplicates/normalized.ts";
import { storageOf } from "../model/field-storage.ts";
import { propertiesOf } from "../model/paths.ts";
import { compile } from "../records/statement.ts";
import { bigrams, searchFields, searchText } from "../search/search-text.ts";
import { shortHash, shortName } from "./short-name.ts";
import { subformTable } from "./table-spec.ts";

/** An index that what is published calls for. The name says what is in it: another definition has another name. */
export interface IndexSpec {
  readonly name: string;
  readonly table: string;
  /** `(…) where …`, ready to follow the table's name. */
  readonly definition: string;
  /** Who asks for it, for people: "view deals", "search", "owner". */
  readonly reasons: readonly string[];
}

export const INDEX_PREFIX = "ix";

/** One key of an index, as it stands in ORDER BY. */
interface Key {
  readonly column: string;
  readonly order: "asc" | "desc" | "desc nulls last";
}

const MOST_PER_TABLE = 32;
/** PostgreSQL refuses index rows past 2,704 bytes; a letter has at most four. */
const LONGEST_INDEXED_TEXT = 600;

/** Every index that a published model calls for. Names and order are the same wherever it is computed. */
export function deriveIndexes(model: Model, schema: string): readonly IndexSpec[] {
  return [...model.entities.values()].flatMap((entity) => {
    const wanted = new Wanted(entity, schema);
    addDefaults(wanted);
    addAccess(wanted, model);
    for (const view of model.views.values()) if (view.entity === entity.key) addView(wanted, view);
    addSearch(wanted);
    addDuplicates(wanted);
    addRows(wanted);
    return wanted.specs.slice(0, MOST_PER_TABLE);
  });
}

/** Collects the indexes of one entity, each once. */
class Wanted {
  readonly entity: Entity;
  readonly schema: string;
  readonly #specs = new Map<string, IndexSpec>();

  constructor(entity: Entity, schema: string) {
    this.entity = entity;
    this.schema = schema;
  }

  get specs(): readonly IndexSpec[] {
    return [...this.#specs.values()];
  }

  /** A btree over the records outside the bin. */
  keys(keys: readonly Key[], reason: string): void {
    if (keys.length === 0 || keys.some((key) => !canIndex(this.entity, key.column))) return;
    const columns = keys.map((key) => sql`${sql.id(key.column)}${sql.raw(key.order === "asc" ? "" : ` ${key.order}`)}`);
    this.add(
      this.entity.key,
      keys.map((key) => key.column),
      sql`(${sql.join(columns)}) where deleted_at is null`,
      reason,
    );
  }

  add(table: string, parts: readonly string[], definition: RawBuilder<unknown>, reason: string): void {
    const { sql: text } = compile(definition);
    const name = shortName(
      INDEX_PREFIX,
      table.slice(0, 24),
      ...parts.map((part) => part.slice(0, 12)).slice(0, 3),
      shortHash(table + text),
    );
    const known = this.#specs.get(name);
    const reasons = [...new Set([...(known?.reasons ?? []), reason])];
    this.#specs.set(name, { name, table, definition: text, reasons });
  }
}

function canIndex(entity: Entity, column: string): boolean {
  const property = [...propertiesOf(entity).values()].find((one) => one.column === column);
  if (!property?.field || property.column !== property.field.key) return property !== undefined;
  if (storageOf(property.field).indexMethod !== "btree") return false;
  if (property.type !== "text" || SHORT_KINDS.has(property.kind)) return true;
  const { maxLength } = property.field.schema;
  return typeof maxLength === "number" && maxLength <= LONGEST_INDEXED_TEXT;
}

const SHORT_KINDS: ReadonlySet<string> = new Set(["select", "stage", "autonumber", "phone", "email"]);

const NEWEST: readonly Key[] = [
  { column: "created_at", order: "asc" },
  { column: "id", order: "asc" },
];

const own = (column: string): Key => ({ column, order: "asc" });

/** The order of a list that says none, and every reference: related lists, and what a purge has to look for. */
function addDefaults(wanted: Wanted): void {
  wanted.keys(NEWEST, "newest first");
  for (const property of propertiesOf(wanted.entity).values()) {
    if (property.column && property.target && property.field)
      wanted.keys([own(property.column), ...NEWEST], property.key);
    if (property.kind === "stage" && property.column) wanted.keys([own(property.column), ...NEWEST], property.key);
  }
}

const SCOPE_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  own: ["owner"],
  department: ["owner", "owner_department"],
  departmentTree: ["owner", "owner_department"],
};

/** A member who sees their own records looks for them by owner. */
function addAccess(wanted: Wanted, model: Model): void {
  for (const role of model.roles.values()) {
    const scopes = Object.values(role.entities[wanted.entity.key]?.actions ?? {});
    for (const column of new Set(scopes.flatMap((scope) => SCOPE_COLUMNS[scope] ?? [])))
      wanted.keys([own(column), ...NEWEST], `role ${role.key}`);
  }
}

function addView(wanted: Wanted, view: View): void {
  const reason = `view ${view.key}`;
  const equal = equalColumns(wanted.entity, view.filter);
  if (view.type === "kanban") equal.push(...columnsOf(wanted.entity, [view.groupBy]));
  const order = orderKeys(wanted.entity, view.sort ?? []);
  if (order === null) return;
  wanted.keys(order, reason);
  const columns = [...new Set(equal)].slice(0, 3).map(own);
  if (columns.length > 0) wanted.keys([...columns, ...order], reason);
}

/** The keys of an order as the list writes it; null when it leads to another table. */
function orderKeys(entity: Entity, sort: readonly ViewSort[]): readonly Key[] | null {
  const keys: Key[] = [];
  for (const { field, direction } of sort) {
    const property = propertiesOf(entity).get(field);
    if (!property?.column || property.target) return null;
    const desc = property.isFilled ? "desc" : "desc nulls last";
    keys.push({ column: property.column, order: direction === "asc" ? "asc" : desc });
  }
  if (keys.length === 0) return NEWEST;
  const isAllDescFilled = keys.every((key) => key.order === "desc");
  // Read backwards, an ascending index serves the descending order of columns that are never empty.
  const plain = isAllDescFilled ? keys.map((key) => own(key.column)) : keys;
  const last = plain.every((key) => key.order === "asc") ? "asc" : (sort[0]?.direction ?? "asc");
  return [...plain, { column: "id", order: last }];
}

/** Own columns that a filter compares for equality in every case: the first keys of an index that serves it. */
function equalColumns(entity: Entity, filter: Rule | undefined): string[] {
  if (filter === undefined || filter === null || typeof filter !== "object" || Array.isArray(filter)) return [];
  const [entry] = Object.entries(filter);
  if (!entry) return [];
  const [operator, args] = entry;
  const list: readonly Rule[] = Array.isArray(args) ? args : [args];
  if (operator === "and") return list.flatMap((part) => equalColumns(entity, part));
  if (operator !== "==" && operator !== "in") return [];
  return columnsOf(entity, list[0] === undefined ? [] : variablesOf(list[0]));
}

function columnsOf(entity: Entity, keys: readonly string[]): string[] {
  return keys.flatMap((key) => propertiesOf(entity).get(key)?.column ?? []);
}

function addSearch(wanted: Wanted): void {
  const { entity, schema } = wanted;
  if (searchFields(entity).length === 0) return;
  const text = bigrams(schema, searchText(entity, null));
  wanted.add(entity.key, ["search"], sql`using gin ((${text}))`, "search");
}

function addDuplicates(wanted: Wanted): void {
  for (const rule of wanted.entity.duplicates) {
    const properties = rule.fields.map((key) => propertiesOf(wanted.entity).get(key));
    if (properties.some((property) => !property?.column || !canIndex(wanted.entity, property.column))) continue;
    const columns = properties.map((property) => {
      const column = sql.id(property?.column ?? "id");
      return rule.match === "normalized" && property?.type === "text" ? sql`(${normalized(sql`${column}`)})` : column;
    });
    wanted.add(
      wanted.entity.key,
      ["duplicates", rule.key],
      sql`(${sql.join(columns)}) where deleted_at is null`,
      `duplicates ${rule.key}`,
    );
  }
}

function addRows(wanted: Wanted): void {
  for (const field of wanted.entity.fields) {
    if (field.kind !== "subform") continue;
    const table = subformTable(wanted.entity.key, field.key);
    wanted.add(table, ["parent"], sql`(parent_id, "position")`, field.key);
    for (const one of field.fields ?? []) addRowReference(wanted, table, one);
  }
}

function addRowReference(wanted: Wanted, table: string, field: Field): void {
  const column = storageOf(field).filterColumn(field);
  if (column && field.options.entity) wanted.add(table, [column], sql`(${sql.id(column)})`, field.key);
}
