/**
 * JSON text in the one canonical form that definitions are stored in: keys sorted by code unit, no spaces,
 * absent and undefined properties left out. Equal values give byte-equal texts.
 *
 * @param value anything that JSON can say
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, sortedKeys) ?? "null";
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const sorted: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value).sort()) sorted[key] = (value as Record<string, unknown>)[key];
  return sorted;
}
