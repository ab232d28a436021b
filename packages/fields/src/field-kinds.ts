import type { FieldKindModel } from "@formwright/model";
import { autonumberKind } from "./autonumber/model.ts";
import { booleanKind } from "./boolean/model.ts";
import { dateKind } from "./date/model.ts";
import { datetimeKind } from "./datetime/model.ts";
import { departmentKind } from "./department/model.ts";
import { emailKind } from "./email/model.ts";
import { formulaKind } from "./formula/model.ts";
import { longtextKind } from "./longtext/model.ts";
import { memberKind } from "./member/model.ts";
import { moneyKind } from "./money/model.ts";
import { multiselectKind } from "./multiselect/model.ts";
import { numberKind } from "./number/model.ts";
import { percentKind } from "./percent/model.ts";
import { phoneKind } from "./phone/model.ts";
import { referenceKind } from "./reference/model.ts";
import { selectKind } from "./select/model.ts";
import { stageKind } from "./stage/model.ts";
import { subformKind } from "./subform/model.ts";
import { tagsKind } from "./tags/model.ts";
import { textKind } from "./text/model.ts";
import { urlKind } from "./url/model.ts";

/** Every field kind, in the order that the designer's palette shows them. */
export const FIELD_KINDS = {
  text: textKind,
  longtext: longtextKind,
  number: numberKind,
  money: moneyKind,
  percent: percentKind,
  boolean: booleanKind,
  date: dateKind,
  datetime: datetimeKind,
  select: selectKind,
  multiselect: multiselectKind,
  tags: tagsKind,
  email: emailKind,
  phone: phoneKind,
  url: urlKind,
  member: memberKind,
  department: departmentKind,
  reference: referenceKind,
  subform: subformKind,
  stage: stageKind,
  autonumber: autonumberKind,
  formula: formulaKind,
} as const satisfies Record<string, FieldKindModel>;

export type FieldKindKey = keyof typeof FIELD_KINDS;
