import { finding } from "@formwright/model";
import { fieldKind } from "../common/field-kind-defaults.ts";
import { checkText, writeAsIs } from "../common/text-value.ts";

const WEB_ADDRESS = /^https?:\/\/[^\s/?#]+\.?[^\s]*$/i;

/** A web address; http and https only, so that opening it cannot run anything. */
export const urlKind = fieldKind({
  key: "url",
  label: { en: "Web address", "zh-CN": "网址" },
  group: "text",
  icon: "url",
  sortable: false,
  canBeUnique: true,
  valueSchema: () => ({ type: "string", format: "uri", maxLength: 2000 }),
  ruleType: () => "text",
  operators: ["eq", "contains", "startsWith", "isEmpty", "notEmpty"],
  checkValue: (value) => [
    ...checkText(value),
    ...(typeof value === "string" && !WEB_ADDRESS.test(value) ? [finding("notUrl", "")] : []),
  ],
  readText(text) {
    const address = text.trim();
    if (address === "") return { ok: true, value: null };
    return { ok: true, value: /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}` };
  },
  writeText: writeAsIs,
});
