import {
  type Choice,
  type Finding,
  finding,
  type Json,
  type JsonObject,
  LOCAL_TEXT_SCHEMA,
  LOCALES,
  type TextContext,
  textIn,
} from "@formwright/model";
import { narrow } from "./text-value.ts";

/** The JSON Schema of the `choices` option. */
export const CHOICES_SCHEMA = {
  type: "array",
  minItems: 1,
  maxItems: 500,
  "x-label": { en: "Choices", "zh-CN": "选项" },
  items: {
    type: "object",
    required: ["value", "label"],
    additionalProperties: false,
    properties: {
      value: { type: "string", pattern: "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,59}$" },
      label: LOCAL_TEXT_SCHEMA,
      color: { type: "string", maxLength: 30 },
      retired: { type: "boolean" },
    },
  },
} as const;

/** The choices of a field; its options passed their schema. */
export function choicesOf(options: JsonObject): readonly Choice[] {
  return (options.choices ?? []) as unknown as readonly Choice[];
}

/** The values that records may hold. */
export function choiceValues(options: JsonObject): string[] {
  return choicesOf(options).map((choice) => choice.value);
}

/** Each value once; each label once in its language, and never another choice's value, so that text reads back. */
export function checkChoices(options: JsonObject): Finding[] {
  const choices = choicesOf(options);
  const values = new Set<string>();
  const findings: Finding[] = [];
  choices.forEach(({ value }, index) => {
    if (values.has(value)) findings.push(finding("duplicateChoice", `/choices/${index}/value`, { value }));
    values.add(value);
  });
  for (const locale of LOCALES) {
    const labels = new Map<string, string>();
    choices.forEach((choice, index) => {
      const label = textIn(choice.label, locale, choice.value);
      const other = labels.get(folded(label));
      const clash = (other !== undefined && other !== choice.value) || (values.has(label) && label !== choice.value);
      if (clash) findings.push(finding("duplicateLabel", `/choices/${index}/label`, { label }));
      labels.set(folded(label), choice.value);
    });
  }
  return findings;
}

/** The value that a text means: a label in the reader's language, in any other, or the value itself; null when none. */
export function choiceFor(text: string, options: JsonObject, locale: TextContext["locale"]): string | null {
  const wanted = folded(text);
  const choices = choicesOf(options);
  const found =
    choices.find((choice) => choice.value === text.trim()) ??
    choices.find((choice) => folded(textIn(choice.label, locale, choice.value)) === wanted) ??
    choices.find((choice) => LOCALES.some((other) => folded(choice.label[other] ?? "") === wanted)) ??
    choices.find((choice) => folded(choice.value) === wanted);
  return found?.value ?? null;
}

/** What a choice is called in the reader's language; the value itself when it is not among them any more. */
export function choiceLabel(value: Json, options: JsonObject, locale: TextContext["locale"]): string {
  const choice = choicesOf(options).find((one) => one.value === value);
  return choice ? textIn(choice.label, locale, choice.value) : String(value ?? "");
}

function folded(text: string): string {
  return narrow(text).trim().toLowerCase();
}

const SEPARATORS = /[,;，；、\n]/;

/** Several texts in one, separated by comma, semicolon or 、; one in double quotes may hold separators. */
export function splitTexts(text: string): string[] {
  const parts: string[] = [];
  let part = "";
  let quoted = false;
  for (const character of text) {
    if (character === '"' && (quoted || part.trim() === "" || part.endsWith('"'))) {
      part += character;
      quoted = !quoted;
    } else if (!quoted && SEPARATORS.test(character)) {
      parts.push(part);
      part = "";
    } else part += character;
  }
  return [...parts, part].map(unquoted).filter((one) => one !== "");
}

/** The inverse of {@link splitTexts}. */
export function joinTexts(parts: readonly string[]): string {
  return parts
    .map((part) => (/[,;，；、\n"]|^\s|\s$/.test(part) ? `"${part.replaceAll('"', '""')}"` : part))
    .join(", ");
}

function unquoted(part: string): string {
  const match = /^\s*"((?:[^"]|"")*)"\s*$/.exec(part);
  return match ? (match[1] ?? "").replaceAll('""', '"') : part.trim();
}
