import { buildModel } from "../build-model.ts";
import { type Finding, finding, findingsAt, isClean, pointerTo } from "../common/finding.ts";
import { type Model, PUBLISHED_KINDS, type PublishedDefinition, type PublishedKind } from "../definition.ts";
import type { FieldKindRegistry } from "../field-kind.ts";
import { parseDefinition } from "../parse-definition.ts";
import { checkCircles } from "./check-circles.ts";
import { checkFlows } from "./check-flows.ts";
import { checkSystemEntities } from "./check-system-entities.ts";
import { checkingVisitor } from "./checking-visitor.ts";
import { visitModel } from "./visit-definition.ts";

export interface CheckedModel {
  /** The model, when no finding is an error. */
  readonly model: Model | null;
  /** Pointers begin with `/<kind>/<key>`; the rest points into that definition. */
  readonly findings: readonly Finding[];
}

/**
 * Checks a whole set of definitions: each by itself, then how they fit together: everything that is named is there and
 * of the right kind, rules have the types that their places ask for, formulas and required references run in no circle.
 *
 * @param definitions all that would be live together, the entities of members and departments included
 * @param kinds the registry of fields/model
 * @param release the number that the model gets
 */
export function checkModel(
  definitions: readonly PublishedDefinition[],
  kinds: FieldKindRegistry,
  release = 0,
): CheckedModel {
  const { sound, findings } = parseAll(definitions, kinds);
  const model = buildModel(release, sound, kinds);
  // What did not parse is there all the same: that others name it is no second mistake.
  const broken = new Set(definitions.map(nameOf).filter((name) => !sound.some((one) => nameOf(one) === name)));
  visitModel(model, (kind, key) =>
    checkingVisitor({ model, broken, pointer: pointerTo("", kind, key), kind, findings }),
  );
  findings.push(...checkFlows(model), ...checkCircles(model), ...checkSystemEntities(model, broken));
  return { model: isClean(findings) ? model : null, findings };
}

function nameOf({ kind, key }: { readonly kind: string; readonly key: string }): string {
  return `${kind}/${key}`;
}

function parseAll(
  definitions: readonly PublishedDefinition[],
  kinds: FieldKindRegistry,
): { sound: PublishedDefinition[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const sound: PublishedDefinition[] = [];
  const seen = new Set<string>();
  for (const definition of definitions) {
    const at = pointerTo("", definition.kind, definition.key);
    if (!PUBLISHED_KINDS.includes(definition.kind as PublishedKind)) {
      findings.push(finding("enum", `${at}/kind`, { value: String(definition.kind) }));
      continue;
    }
    const parsed = parseDefinition(definition.kind, definition, kinds);
    findings.push(...findingsAt(at, parsed.findings));
    if (seen.has(nameOf(definition))) findings.push(finding("duplicateKey", `${at}/key`, { key: definition.key }));
    else if (parsed.ok) sound.push(parsed.value as PublishedDefinition);
    seen.add(nameOf(definition));
  }
  return { sound, findings };
}
