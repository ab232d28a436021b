/** Cuts a sheet's XML into the elements of one name, whatever the pieces that it arrives in. */
export async function* elements(pieces: AsyncIterable<string>, name: string): AsyncGenerator<string> {
  const start = new RegExp(`<(?:\\w+:)?${name}(?=[\\s/>])`, "g");
  let rest = "";
  for await (const piece of pieces) {
    rest += piece;
    for (;;) {
      start.lastIndex = 0;
      const found = start.exec(rest);
      if (!found) {
        rest = rest.slice(Math.max(0, rest.length - name.length - 20));
        break;
      }
      const end = elementEnd(rest, found.index, name);
      if (end < 0) {
        rest = rest.slice(found.index);
        break;
      }
      yield rest.slice(found.index, end);
      rest = rest.slice(end);
    }
  }
}

function elementEnd(text: string, from: number, name: string): number {
  const open = text.indexOf(">", from);
  if (open < 0) return -1;
  if (text[open - 1] === "/") return open + 1;
  const close = new RegExp(`</(?:\\w+:)?${name}\\s*>`, "g");
  close.lastIndex = open;
  return close.test(text) ? close.lastIndex : -1;
}

/** An attribute's value; null when it is not there. */
export function attribute(element: string, name: string): string | null {
  const tag = element.slice(0, element.indexOf(">") + 1);
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return found ? unescapeXml(found[1] ?? found[2] ?? "") : null;
}

/** The text inside the first element of that name; null when there is none. */
export function inner(element: string, name: string): string | null {
  const found = new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?(?:/>|>([\\s\\S]*?)</(?:\\w+:)?${name}\\s*>)`).exec(element);
  return found ? (found[1] ?? "") : null;
}

/** All text runs (`<t>`) joined: plain and rich text alike, without the phonetic hints of Japanese. */
export function textRuns(element: string): string {
  const spoken = element.replace(/<(?:\w+:)?rPh\b[\s\S]*?<\/(?:\w+:)?rPh>/g, "");
  const runs = spoken.matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?t>/g);
  return [...runs].map(([, text = ""]) => unescapeXml(text)).join("");
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export function unescapeXml(text: string): string {
  if (!text.includes("&") && !text.includes("_x")) return text;
  return text
    .replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, code: string) => {
      if (!code.startsWith("#")) return NAMED[code] ?? whole;
      const point = code[1] === "x" || code[1] === "X" ? Number.parseInt(code.slice(2), 16) : Number(code.slice(1));
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : "";
    })
    .replace(/_x([0-9A-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
