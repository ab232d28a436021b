import { createHash } from "node:crypto";

const LIMIT = 63;

/**
 * A name for a constraint or index that is the same on every server and in every release: the parts joined, and when
 * that is longer than PostgreSQL's 63 bytes, cut and ended with a hash of the whole.
 */
export function shortName(...parts: readonly string[]): string {
  const whole = parts.join("_");
  return whole.length <= LIMIT ? whole : `${whole.slice(0, LIMIT - 11)}_${shortHash(whole)}`;
}

/** Ten hexadecimal digits that stand for a text. */
export function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 10);
}
