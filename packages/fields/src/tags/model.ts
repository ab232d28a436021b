import { findingsAt } from "@formwright/model";
import { joinTexts, splitTexts } from "../common/choice-value.ts";
import { fieldKind } from "../common/field-kind-defaults.ts";
import { checkText, writeAsIs } from "../common/text-value.ts";

/** Free words; a new one needs no definition. */
export const tagsKind = fieldKind({
  key: "tags",
  label: { en: "Tags", "zh-CN": "标签" },
  group: "choice",
  icon: "tags",
  sortable: false,
  valueSchema: () => ({
    type: "array",
    items: { type: "string", minLength: 1, maxLength: 60 },
    minItems: 1,
    maxItems: 100,
    uniqueItems: true,
  }),
  ruleType: () => "textList",
  operators: ["hasAny", "hasAll", "isEmpty", "notEmpty"],
  checkValue: (value) => (Array.isArray(value) ? value.flatMap((tag, at) => findingsAt(`/${at}`, checkText(tag))) : []),
  readText(text) {
    const tags = [...new Set(splitTexts(text))];
    return { ok: true, value: tags.length > 0 ? tags : null };
  },
  writeText: (value) => (Array.isArray(value) ? joinTexts(value.map(writeAsIs)) : ""),
});
