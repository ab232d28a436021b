import { type Entity, type Field, type LocalText, textIn } from "@formwright/model";
import { sql } from "kysely";
import { fieldKindOf } from "../model/field-kinds.ts";
import { targetOf } from "../model/paths.ts";
import { subformTable } from "../tables/table-spec.ts";
import { canChangeKind } from "./kind-changes.ts";
import type { Measure } from "./measure.ts";
import { misfits } from "./misfits.ts";
import type { PlanRemark } from "./plan-draft.ts";
import { columnOf, en, lengthOf, remark, typeOf, zh } from "./remarks.ts";

/** What would become of one entity, field by field. */
export async function planEntity(
  before: Entity | null,
  after: Entity | null,
  measure: Measure,
): Promise<readonly PlanRemark[]> {
  if (!after) return before ? [await retiredEntity(before, measure)] : [];
  const remarks: PlanRemark[] = [];
  // One that was taken away comes back to the table, and the records, that it had.
  const isThere = before !== null || measure.hasTable(after.key);
  remarks.push(...(await planFields(after.key, before?.fields ?? [], after.fields, measure, isThere)));
  remarks.push(...(await planUniques(before, after, measure)));
  return remarks;
}

async function retiredEntity(entity: Entity, measure: Measure): Promise<PlanRemark> {
  const records = await measure.count(entity.key);
  return remark("consent", `Its ${records} records are kept, out of sight.`, `其 ${records} 条记录保留，但不再可见。`, {
    records,
  });
}

async function planFields(
  table: string,
  before: readonly Field[],
  after: readonly Field[],
  measure: Measure,
  isThere: boolean,
): Promise<readonly PlanRemark[]> {
  const remarks: PlanRemark[] = [];
  const old = new Map(before.map((field) => [field.key, field]));
  for (const field of after) {
    const from = old.get(field.key);
    if (from) remarks.push(...(await changedField(table, from, field, measure)));
    else if (isThere) remarks.push(...(await addedField(table, field, measure)));
  }
  const kept = new Set(after.map((field) => field.key));
  for (const field of before) if (!kept.has(field.key)) remarks.push(await retiredField(table, field, measure));
  return remarks;
}

async function addedField(table: string, field: Field, measure: Measure): Promise<readonly PlanRemark[]> {
  if (field.kind === "subform") return addedSubform(table, field, measure);
  const column = columnOf(field);
  const comesBack = column !== null && measure.has(table, column) && measure.typeOf(table, column) === typeOf(field);
  const remarks = [
    comesBack
      ? remark("safe", `Brings back the field “${en(field)}” with its values.`, `恢复字段“${zh(field)}”及其原有的值。`)
      : remark("safe", `Adds the field “${en(field)}”.`, `新增字段“${zh(field)}”。`),
  ];
  if (comesBack) remarks.push(...(await misfits(table, field, column, measure)));
  if (field.required) remarks.push(...(await becomesRequired(table, field, comesBack ? column : null, measure)));
  return remarks;
}

async function addedSubform(table: string, field: Field, measure: Measure): Promise<readonly PlanRemark[]> {
  const rows = subformTable(table, field.key);
  if (!measure.hasTable(rows)) return [remark("safe", `Adds the field “${en(field)}”.`, `新增字段“${zh(field)}”。`)];
  return [
    remark("safe", `Brings back the field “${en(field)}” with its rows.`, `恢复字段“${zh(field)}”及其原有的行。`),
    ...(await planFields(rows, [], field.fields ?? [], measure, true)),
  ];
}

async function becomesRequired(
  table: string,
  field: Field,
  column: string | null,
  measure: Measure,
): Promise<readonly PlanRemark[]> {
  if (fieldKindOf(field).computed || columnOf(field) === null) return [];
  const empty = await measure.count(table, column ? sql`${sql.id(column)} is null` : sql`true`);
  if (empty === 0) return [remark("safe", `“${en(field)}” becomes required.`, `“${zh(field)}”改为必填。`)];
  return [
    remark(
      "refused",
      `“${en(field)}” cannot be required yet: ${empty} records have no value in it.`,
      `“${zh(field)}”还不能设为必填：${empty} 条记录没有填写。`,
      { empty },
    ),
  ];
}

async function retiredField(table: string, field: Field, measure: Measure): Promise<PlanRemark> {
  const column = columnOf(field);
  const filled =
    field.kind === "subform"
      ? await measure.count(subformTable(table, field.key))
      : column && measure.has(table, column)
        ? await measure.count(table, sql`${sql.id(column)} is not null`)
        : 0;
  return remark(
    "consent",
    `Takes away the field “${en(field)}”; ${filled} values are kept, out of sight.`,
    `移除字段“${zh(field)}”；${filled} 个值保留，但不再可见。`,
    { filled },
  );
}

async function changedField(table: string, from: Field, to: Field, measure: Measure): Promise<readonly PlanRemark[]> {
  if (!canChangeKind(from, to))
    return [
      remark(
        "refused",
        `“${en(to)}” cannot change from ${kindName(from).en} to ${kindName(to).en}: values could be lost. Add a new field instead.`,
        `“${zh(to)}”不能由${kindName(from)["zh-CN"]}改为${kindName(to)["zh-CN"]}：可能丢失数据。请新建字段。`,
      ),
    ];
  if (targetOf(from) !== targetOf(to))
    return [
      remark(
        "refused",
        `“${en(to)}” cannot refer to another entity. Add a new field instead.`,
        `“${zh(to)}”不能改为引用其他实体。请新建字段。`,
      ),
    ];
  const remarks: PlanRemark[] = [];
  if (from.kind !== to.kind)
    remarks.push(
      remark(
        "safe",
        `“${en(to)}” changes from ${kindName(from).en} to ${kindName(to).en}; nothing is lost.`,
        `“${zh(to)}”由${kindName(from)["zh-CN"]}改为${kindName(to)["zh-CN"]}；数据不会丢失。`,
      ),
    );
  if (to.kind === "subform")
    remarks.push(...(await planFields(subformTable(table, to.key), from.fields ?? [], to.fields ?? [], measure, true)));
  else if (!fieldKindOf(to).computed) remarks.push(...(await narrowed(table, from, to, measure)));
  if (to.required && !from.required) remarks.push(...(await becomesRequired(table, to, columnOf(from), measure)));
  if (!to.required && from.required)
    remarks.push(remark("safe", `“${en(to)}” is no longer required.`, `“${zh(to)}”不再必填。`));
  return remarks;
}

/** Values that are there and would no longer fit: too long, too precise, or a choice that goes. */
async function narrowed(table: string, from: Field, to: Field, measure: Measure): Promise<readonly PlanRemark[]> {
  const column = columnOf(from);
  if (column === null) return [];
  const name = sql.id(column);
  const remarks: PlanRemark[] = [];
  const refuse = async (condition: ReturnType<typeof sql>, english: string, chinese: string) => {
    const count = await measure.count(table, condition);
    if (count > 0)
      remarks.push(
        remark(
          "refused",
          `“${en(to)}”: ${english.replace("{}", String(count))}`,
          `“${zh(to)}”：${chinese.replace("{}", String(count))}`,
          { [to.key]: count },
        ),
      );
  };
  const longest = lengthOf(to);
  const was = lengthOf(from);
  if (longest !== null && (was === null || longest < was))
    await refuse(
      sql`char_length(${name}::text) > ${sql.lit(longest)}`,
      `{} records hold a longer text than ${longest} characters.`,
      `{} 条记录的文本超过 ${longest} 个字符。`,
    );
  const scale = /^numeric\((\d+),(\d+)\)$/.exec(typeOf(to) ?? "");
  if (scale && typeOf(from) !== typeOf(to)) {
    const [precision, places] = [Number(scale[1]), Number(scale[2])];
    await refuse(
      sql`${name} <> round(${name}, ${sql.lit(places)}) or abs(${name}) >= 10::numeric ^ ${sql.lit(precision - places)}`,
      `{} records have more digits than fit.`,
      `{} 条记录的数值超出新的位数。`,
    );
  }
  const gone = removedChoices(from, to);
  if (gone.length > 0) {
    const list = sql`array[${sql.join(gone.map((value) => sql.lit(value)))}]::text[]`;
    const isList = typeOf(from) === "text[]";
    await refuse(
      isList ? sql`${name} && ${list}` : sql`${name} = any(${list})`,
      `{} records use a choice that would go (${gone.join(", ")}).`,
      `{} 条记录使用了将被删除的选项（${gone.join("、")}）。`,
    );
  }
  return remarks;
}

function removedChoices(from: Field, to: Field): readonly string[] {
  const kind = fieldKindOf(to);
  if (!kind.choices) return [];
  const left = new Set(kind.choices(to.options).map(({ value }) => value));
  const old = fieldKindOf(from).choices?.(from.options) ?? [];
  return old.flatMap(({ value }) => (left.has(value) ? [] : [value]));
}

async function planUniques(before: Entity | null, after: Entity, measure: Measure): Promise<readonly PlanRemark[]> {
  const old = new Set(before?.unique.map((keys) => JSON.stringify(keys)));
  const remarks: PlanRemark[] = [];
  for (const keys of after.unique) {
    if (old.delete(JSON.stringify(keys)) || !measure.hasTable(after.key)) continue;
    const names = keys.map((key) => after.fields.find((field) => field.key === key));
    const [english, chinese] = [names.map(en).join(" + "), names.map(zh).join(" + ")];
    const { count, examples } = await measure.duplicates(after.key, keys);
    remarks.push(
      count === 0
        ? remark("safe", `“${english}” becomes unique.`, `“${chinese}”改为唯一。`)
        : {
            ...remark(
              "refused",
              `“${english}” cannot be unique yet: ${count} values are there more than once, e.g. ${examples.join("; ")}.`,
              `“${chinese}”还不能设为唯一：${count} 个值重复，例如 ${examples.join("；")}。`,
              { duplicates: count },
            ),
            examples,
          },
    );
  }
  for (const keys of old) {
    const text = (JSON.parse(keys) as string[]).join(" + ");
    remarks.push(remark("safe", `“${text}” need no longer be unique.`, `“${text}”不再要求唯一。`));
  }
  return remarks;
}

function kindName(field: Field): { readonly en: string; readonly "zh-CN": string } {
  const { label }: { label: LocalText } = fieldKindOf(field);
  return { en: textIn(label, "en").toLowerCase(), "zh-CN": textIn(label, "zh-CN") };
}
