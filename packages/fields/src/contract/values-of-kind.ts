import type { Json } from "@formwright/model";
import fc from "fast-check";
import type { FieldKindKey } from "../model.ts";

const LETTERS = [..."abzAZ09 -_.,;:'\"\\%$|{}[]()<>/\t,，、；客户跟进é̈ßüñ한글😀🏽‍🚀", "null", "NULL", "{}"];

/** Text as people write it, with whatever separators, quotes and half of the world's scripts; nothing blank. */
function words(longest: number): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 12 })
    .map((parts) => [...parts.join("").trim()].slice(0, longest).join("").trim())
    .filter((text) => text !== "");
}

/** Decimals of up to `scale` places and 15 digits in all. */
function decimals(scale: number): fc.Arbitrary<number> {
  const most = 10 ** 12;
  return fc.integer({ min: -most, max: most }).map((units) => Number((units / 10 ** scale).toFixed(scale)) + 0);
}

const ids = [
  "0192f0c1-0000-7000-8000-000000000001",
  "0192f0c1-0000-7000-8000-000000000002",
  "0192f0c1-0000-7000-8000-000000000003",
] as const;

/** The records that values of reference, member and department fields point to. */
export const TARGET_IDS: readonly string[] = ids;

const day = fc
  .date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const moment = fc
  .date({ min: new Date("1900-01-01T00:00:00Z"), max: new Date("2200-01-01T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString());
const pointer = fc.constantFrom(...ids);
const choice = fc.constantFrom("low", "mid", "high");

/** Values that a field of each kind in the sample entity may hold. Computed kinds hold what their rule gives. */
export const VALUES: { readonly [K in FieldKindKey]: fc.Arbitrary<Json> } = {
  text: words(200),
  longtext: words(400),
  number: decimals(3),
  money: decimals(2),
  percent: decimals(2),
  boolean: fc.boolean(),
  date: day,
  datetime: moment,
  select: choice,
  multiselect: fc.uniqueArray(choice, { minLength: 1 }),
  tags: fc.uniqueArray(words(60), { minLength: 1, maxLength: 5 }),
  email: fc
    .tuple(fc.stringMatching(/^[a-z0-9]{1,10}$/), fc.stringMatching(/^[a-z0-9]{1,10}$/))
    .map(([a, b]) => `${a}@${b}.example`),
  phone: fc.stringMatching(/^\+?[1-9][0-9]{2,12}$/),
  url: fc.webUrl().filter((url) => url.length < 2000),
  member: pointer,
  department: pointer,
  reference: pointer,
  subform: fc.array(
    fc.record({ product: words(200), quantity: fc.integer({ min: -1000, max: 1000 }), price: decimals(2) }),
    { minLength: 1, maxLength: 4 },
  ),
  stage: fc.constantFrom("open", "won"),
  autonumber: fc.integer({ min: 1, max: 99_999 }).map((n) => `A-2026-${String(n).padStart(4, "0")}`),
  formula: decimals(3),
};
