import { type Choice, KEY_SCHEMA, LOCALES, textIn } from "@formwright/model";
import { fieldKind } from "../common/field-kind-defaults.ts";
import { unread } from "../common/text-value.ts";

/** Where the record stands in a flow. It moves through transitions only. */
export const stageKind = fieldKind({
  key: "stage",
  label: { en: "Stage", "zh-CN": "阶段" },
  group: "choice",
  icon: "stage",
  optionsSchema: {
    type: "object",
    required: ["flow"],
    properties: { flow: { ...KEY_SCHEMA, "x-label": { en: "Flow", "zh-CN": "流程" } } },
    additionalProperties: false,
  },
  defaultOptions: {},
  canBeInSubform: false,
  valueSchema: () => ({ type: "string", maxLength: 40 }),
  ruleType: () => "text",
  flow: (options) => String(options.flow),
  operators: ["eq", "ne", "in", "notIn", "isEmpty", "notEmpty"],
  readText(text, { options }, { stagesOf }) {
    const wanted = text.trim();
    if (wanted === "") return { ok: true, value: null };
    if (!stagesOf) return { ok: true, value: wanted };
    const stage = stagesOf(String(options.flow)).find((one) => meansStage(one, wanted));
    return stage ? { ok: true, value: stage.value } : unread("notChoice", wanted);
  },
  writeText(value, { options }, { stagesOf, locale }) {
    if (typeof value !== "string") return "";
    const stage = stagesOf?.(String(options.flow)).find((one) => one.value === value);
    return stage ? textIn(stage.label, locale, value) : value;
  },
});

function meansStage(stage: Choice, text: string): boolean {
  const same = (label: string | undefined) => label?.toLowerCase() === text.toLowerCase();
  return stage.value === text || LOCALES.some((locale) => same(stage.label[locale]));
}
