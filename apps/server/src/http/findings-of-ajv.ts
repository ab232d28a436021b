import { type Finding, type FindingCode, finding, type JsonObject, pointerTo } from "@formwright/model";
import type { ErrorObject } from "ajv";

/** Keywords whose finding has the same name as the keyword and at most a limit to tell. */
const PLAIN = {
  minLength: "minLength",
  maxLength: "maxLength",
  pattern: "pattern",
  minimum: "minimum",
  maximum: "maximum",
  exclusiveMinimum: "minimum",
  exclusiveMaximum: "maximum",
  minItems: "minItems",
  maxItems: "maxItems",
  uniqueItems: "uniqueItems",
  minProperties: "minProperties",
  maxProperties: "maxProperties",
} as const satisfies Record<string, FindingCode>;

const TYPE_WORDS: Readonly<Record<string, readonly [string, string]>> = {
  string: ["text", "文本"],
  number: ["a number", "数字"],
  integer: ["a whole number", "整数"],
  boolean: ["true or false", "true 或 false"],
  array: ["a list", "列表"],
  object: ["an object", "对象"],
  null: ["null", "null"],
};

/** What ajv found, in our words: one finding for each place, pointing into what was sent. */
export function findingsOfAjv(errors: readonly ErrorObject[]): Finding[] {
  const unions = errors.filter((error) => error.keyword === "anyOf" || error.keyword === "oneOf");
  const findings = errors
    // What each alternative of a union found would contradict itself: the union says it once.
    .filter((error) => unions.includes(error) || !unions.some((union) => isBelow(error, union)))
    .map(findingOf);
  const seen = new Set<string>();
  return findings.filter(({ pointer, code }) => {
    const key = `${code} ${pointer}`;
    return !seen.has(key) && seen.add(key);
  });
}

function isBelow(error: ErrorObject, union: ErrorObject): boolean {
  return error.schemaPath.startsWith(`${union.schemaPath}/`) || error.instancePath.startsWith(`${union.instancePath}/`);
}

function findingOf(error: ErrorObject): Finding {
  const params = error.params as Record<string, unknown>;
  const at = error.instancePath;
  switch (error.keyword) {
    case "required":
      return finding("required", pointerTo(at, String(params.missingProperty)));
    case "additionalProperties":
    case "unevaluatedProperties": {
      const name = String(params.additionalProperty ?? params.unevaluatedProperty);
      return finding("unknownProperty", pointerTo(at, name), { name });
    }
    case "type": {
      const types = ([] as unknown[]).concat(params.type).map((type) => TYPE_WORDS[String(type)]);
      const words = (language: 0 | 1, or: string) => types.map((type) => type?.[language] ?? "?").join(or);
      return finding("type", at, { expected: words(0, " or "), expectedZh: words(1, "或") });
    }
    case "enum":
      return finding("enum", at, { value: said(error.data) });
    case "const":
      return finding("const", at, { expected: said(params.allowedValue) });
    case "format":
      return finding("format", at, { format: String(params.format) });
    case "anyOf":
    case "oneOf":
      return finding("union", at);
    default: {
      const code = PLAIN[error.keyword as keyof typeof PLAIN] ?? "union";
      return finding(code, at, (params.limit === undefined ? {} : { limit: params.limit }) as JsonObject);
    }
  }
}

function said(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text === undefined ? "" : text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
