import { type ListQuery, parseSort } from "@formwright/engine";
import { finding, Problem } from "@formwright/model";
import type { Rule } from "@formwright/rules";
import { INVALID } from "../http/validation.ts";

/** A list query as an address carries it. */
export interface ListText {
  filter?: string;
  sort?: string;
  fields?: string;
  expand?: string;
  q?: string;
  limit?: number;
  cursor?: string;
  count?: "exact" | "estimated" | "none";
  deleted?: boolean;
}

/** The same in a body. */
export interface ListBody extends Omit<ListText, "filter" | "sort" | "fields" | "expand"> {
  filter?: Rule;
  sort?: string | string[];
  fields?: string[];
  expand?: string[];
}

export const LIST_TEXT = {
  type: "object",
  additionalProperties: false,
  properties: {
    filter: { type: "string", maxLength: 20_000 },
    sort: { type: "string", maxLength: 1_000 },
    fields: { type: "string", maxLength: 10_000 },
    expand: { type: "string", maxLength: 1_000 },
    q: { type: "string", maxLength: 200 },
    limit: { type: "integer", minimum: 1, maximum: 500 },
    cursor: { type: "string", maxLength: 8_000 },
    count: { enum: ["exact", "estimated", "none"] },
    deleted: { type: "boolean" },
  },
} as const;

const KEYS = (maxItems: number) => ({ type: "array", maxItems, items: { type: "string", maxLength: 200 } }) as const;

/** A filter is any JSON: the rule checker says what is wrong with it. */
export const LIST_BODY = {
  type: "object",
  additionalProperties: false,
  properties: {
    ...LIST_TEXT.properties,
    filter: {},
    sort: { anyOf: [{ type: "string", maxLength: 1_000 }, KEYS(20)] },
    fields: KEYS(500),
    expand: KEYS(20),
  },
} as const;

/** @throws Problem `invalid` when the filter is not JSON */
export function readListText({ filter, sort, fields, expand, ...others }: ListText): ListQuery {
  return {
    ...others,
    ...(filter !== undefined && { filter: readFilter(filter) }),
    ...(sort !== undefined && { sort: parseSort(sort) }),
    ...(fields !== undefined && { fields: splitKeys(fields) }),
    ...(expand !== undefined && { expand: splitKeys(expand) }),
  };
}

export function readListBody({ sort, ...others }: ListBody): ListQuery {
  return { ...others, ...(sort !== undefined && { sort: parseSort(Array.isArray(sort) ? sort.join(",") : sort) }) };
}

function readFilter(text: string): Rule {
  try {
    return JSON.parse(text) as Rule;
  } catch {
    throw new Problem("invalid", INVALID, { errors: [finding("format", "/filter", { format: "JSON" })] });
  }
}

export function splitKeys(text: string): string[] {
  return text
    .split(",")
    .map((key) => key.trim())
    .filter((key) => key !== "");
}
