import { autonumberStorage } from "./autonumber/storage.ts";
import { booleanStorage } from "./boolean/storage.ts";
import { dateStorage } from "./date/storage.ts";
import { datetimeStorage } from "./datetime/storage.ts";
import { departmentStorage } from "./department/storage.ts";
import { emailStorage } from "./email/storage.ts";
import { formulaStorage } from "./formula/storage.ts";
import { longtextStorage } from "./longtext/storage.ts";
import { memberStorage } from "./member/storage.ts";
import type { FieldKindKey } from "./model.ts";
import { moneyStorage } from "./money/storage.ts";
import { multiselectStorage } from "./multiselect/storage.ts";
import { numberStorage } from "./number/storage.ts";
import { percentStorage } from "./percent/storage.ts";
import { phoneStorage } from "./phone/storage.ts";
import { referenceStorage } from "./reference/storage.ts";
import { selectStorage } from "./select/storage.ts";
import { stageStorage } from "./stage/storage.ts";
import type { FieldStorage } from "./storage-kind.ts";
import { subformStorage } from "./subform/storage.ts";
import { tagsStorage } from "./tags/storage.ts";
import { textStorage } from "./text/storage.ts";
import { urlStorage } from "./url/storage.ts";

export type * from "./storage-kind.ts";

/** How every field kind lies in PostgreSQL. */
export const FIELD_STORAGE = {
  text: textStorage,
  longtext: longtextStorage,
  number: numberStorage,
  money: moneyStorage,
  percent: percentStorage,
  boolean: booleanStorage,
  date: dateStorage,
  datetime: datetimeStorage,
  select: selectStorage,
  multiselect: multiselectStorage,
  tags: tagsStorage,
  email: emailStorage,
  phone: phoneStorage,
  url: urlStorage,
  member: memberStorage,
  department: departmentStorage,
  reference: referenceStorage,
  subform: subformStorage,
  stage: stageStorage,
  autonumber: autonumberStorage,
  formula: formulaStorage,
} as const satisfies Record<FieldKindKey, FieldStorage>;
