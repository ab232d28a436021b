import type { Json, SampleRecord } from "@formwright/model";

interface Pointing {
  readonly target: SampleRecord;
  readonly isRequired: boolean;
}

/**
 * Sample records in an order in which they can be created: each behind those that its values point to. Where records
 * point to each other, those that a required field needs come first, and installing fills in the other reference.
 *
 * @param isRequired whether a record of that entity cannot be without that field
 * @throws Error when a record points to one that is not there, or two have the same ref
 */
export function orderSamples(
  samples: readonly SampleRecord[],
  isRequired: (entity: string, field: string) => boolean,
): readonly SampleRecord[] {
  const byRef = new Map(samples.map((sample) => [sample.ref, sample]));
  if (byRef.size < samples.length) throw new Error(`Sample refs are not unique: ${repeated(samples).join(", ")}`);
  const pointings = new Map(samples.map((sample) => [sample, pointingsOf(sample, byRef, isRequired)]));
  const ordered = new Set<SampleRecord>();
  const walking = new Set<SampleRecord>();

  const visit = (sample: SampleRecord): void => {
    if (ordered.has(sample) || walking.has(sample)) return;
    walking.add(sample);
    for (const { target, isRequired: isNeeded } of pointings.get(sample) ?? []) {
      if (isNeeded || !needs(target, sample, pointings)) visit(target);
    }
    walking.delete(sample);
    ordered.add(sample);
  };
  samples.forEach(visit);
  return [...ordered];
}

/** Does a record need another one, itself or through what it needs? */
function needs(
  sample: SampleRecord,
  wanted: SampleRecord,
  pointings: ReadonlyMap<SampleRecord, readonly Pointing[]>,
  seen = new Set<SampleRecord>(),
): boolean {
  if (sample === wanted) return true;
  if (seen.has(sample)) return false;
  seen.add(sample);
  const needed = (pointings.get(sample) ?? []).filter(({ isRequired }) => isRequired);
  return needed.some(({ target }) => needs(target, wanted, pointings, seen));
}

function pointingsOf(
  { ref, entity, values, localized = {} }: SampleRecord,
  byRef: ReadonlyMap<string, SampleRecord>,
  isRequired: (entity: string, field: string) => boolean,
): Pointing[] {
  const fields = [values, ...Object.values(localized)].flatMap((one) => Object.entries(one));
  return fields.flatMap(([field, value]) =>
    refsIn(value).map((name) => {
      const target = byRef.get(name);
      if (!target) throw new Error(`Sample ${ref} points to ${name}, which is not there`);
      return { target, isRequired: isRequired(entity, field) };
    }),
  );
}

function refsIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (typeof value !== "object" || value === null) return [];
  const { $ref } = value as { $ref?: Json };
  return typeof $ref === "string" ? [$ref] : Object.values(value).flatMap(refsIn);
}

function repeated(samples: readonly SampleRecord[]): string[] {
  const seen = new Set<string>();
  return samples.map(({ ref }) => ref).filter((ref) => seen.size === seen.add(ref).size);
}
