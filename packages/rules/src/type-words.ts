import type { NodeType } from "./node.ts";

/** Types as people call them. */
export const TYPE_WORDS = {
  text: { en: "a text", "zh-CN": "文本" },
  number: { en: "a number", "zh-CN": "数字" },
  boolean: { en: "a condition", "zh-CN": "条件（是/否）" },
  date: { en: "a date", "zh-CN": "日期" },
  datetime: { en: "a date with time", "zh-CN": "日期时间" },
  id: { en: "a record", "zh-CN": "记录" },
  textList: { en: "a list of texts", "zh-CN": "文本列表" },
  idList: { en: "a list of records", "zh-CN": "记录列表" },
  records: { en: "the rows of a subform", "zh-CN": "子表行" },
  null: { en: "nothing", "zh-CN": "空值" },
  unknown: { en: "an unknown value", "zh-CN": "未知值" },
} as const satisfies Record<NodeType, { readonly en: string; readonly "zh-CN": string }>;
