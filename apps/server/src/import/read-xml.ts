import { Problem } from "@formwright/model";
import { SaxesParser } from "saxes";
import { tooLarge, unreadable } from "./unreadable-file.ts";

/** An element's attribute; with a prefix as in `r:id` only by its local name and `isPrefixed`. */
export type AttributeOf = (name: string, isPrefixed?: boolean) => string | null;

/** Is told of elements by their local names. Elements of foreign namespaces (extensions) are left out. */
export interface XmlVisitor {
  open(name: string, attribute: AttributeOf): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** The namespaces of workbooks, in both editions of ECMA-376, and of the relations between their parts. */
const NAMESPACES: ReadonlySet<string> = new Set([
  "",
  "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
  "http://purl.oclc.org/ooxml/spreadsheetml/main",
  "http://schemas.openxmlformats.org/package/2006/relationships",
]);
const MAX_DEPTH = 64;
/** No tag, text or comment of a workbook is longer; the parser holds it whole. */
const MAX_TOKEN = 5_000_000;

/**
 * Reads XML as it arrives. What the visitor emits comes out in order; no more is held than one piece brings.
 * Documents that define entities are refused: workbooks have none.
 *
 * @throws Problem `unsupported` when it is not well-formed
 */
export async function* readXml<T>(
  part: string,
  pieces: AsyncIterable<string>,
  visit: (emit: (item: T) => void) => XmlVisitor,
): AsyncGenerator<T> {
  let items: T[] = [];
  let silent = 0;
  let depth = 0;
  const visitor = visit((item) => items.push(item));
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on("error", () => {
    throw unreadable(part, part);
  });
  parser.on("doctype", () => {
    throw unreadable(part, part);
  });
  parser.on("opentag", ({ local, uri, attributes }) => {
    silent = 0;
    depth += 1;
    if (depth > MAX_DEPTH) throw unreadable(part, part);
    if (!NAMESPACES.has(uri)) return;
    visitor.open(local, (name, isPrefixed = false) => {
      if (!isPrefixed) return attributes[name]?.value ?? null;
      return Object.values(attributes).find((one) => one.prefix !== "" && one.local === name)?.value ?? null;
    });
  });
  parser.on("closetag", ({ local, uri }) => {
    silent = 0;
    depth -= 1;
    if (NAMESPACES.has(uri)) visitor.close?.(local);
  });
  if (visitor.text) {
    const text = (value: string) => visitor.text?.(value);
    parser.on("text", text);
    parser.on("cdata", text);
  }
  try {
    for await (const piece of pieces) {
      silent += piece.length;
      parser.write(piece);
      if (silent > MAX_TOKEN) throw tooLarge("A text in the workbook is too long.", "工作簿中有过长的文本。");
      if (items.length > 0) yield* items;
      items = [];
    }
    parser.close();
  } catch (error) {
    // The parser throws errors of its own for what cannot be XML at all.
    throw error instanceof Problem || !(error instanceof Error) || "code" in error ? error : unreadable(part, part);
  }
  yield* items;
}

/** Spreadsheets write control characters as `_x000D_`, and an underscore before such a text as `_x005F_`. */
export function unescapeText(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
