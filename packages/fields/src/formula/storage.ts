import type { Field } from "@formwright/model";
import { ruleToStoredSql, type SqlScope } from "@formwright/rules/sql";
import { sql } from "kysely";
import { formulaScope } from "../compute-formula.ts";
import { FIELD_KINDS } from "../field-kinds.ts";
import { columnStorage } from "../storage/column-storage.ts";
import type { FieldStorage, StorageContext } from "../storage-kind.ts";
import { type FormulaResult, formulaOptions } from "./formula-options.ts";
import { formulaRule } from "./formula-rule.ts";

/** Without bounds: a product of large numbers must not make the record impossible to save. */
const COLUMN_TYPES = {
  number: "numeric",
  money: "numeric",
  percent: "numeric",
  text: "text",
  boolean: "boolean",
  date: "date",
} as const satisfies Record<FormulaResult, string>;

const column = columnStorage({ key: "formula", type: ({ options }) => COLUMN_TYPES[formulaOptions(options).result] });

/** A generated stored column: PostgreSQL computes it with every write, from the same rule that the browser previews. */
export const formulaStorage: FieldStorage = {
  ...column,
  columns(field, context) {
    const fields = fieldsBeside(field, context);
    const expected = FIELD_KINDS.formula.ruleType(field.options);
    const rule = formulaRule(field, fields);
    const generated = ruleToStoredSql(rule, columnsOf(fields), context.timeZone, { expected });
    return column.columns(field, context).map((spec) => ({ ...spec, generated }));
  },
  write: () => ({}),
};

/** The fields of the same record, or of the same row. */
function fieldsBeside(field: Field, { entity }: StorageContext): readonly Field[] {
  if (entity.fields.includes(field)) return entity.fields;
  const rows = entity.fields.find(({ fields }) => fields?.includes(field));
  return rows?.fields ?? entity.fields;
}

/** What a generated column may read: the stored columns of its own row. */
function columnsOf(fields: readonly Field[]): SqlScope {
  return { ...formulaScope(fields), column: (path) => sql.ref(path) };
}
