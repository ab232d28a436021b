import fc from "fast-check";
import type { RuleData } from "../types.ts";

/** Zones with clocks that jump: by an hour, by half an hour, by a whole day (Samoa, December 2011), and one that does not. */
export const ZONES = [
  "UTC",
  "Asia/Shanghai",
  "America/New_York",
  "Europe/Berlin",
  "Australia/Lord_Howe",
  "America/St_Johns",
  "Pacific/Apia",
] as const;

const CLOCK_CHANGES = [
  "1986-05-03T18:00:00Z", // Shanghai forward
  "1991-09-14T15:00:00Z", // Shanghai back, for good
  "2024-03-10T07:00:00Z", // New York forward
  "2024-11-03T06:00:00Z", // New York back
  "2024-03-31T01:00:00Z", // Berlin forward
  "2024-10-27T01:00:00Z", // Berlin back
  "2024-04-06T15:00:00Z", // Lord Howe back, 30 minutes
  "2024-10-05T15:30:00Z", // Lord Howe forward
  "2006-04-02T03:31:00Z", // St John's forward, a minute past midnight
  "2011-12-30T10:00:00Z", // Apia jumps over a day
].map((text) => Date.parse(text));

const MONTH_ENDS = [
  "2023-12-31",
  "2024-01-31",
  "2024-02-28",
  "2024-02-29",
  "2023-02-28",
  "2024-03-31",
  "2024-04-30",
  "2000-02-29",
  "1900-02-28",
  "0001-01-01",
  "9999-12-31",
];

const MINUTE = 60_000;

export const numbers: fc.Arbitrary<number | string> = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100),
  fc.integer({ min: -99, max: 99 }).map((half) => half / 2),
  fc.constantFrom(0, 0.1, 0.2, -0.005, 2.675, 1e-7, 123_456_789_012.345),
  fc.constantFrom("99999999999999.9999", "-12345678901234567.89", "12345678901234567.885"),
);

const PIECES = [
  ..."aAbBzZ09 %_\\'\"",
  "é",
  "É",
  "ß",
  "ẞ",
  "İ",
  "ı",
  "Ж",
  "ж",
  "Σ",
  "ς",
  "σ",
  "K", // the Kelvin sign: its lower case is an ASCII k
  "合同",
  "客户",
  "商",
  "😀",
  "👨‍👩‍👧",
  "\u{e000}",
  "ａ",
  "Ａ",
  "\u{1F600}",
];

export const texts: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 4 })
  .map((pieces) => pieces.join(""));

export const dates: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...MONTH_ENDS),
  fc.integer({ min: -400, max: 25_000 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
);

/** Moments between 1970 and 2090 in several ways of writing them. */
export const moments: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      fc
        .tuple(fc.constantFrom(...CLOCK_CHANGES), fc.integer({ min: -26 * 60, max: 26 * 60 }))
        .map(([change, minutes]) => change + minutes * MINUTE),
      fc.integer({ min: 86_400, max: 3_786_912_000 }).map((seconds) => seconds * 1000),
    ),
    fc.constantFrom(0, 8 * 60, -(3 * 60 + 30)),
    fc.constantFrom("", ".5", ".123", ".123456"),
  )
  .map(([milliseconds, offset, fraction]) => {
    const local = new Date(milliseconds + offset * MINUTE).toISOString().slice(0, 19);
    const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) =>
      String(part).padStart(2, "0"),
    );
    return `${local}${fraction}${offset === 0 ? "Z" : `${offset < 0 ? "-" : "+"}${hours}:${minutes}`}`;
  });

const IDS = [
  "0190a000-0000-7000-8000-000000000001",
  "0190a000-0000-7000-8000-000000000002",
  "0190a000-0000-7000-8000-00000000000f",
];
export const ids: fc.Arbitrary<string> = fc.constantFrom(...IDS);

export const CHOICES = ["web", "expo", "转介绍"] as const;
export const choices: fc.Arbitrary<string> = fc.constantFrom(...CHOICES);
export const TAGS = ["重要", "vip", "VIP", "a b", 'q"uote', "null"] as const;
export const tags: fc.Arbitrary<string> = fc.constantFrom(...TAGS);

const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { freq: 4 });

const row = fc.record({
  amount: orNull(numbers),
  quantity: orNull(numbers),
  note: orNull(texts),
  due: orNull(dates),
  at: orNull(moments),
  done: orNull(fc.boolean()),
});

/** A record of the entity that {@link SAMPLE_TABLES} holds. */
export const records: fc.Arbitrary<RuleData> = fc.record({
  amount: orNull(numbers),
  discount: orNull(numbers),
  version: fc.integer({ min: 1, max: 2_000_000_000 }),
  name: orNull(texts),
  remark: orNull(texts),
  source: orNull(choices),
  open: orNull(fc.boolean()),
  closes: orNull(dates),
  signed: orNull(dates),
  met: orNull(moments),
  created: moments,
  owner: orNull(ids),
  buyer: orNull(ids),
  labels: orNull(fc.uniqueArray(tags, { maxLength: 3 })),
  people: orNull(fc.uniqueArray(ids, { maxLength: 3 })),
  items: fc.array(row, { maxLength: 3 }),
}) as fc.Arbitrary<RuleData>;

export const SAMPLE_TABLES = `
  create table sample (
    id int primary key, amount numeric(24, 7), discount numeric, version int, name text, remark text, source text,
    open boolean, closes date, signed date, met timestamptz, created timestamptz, owner uuid, buyer uuid,
    labels text[], people uuid[]);
  create table sample__items (
    parent_id int references sample on delete cascade, amount numeric, quantity numeric, note text, due date,
    at timestamptz, done boolean);`;
