import { v5 } from "uuid";

const NAMESPACE = "6f0f6f4e-6d1c-4c59-9d5a-0f2b7c9a51d4";

/** The id that belongs to a name: equal names give equal ids (UUIDv5, RFC 9562 section 5.5). */
export function idOf(...name: readonly (string | number)[]): string {
  return v5(name.join("\u001f"), NAMESPACE);
}

/** Ids in a fixed order for one cause, so that working on the same cause again gives the same ids. */
export function idsFrom(...cause: readonly (string | number)[]): () => string {
  let next = 0;
  return () => idOf(...cause, next++);
}
