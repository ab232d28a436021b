import { ChoiceTag, choiceOf } from "../widget/choice-tag.tsx";
import { fieldWidget } from "../widget/field-widget.ts";
import type { ReadProps } from "../widget-kind.ts";

/** Nobody types a stage: records move through transitions. */
export const stageWidget = fieldWidget({ key: "stage", Edit: null, Read: StageRead, width: 130 });

function StageRead({ field, value, env }: ReadProps) {
  if (typeof value !== "string") return null;
  return <ChoiceTag choice={choiceOf(env.stagesOf(String(field.options.flow)), value)} locale={env.locale} />;
}
