import { compileSchema } from "../schema/compile-schema.ts";
import { type Finding, finding, isClean, type Parsed, pointerTo } from "./finding.ts";
import type { JsonSchema } from "./json.ts";

/** How a kind of definition is parsed: its schema, what authors may leave out, what a schema cannot say. */
export interface Parsing<T> {
  readonly schema: JsonSchema;
  /** Fills in what was left out; the document passed the schema. */
  complete(document: T): T;
  /** Keys that must differ, conditions between properties; pointers into the document. */
  check?(definition: T): readonly Finding[];
}

/** A parser from its parts: `unknown` in, the complete definition or all findings out. */
export function parseWith<T>({ schema, complete, check }: Parsing<T>): (document: unknown) => Parsed<T> {
  const checkShape = compileSchema(schema);
  return (document) => {
    const shape = checkShape(document);
    if (shape.length > 0) return { ok: false, findings: shape };
    const value = complete(document as T);
    const findings = check?.(value) ?? [];
    return isClean(findings) ? { ok: true, value, findings } : { ok: false, findings };
  };
}

/** A finding for each element whose key an earlier one of the list has. */
export function duplicateKeys(list: readonly { readonly key: string }[] | undefined, pointer: string): Finding[] {
  const seen = new Set<string>();
  return (list ?? []).flatMap(({ key }, index) => {
    const isTwin = seen.has(key);
    seen.add(key);
    return isTwin ? [finding("duplicateKey", pointerTo(pointer, index, "key"), { key })] : [];
  });
}

/** The elements with a key each: those that have none are named after `name`, numbered when that is taken. */
export function withKeys<T extends { readonly key?: string }>(
  list: readonly T[],
  name: (element: T) => string,
): (T & { readonly key: string })[] {
  const taken = new Set(list.map(({ key }) => key));
  return list.map((element) => {
    if (element.key !== undefined) return element as T & { readonly key: string };
    const key = freeKey(name(element), taken);
    taken.add(key);
    return { ...element, key };
  });
}

function freeKey(wanted: string, taken: ReadonlySet<string | undefined>): string {
  const base =
    wanted
      .replaceAll(/[^a-z0-9]+/g, "_")
      .replaceAll(/^[^a-z]+|_+$/g, "")
      .slice(0, 36) || "item";
  let key = base;
  for (let n = 2; taken.has(key); n += 1) key = `${base}_${n}`;
  return key;
}
