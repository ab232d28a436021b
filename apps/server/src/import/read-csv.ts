import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { CsvError, parse } from "csv-parse";
import iconv from "iconv-lite";
import { detectEncoding, type Encoding } from "./detect-encoding.ts";
import type { TableRows } from "./table-rows.ts";
import { unreadable } from "./unreadable-file.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;
const MAX_ROW_BYTES = 1_000_000;

/** The rows of a text file with separated values; its encoding and separator are found out. */
export async function readCsv(path: string): Promise<TableRows> {
  const { encoding, isGuess } = await detectEncoding(path);
  const delimiter = await detectDelimiter(path, encoding);
  return {
    encoding,
    notes: isGuess ? [{ code: "encodingGuessed", params: { encoding } }] : [],
    rows: rowsOf(path, encoding, delimiter),
  };
}

async function* rowsOf(path: string, encoding: Encoding, delimiter: string): AsyncGenerator<string[]> {
  const parser = parse({
    delimiter,
    bom: true,
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: true,
    maxRecordSize: MAX_ROW_BYTES,
  });
  // A failure of any part reaches the loop below through the parser.
  pipeline(createReadStream(path), iconv.decodeStream(encoding), parser, () => {});
  try {
    for await (const row of parser) yield row as string[];
  } catch (error) {
    if (error instanceof CsvError) {
      throw unreadable(`line ${String(error.lines ?? "?")}`, `第 ${String(error.lines ?? "?")} 行`);
    }
    throw error;
  }
}

/** The separator that occurs most in the first line, outside quotes. */
async function detectDelimiter(path: string, encoding: Encoding): Promise<string> {
  let line = "";
  for await (const chunk of createReadStream(path, { end: 65_535 }).pipe(iconv.decodeStream(encoding))) {
    line += chunk;
  }
  const first = line.replace(/"[^"]*"/g, "").split(/\r\n|\n|\r/, 1)[0] ?? "";
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: first.split(delimiter).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}
