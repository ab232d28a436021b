import type { Field } from "@formwright/model";
import { sql } from "kysely";
import { fieldKindOf } from "../model/field-kinds.ts";
import { targetOf } from "../model/paths.ts";
import type { Measure } from "./measure.ts";
import type { PlanRemark } from "./plan-draft.ts";
import { en, lengthOf, remark, typeOf, zh } from "./remarks.ts";

/** Values of a column that was out of sight and that the field which takes it up again does not allow. */
export async function misfits(
  table: string,
  field: Field,
  column: string,
  measure: Measure,
): Promise<readonly PlanRemark[]> {
  const name = sql.id(column);
  const remarks: PlanRemark[] = [];
  const choices = fieldKindOf(field).choices?.(field.options);
  if (choices) {
    const list = sql`array[${sql.join(choices.map(({ value }) => sql.lit(value)))}]::text[]`;
    const count = await measure.count(
      table,
      typeOf(field) === "text[]" ? sql`not (${name} <@ ${list})` : sql`not (${name} = any(${list}))`,
    );
    if (count > 0)
      remarks.push(
        remark(
          "refused",
          `“${en(field)}” comes back with ${count} values that are none of its choices. Name it differently, or add them.`,
          `“${zh(field)}”原有的 ${count} 个值不在选项之中。请换一个标识，或补上这些选项。`,
          { [field.key]: count },
        ),
      );
  }
  const longest = lengthOf(field);
  if (longest !== null) {
    const count = await measure.count(table, sql`char_length(${name}::text) > ${sql.lit(longest)}`);
    if (count > 0)
      remarks.push(
        remark(
          "refused",
          `“${en(field)}” comes back with ${count} texts that are longer than ${longest} characters.`,
          `“${zh(field)}”原有的 ${count} 个文本超过 ${longest} 个字符。`,
          { [field.key]: count },
        ),
      );
  }
  const target = targetOf(field);
  if (target !== null) {
    const count = await measure.dangling(table, column, target);
    if (count > 0)
      remarks.push(
        remark(
          "consent",
          `“${en(field)}”: ${count} of its values refer to no ${target} and are emptied for good.`,
          `“${zh(field)}”原有的 ${count} 个值不指向任何 ${target} 记录，将被永久清空。`,
          { emptied: count },
        ),
      );
  }
  return remarks;
}
