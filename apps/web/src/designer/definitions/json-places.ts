/** Where a value stands in a JSON text, counted from 0. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A JSON text read with the place of every value in it. */
export type LocatedJson =
  | { readonly ok: true; readonly value: unknown; readonly places: ReadonlyMap<string, TextRange> }
  | { readonly ok: false; readonly at: number };

/**
 * Parses a JSON text and says where each value stands, so that a finding's pointer can be shown in the text.
 *
 * @returns the value with a range for each JSON Pointer (RFC 6901), or the offset at which the text stops being JSON
 */
export function locateJson(text: string): LocatedJson {
  const places = new Map<string, TextRange>();
  try {
    const reader = { text, at: 0, places };
    const value = readValue(reader, "", 0);
    skipSpace(reader);
    if (reader.at < text.length) return { ok: false, at: reader.at };
    return { ok: true, value, places };
  } catch (error) {
    if (error instanceof NotJson) return { ok: false, at: error.at };
    throw error;
  }
}

/** The range of a pointer's value, or of the nearest value around it that is there. */
export function rangeOf(places: ReadonlyMap<string, TextRange>, pointer: string): TextRange {
  for (let path = pointer; ; path = path.slice(0, path.lastIndexOf("/"))) {
    const range = places.get(path);
    if (range) return range;
    if (!path.includes("/")) return { start: 0, end: 0 };
  }
}

/** The line (from 1) and column (from 1) of an offset. */
export function lineOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - before.lastIndexOf("\n") };
}

const MAX_DEPTH = 200;

class NotJson extends Error {
  readonly at: number;
  constructor(at: number) {
    super("not JSON");
    this.at = at;
  }
}

interface Reader {
  readonly text: string;
  readonly places: Map<string, TextRange>;
  at: number;
}

function skipSpace(reader: Reader): void {
  while (/[ \t\r\n]/.test(reader.text[reader.at] ?? "")) reader.at += 1;
}

function readValue(reader: Reader, pointer: string, depth: number): unknown {
  skipSpace(reader);
  if (depth > MAX_DEPTH) throw new NotJson(reader.at);
  const start = reader.at;
  const first = reader.text[start];
  const value =
    first === "{"
      ? readObject(reader, pointer, depth)
      : first === "["
        ? readArray(reader, pointer, depth)
        : first === '"'
          ? readString(reader)
          : readLiteral(reader);
  reader.places.set(pointer, { start, end: reader.at });
  return value;
}

function expectChar(reader: Reader, char: string): void {
  skipSpace(reader);
  if (reader.text[reader.at] !== char) throw new NotJson(reader.at);
  reader.at += 1;
}

function closes(reader: Reader, char: string): boolean {
  skipSpace(reader);
  if (reader.text[reader.at] !== char) return false;
  reader.at += 1;
  return true;
}

function readObject(reader: Reader, pointer: string, depth: number): unknown {
  expectChar(reader, "{");
  const entries: [string, unknown][] = [];
  if (closes(reader, "}")) return {};
  do {
    skipSpace(reader);
    const key = readString(reader);
    expectChar(reader, ":");
    const path = `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    entries.push([key, readValue(reader, path, depth + 1)]);
  } while (closes(reader, ","));
  expectChar(reader, "}");
  return Object.fromEntries(entries);
}

function readArray(reader: Reader, pointer: string, depth: number): unknown {
  expectChar(reader, "[");
  const items: unknown[] = [];
  if (closes(reader, "]")) return items;
  do {
    items.push(readValue(reader, `${pointer}/${items.length}`, depth + 1));
  } while (closes(reader, ","));
  expectChar(reader, "]");
  return items;
}

function readString(reader: Reader): string {
  const match = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
  match.lastIndex = reader.at;
  const found = match.exec(reader.text);
  if (!found) throw new NotJson(reader.at);
  reader.at += found[0].length;
  return JSON.parse(found[0]) as string;
}

function readLiteral(reader: Reader): unknown {
  const match = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
  match.lastIndex = reader.at;
  const found = match.exec(reader.text);
  if (!found) throw new NotJson(reader.at);
  reader.at += found[0].length;
  return JSON.parse(found[0]);
}
