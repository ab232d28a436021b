import { autonumberWidget } from "./autonumber/widget.tsx";
import { booleanWidget } from "./boolean/widget.tsx";
import { dateWidget } from "./date/widget.tsx";
import { datetimeWidget } from "./datetime/widget.tsx";
import { departmentWidget } from "./department/widget.tsx";
import { emailWidget } from "./email/widget.tsx";
import { formulaWidget } from "./formula/widget.tsx";
import { longtextWidget } from "./longtext/widget.tsx";
import { memberWidget } from "./member/widget.tsx";
import type { FieldKindKey } from "./model.ts";
import { moneyWidget } from "./money/widget.tsx";
import { multiselectWidget } from "./multiselect/widget.tsx";
import { numberWidget } from "./number/widget.tsx";
import { percentWidget } from "./percent/widget.tsx";
import { phoneWidget } from "./phone/widget.tsx";
import { referenceWidget } from "./reference/widget.tsx";
import { selectWidget } from "./select/widget.tsx";
import { stageWidget } from "./stage/widget.tsx";
import { subformWidget } from "./subform/widget.tsx";
import { tagsWidget } from "./tags/widget.tsx";
import { textWidget } from "./text/widget.tsx";
import { urlWidget } from "./url/widget.tsx";
import type { FieldWidget } from "./widget-kind.ts";

export { ChoiceTag, choiceOf } from "./widget/choice-tag.tsx";
export { currencySign } from "./widget/currency.ts";
export { fixedDigits, groupDigits, plainDigits } from "./widget/decimal-input.tsx";
export { markOf, PersonName } from "./widget/person-name.tsx";
export type * from "./widget-kind.ts";

/** The widget of every field kind; the compiler names one that is missing. */
export const FIELD_WIDGETS = {
  text: textWidget,
  longtext: longtextWidget,
  number: numberWidget,
  money: moneyWidget,
  percent: percentWidget,
  boolean: booleanWidget,
  date: dateWidget,
  datetime: datetimeWidget,
  select: selectWidget,
  multiselect: multiselectWidget,
  tags: tagsWidget,
  email: emailWidget,
  phone: phoneWidget,
  url: urlWidget,
  member: memberWidget,
  department: departmentWidget,
  reference: referenceWidget,
  subform: subformWidget,
  stage: stageWidget,
  autonumber: autonumberWidget,
  formula: formulaWidget,
} as const satisfies Record<FieldKindKey, FieldWidget>;

/** The widget of a kind by name. A kind that is not known reads as plain text. */
export function widgetOf(kind: string): FieldWidget {
  return Object.hasOwn(FIELD_WIDGETS, kind)
    ? FIELD_WIDGETS[kind as FieldKindKey]
    : { ...textWidget, key: kind, Edit: null };
}
