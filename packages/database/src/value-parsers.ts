import pg from "pg";

type Parse = (text: string) => unknown;

const OID = { int8: 20, date: 1082, timestamp: 1114, timestamptz: 1184, interval: 1186, numeric: 1700 } as const;
const OID_ARRAY = { int8: 1016, date: 1182, timestamptz: 1185, numeric: 1231 } as const;
const TEXT_ARRAY = 1009;

const asIs: Parse = (text) => text;
const safeInteger: Parse = (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : text);
const isoInstant: Parse = (text) => new Date(text).toISOString();
const each =
  (parse: Parse): Parse =>
  (text) =>
    (pg.types.getTypeParser(TEXT_ARRAY as unknown as 25)(text) as (string | null)[]).map((item) =>
      item === null ? null : parse(item),
    );

const PARSERS: Readonly<Record<number, Parse>> = {
  [OID.int8]: safeInteger,
  [OID.date]: asIs,
  [OID.timestamp]: asIs,
  [OID.interval]: asIs,
  [OID.numeric]: asIs,
  [OID.timestamptz]: isoInstant,
  [OID_ARRAY.int8]: each(safeInteger),
  [OID_ARRAY.date]: each(asIs),
  [OID_ARRAY.numeric]: each(asIs),
  [OID_ARRAY.timestamptz]: each(isoInstant),
};

/**
 * How values arrive from both databases: exact numbers and dates as text (never as binary floats or local midnights),
 * instants as ISO 8601 in UTC, 64-bit integers as numbers while that is exact.
 */
export const valueParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    format !== "binary" && PARSERS[oid]
      ? PARSERS[oid]
      : pg.types.getTypeParser(oid, format as "text")) as pg.CustomTypesConfig["getTypeParser"],
};
