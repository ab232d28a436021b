import { type Entity, type Field, type Model, SYSTEM_FIELDS } from "@formwright/model";
import type { RuleType } from "@formwright/rules";
import { sinceColumn } from "../tables/table-spec.ts";
import { fieldKindOf } from "./field-kinds.ts";
import { storageOf } from "./field-storage.ts";

/** What one key of an entity means: a field, a system field, or the moment a record entered its stage. */
export interface Property {
  readonly key: string;
  /** Null when it has no column of its own to filter, sort or group by (subforms). */
  readonly column: string | null;
  readonly type: RuleType;
  /** The kind that shows it. */
  readonly kind: string;
  /** The entity that an id points to. */
  readonly target: string | null;
  /** Null for system properties. */
  readonly field: Field | null;
  /** True when the column can never be empty, so that its place in an order of nulls does not matter. */
  readonly isFilled: boolean;
}

const SYSTEM_TARGETS: Readonly<Record<string, string>> = {
  owner: "member",
  created_by: "member",
  updated_by: "member",
  owner_department: "department",
};

const FILLED: ReadonlySet<string> = new Set(["id", "created_at", "updated_at", "version"]);

const SYSTEM: ReadonlyMap<string, Property> = new Map(
  SYSTEM_FIELDS.map((system) => [
    system.key,
    {
      key: system.key,
      column: system.column,
      type: system.type,
      kind: system.kind,
      target: SYSTEM_TARGETS[system.key] ?? null,
      field: null,
      isFilled: FILLED.has(system.key),
    },
  ]),
);

const known = new WeakMap<Entity, ReadonlyMap<string, Property>>();

/** Every key of an entity that rules, filters, sorts and columns may name. */
export function propertiesOf(entity: Entity): ReadonlyMap<string, Property> {
  let properties = known.get(entity);
  if (!properties) {
    properties = new Map([
      ...SYSTEM,
      ...entity.fields.flatMap((field): [string, Property][] => [[field.key, fieldProperty(field)], ...since(field)]),
    ]);
    known.set(entity, properties);
  }
  return properties;
}

function since(field: Field): [string, Property][] {
  if (field.kind !== "stage") return [];
  const key = sinceColumn(field.key);
  return [[key, { key, column: key, type: "datetime", kind: "datetime", target: null, field, isFilled: false }]];
}

function fieldProperty(field: Field): Property {
  return {
    key: field.key,
    column: storageOf(field).filterColumn(field),
    type: fieldKindOf(field).ruleType(field.options),
    kind: field.kind,
    target: targetOf(field),
    field,
    isFilled: field.required && !fieldKindOf(field).computed,
  };
}

/** The entity whose records a field points to; null when it points nowhere. */
export function targetOf(field: Field): string | null {
  return fieldKindOf(field).target?.(field.options) ?? null;
}

/** One step of a path: the entity it is on, and what its key means there. */
export interface PathStep {
  readonly entity: Entity;
  readonly property: Property;
}

/** How far a path may walk from record to record. */
const MAX_STEPS = 4;

/** The steps of a path such as "customer.owner.name"; null when it names nothing. */
export function walkPath(model: Model, entity: Entity, path: string): readonly PathStep[] | null {
  const keys = path.split(".");
  if (keys.length > MAX_STEPS) return null;
  const steps: PathStep[] = [];
  let at: Entity | undefined = entity;
  for (const key of keys) {
    const property: Property | undefined = at ? propertiesOf(at).get(key) : undefined;
    if (!at || !property) return null;
    steps.push({ entity: at, property });
    at = property.target ? model.entities.get(property.target) : undefined;
  }
  return steps;
}
