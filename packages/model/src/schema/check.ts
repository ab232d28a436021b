import type { Finding } from "../common/finding.ts";
import type { Json, JsonObject } from "../common/json.ts";

/** Checks a value and returns everything that is wrong with it. */
export type SchemaCheck = (value: unknown) => readonly Finding[];

/** What one run over one value collects. */
export interface Run {
  readonly findings: Finding[];
  depth: number;
}

/** One compiled schema or keyword. */
export type Check = (value: unknown, pointer: string, run: Run) => void;

/** What keywords need to compile the schemas inside them. */
export interface Compiler {
  compile(schema: Json): Check;
  /** The schema that `$ref` names, compiled when it is first met. */
  definition(reference: string): () => Check;
  /** The schema that `$ref` names, as data; any other as it is. */
  resolve(schema: Json): JsonObject;
}

/** Past this nobody reads on, and a hostile document does not make a million of them. */
export const MOST_FINDINGS = 300;
