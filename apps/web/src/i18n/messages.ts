import type { Locale } from "@formwright/model";
import { designer as designerEn } from "./admin/designer.en.ts";
import { designer as designerZh } from "./admin/designer.zh-cn.ts";
import { draft as draftEn } from "./admin/draft.en.ts";
import { draft as draftZh } from "./admin/draft.zh-cn.ts";
import { importing as importingEn } from "./admin/importing.en.ts";
import { importing as importingZh } from "./admin/importing.zh-cn.ts";
import { operations as operationsEn } from "./admin/operations.en.ts";
import { operations as operationsZh } from "./admin/operations.zh-cn.ts";
import { people as peopleEn } from "./admin/people.en.ts";
import { people as peopleZh } from "./admin/people.zh-cn.ts";
import { setup as setupEn } from "./admin/setup.en.ts";
import { setup as setupZh } from "./admin/setup.zh-cn.ts";
import { admin as adminEn } from "./admin.en.ts";
import { admin as adminZh } from "./admin.zh-cn.ts";
import { common as commonEn } from "./common.en.ts";
import { common as commonZh } from "./common.zh-cn.ts";
import { inbox as inboxEn } from "./inbox.en.ts";
import { inbox as inboxZh } from "./inbox.zh-cn.ts";
import { process as processEn } from "./process.en.ts";
import { process as processZh } from "./process.zh-cn.ts";
import { records as recordsEn } from "./records.en.ts";
import { records as recordsZh } from "./records.zh-cn.ts";
import { session as sessionEn } from "./session.en.ts";
import { session as sessionZh } from "./session.zh-cn.ts";
import { shell as shellEn } from "./shell.en.ts";
import { shell as shellZh } from "./shell.zh-cn.ts";
import { views as viewsEn } from "./views.en.ts";
import { views as viewsZh } from "./views.zh-cn.ts";

const en = {
  common: commonEn,
  shell: shellEn,
  session: sessionEn,
  admin: adminEn,
  designer: designerEn,
  draft: draftEn,
  importing: importingEn,
  inbox: inboxEn,
  operations: operationsEn,
  people: peopleEn,
  process: processEn,
  records: recordsEn,
  setup: setupEn,
  views: viewsEn,
};

type Tables = typeof en;

/** Every text there is, as "area.key". */
export type MessageKey = {
  [Area in keyof Tables & string]: `${Area}.${keyof Tables[Area] & string}`;
}[keyof Tables & string];

export const MESSAGES: Readonly<
  Record<Locale, { readonly [Area in keyof Tables]: { readonly [K in keyof Tables[Area]]: string } }>
> = {
  en,
  "zh-CN": {
    common: commonZh,
    shell: shellZh,
    session: sessionZh,
    admin: adminZh,
    designer: designerZh,
    draft: draftZh,
    importing: importingZh,
    inbox: inboxZh,
    operations: operationsZh,
    people: peopleZh,
    process: processZh,
    records: recordsZh,
    setup: setupZh,
    views: viewsZh,
  },
};

/** The text of a key in a language, before its parameters are put in. */
export function messageOf(locale: Locale, key: MessageKey): string {
  const dot = key.indexOf(".");
  const area = MESSAGES[locale][key.slice(0, dot) as keyof Tables] as Readonly<Record<string, string>>;
  return area[key.slice(dot + 1)] ?? key;
}
