import { type Flow, type PublishedDefinition, textIn } from "@formwright/model";
import { sql } from "kysely";
import type { Measure } from "./measure.ts";
import type { PlanRemark } from "./plan-draft.ts";
import { remark } from "./remarks.ts";

/** Stages that go must be empty: a record in a stage that is not there could never leave it. */
export async function planFlow(
  before: Flow | null,
  definition: PublishedDefinition | null,
  measure: Measure,
): Promise<readonly PlanRemark[]> {
  const after = definition as Flow | null;
  if (!before || !after || !measure.has(before.entity, before.field)) return [];
  const remarks: PlanRemark[] = [];
  const left = new Set(after.stages.map(({ key }) => key));
  for (const stage of before.stages.filter(({ key }) => !left.has(key))) {
    const records = await measure.count(before.entity, sql`${sql.id(before.field)} = ${sql.lit(stage.key)}`);
    const [en, zh] = [textIn(stage.label, "en", stage.key), textIn(stage.label, "zh-CN", stage.key)];
    remarks.push(
      records === 0
        ? remark("consent", `Takes away the empty stage “${en}”.`, `移除空的阶段“${zh}”。`)
        : remark(
            "refused",
            `The stage “${en}” cannot go: ${records} records stand in it. Move them first.`,
            `阶段“${zh}”不能移除：有 ${records} 条记录处于该阶段。请先移走它们。`,
            { records },
          ),
    );
  }
  return remarks;
}
