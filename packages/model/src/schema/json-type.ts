/** The types that JSON Schema knows. */
export type JsonType = "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";

export const TYPE_WORDS = {
  null: ["null", "null"],
  boolean: ["true or false", "true 或 false"],
  integer: ["a whole number", "整数"],
  number: ["a number", "数字"],
  string: ["a text", "文本"],
  array: ["a list", "列表"],
  object: ["an object", "对象"],
} as const satisfies Record<JsonType, readonly [en: string, zh: string]>;

/** True for objects as JSON has them: neither null nor a list. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True when the value is of the type; a whole number is a number too, and nothing that JSON cannot say is of any type. */
export function isOfType(value: unknown, type: JsonType): boolean {
  return TESTS[type](value);
}

const TESTS = {
  null: (value) => value === null,
  boolean: (value) => typeof value === "boolean",
  integer: (value) => Number.isInteger(value),
  number: (value) => Number.isFinite(value),
  string: (value) => typeof value === "string",
  array: Array.isArray,
  object: isPlainObject,
} as const satisfies Record<JsonType, (value: unknown) => boolean>;

/** Equal as JSON: the order of keys does not matter. */
export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((one, at) => equalJson(one, b[at]));
  if (!isPlainObject(a) || !isPlainObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equalJson(a[key], b[key]))
  );
}
