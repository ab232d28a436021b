import type { RuleType } from "@formwright/rules";
import { type Finding, finding } from "../common/finding.ts";
import { type FoundField, targetOf } from "./resolve-path.ts";
import type { ScopeModel } from "./rule-scope.ts";
import type { FieldNeed } from "./visitor.ts";

/** System fields that people and steps set: who owns a record. */
const WRITABLE_SYSTEM_FIELDS: ReadonlySet<string> = new Set(["owner"]);

/** What a need says no to, as a finding; null when the field will do. */
export function unmetNeed(model: ScopeModel, found: FoundField, need: FieldNeed, pointer: string): Finding | null {
  if (typeof need === "string") return NEEDS[need](model, found, pointer);
  const { key, field } = found;
  if ("pointsTo" in need) {
    const points = targetOf(model, found) === need.pointsTo;
    return points ? null : finding("wrongTarget", pointer, { field: key, entity: need.pointsTo });
  }
  const flow = field ? model.kinds[field.kind]?.flow?.(field.options) : undefined;
  if (flow === undefined) return wrongKind(found, "stage", pointer);
  return flow === need.flow ? null : finding("flowElsewhere", pointer, { flow: need.flow });
}

type Test = (model: ScopeModel, found: FoundField, pointer: string) => Finding | null;

const NEEDS: { readonly [N in Extract<FieldNeed, string>]: Test } = {
  any: () => null,
  writable(model, { key, field }, pointer) {
    const can = field ? model.kinds[field.kind]?.computed === false : WRITABLE_SYSTEM_FIELDS.has(key);
    return can ? null : finding("cannotSet", pointer, { field: key });
  },
  sortable(model, { key, field }, pointer) {
    const can = !field || model.kinds[field.kind]?.sortable === true;
    return can ? null : finding("cannotSort", pointer, { field: key });
  },
  date: (model, found, pointer) => (isDate(typeOf(model, found)) ? null : wrongKind(found, "date / datetime", pointer)),
  number: (model, found, pointer) => (typeOf(model, found) === "number" ? null : wrongKind(found, "number", pointer)),
  member: (model, found, pointer) => (targetOf(model, found) === "member" ? null : wrongKind(found, "member", pointer)),
  stage: (model, found, pointer) =>
    found.field && model.kinds[found.field.kind]?.flow ? null : wrongKind(found, "stage", pointer),
  board(model, found, pointer) {
    const kind = found.field ? model.kinds[found.field.kind] : undefined;
    const isOneOfSeveral = kind?.choices !== undefined && typeOf(model, found) === "text";
    if (kind?.flow || isOneOfSeveral) return null;
    return finding("groupByKind", pointer, { field: found.key, kind: kindOf(found) });
  },
  reference: (model, found, pointer) => (targetOf(model, found) ? null : wrongKind(found, "reference", pointer)),
};

function typeOf(model: ScopeModel, { key, field, system }: FoundField): RuleType | undefined {
  if (system) return system.type;
  if (!field) return undefined;
  return key === field.key ? model.kinds[field.kind]?.ruleType(field.options) : "datetime";
}

function isDate(type: RuleType | undefined): boolean {
  return type === "date" || type === "datetime";
}

function kindOf({ field, system }: FoundField): string {
  return field?.kind ?? system?.kind ?? "";
}

function wrongKind(found: FoundField, expected: string, pointer: string): Finding {
  return finding("wrongFieldKind", pointer, { field: found.key, kind: kindOf(found), expected });
}
