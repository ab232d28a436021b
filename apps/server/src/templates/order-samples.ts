import type { Json, SampleRecord } from "@formwright/model";

/**
 * Sample records in an order in which they can be created: each behind those that its values point to.
 * Where records point to each other in a circle, the given order stays, and installing fills the reference afterwards.
 *
 * @throws Error when a record points to one that is not there, or two have the same ref
 */
export function orderSamples(samples: readonly SampleRecord[]): readonly SampleRecord[] {
  const byRef = new Map(samples.map((sample) => [sample.ref, sample]));
  if (byRef.size < samples.length) throw new Error(`Sample refs are not unique: ${repeated(samples).join(", ")}`);
  const ordered = new Set<SampleRecord>();
  const walking = new Set<SampleRecord>();

  const visit = (sample: SampleRecord): void => {
    if (ordered.has(sample) || walking.has(sample)) return;
    walking.add(sample);
    for (const ref of refsIn(sample)) {
      const target = byRef.get(ref);
      if (!target) throw new Error(`Sample ${sample.ref} points to ${ref}, which is not there`);
      visit(target);
    }
    walking.delete(sample);
    ordered.add(sample);
  };
  samples.forEach(visit);
  return [...ordered];
}

function repeated(samples: readonly SampleRecord[]): string[] {
  const seen = new Set<string>();
  return samples.map(({ ref }) => ref).filter((ref) => seen.size === seen.add(ref).size);
}

function refsIn({ values, localized = {} }: SampleRecord): string[] {
  return [values, ...Object.values(localized)].flatMap((one) => Object.values(one).flatMap(refsInValue));
}

function refsInValue(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(refsInValue);
  if (typeof value !== "object" || value === null) return [];
  const { $ref } = value as { $ref?: Json };
  return typeof $ref === "string" ? [$ref] : Object.values(value).flatMap(refsInValue);
}
