import { type Entity, type Field, type LocalText, type Model, SYSTEM_FIELDS } from "@formwright/model";

/** One thing that a record has: a field, a system field, or the moment it entered its stage. */
export interface Property {
  /** Its key, or a path through a reference such as "customer.name". */
  readonly path: string;
  readonly label: LocalText;
  /** The field that draws it; made up for system fields. */
  readonly field: Field;
  /** The entity that its value points to. */
  readonly target: string | null;
  /** Name beside `values` on the wire, for system fields. */
  readonly wire: string | null;
  readonly isSystem: boolean;
}

const SYSTEM_TARGETS: Readonly<Record<string, string>> = {
  owner: "member",
  created_by: "member",
  updated_by: "member",
  owner_department: "department",
};

const SINCE: LocalText = { en: "in stage since", "zh-CN": "进入时间" };

/** What a path means on an entity; null when it names nothing that this person may see. */
export function propertyAt(model: Model, entity: Entity, path: string): Property | null {
  const [first = "", ...rest] = path.split(".");
  const own = ownProperty(entity, first);
  if (own === null || rest.length === 0) return own;
  const target = own.target === null ? undefined : model.entities.get(own.target);
  const inner = target === undefined ? null : propertyAt(model, target, rest.join("."));
  if (inner === null) return null;
  return { ...inner, path, label: joined(own.label, inner.label) };
}

/** Everything that can be shown, filtered or sorted by: the fields, then what every record has. */
export function propertiesOf(entity: Entity): readonly Property[] {
  const fields = entity.fields.flatMap((field) => {
    const own = ownProperty(entity, field.key);
    const since = field.kind === "stage" ? ownProperty(entity, `${field.key}_since`) : null;
    return [own, since].filter((property): property is Property => property !== null);
  });
  const system = ["owner", "owner_department", "created_at", "created_by", "updated_at", "updated_by"];
  return [...fields, ...system.map((key) => ownProperty(entity, key) as Property)];
}

/** The entity whose records a field points to; null when it points nowhere. */
export function targetOf(field: Field): string | null {
  if (field.kind === "member" || field.kind === "department") return field.kind;
  const { entity } = field.options;
  return field.kind === "reference" && typeof entity === "string" ? entity : null;
}

function ownProperty(entity: Entity, key: string): Property | null {
  const field = entity.fields.find((one) => one.key === key);
  if (field !== undefined) {
    return { path: key, label: field.label, field, target: targetOf(field), wire: null, isSystem: false };
  }
  const system = SYSTEM_FIELDS.find((one) => one.key === key);
  if (system !== undefined) {
    const made = madeUp(key, system.kind, system.label);
    return {
      path: key,
      label: system.label,
      field: made,
      target: SYSTEM_TARGETS[key] ?? null,
      wire: system.wire,
      isSystem: true,
    };
  }
  const stage = key.endsWith("_since") ? entity.fields.find((one) => `${one.key}_since` === key) : undefined;
  if (stage?.kind !== "stage") return null;
  const label = joined(stage.label, SINCE);
  return { path: key, label, field: madeUp(key, "datetime", label), target: null, wire: null, isSystem: true };
}

function madeUp(key: string, kind: string, label: LocalText): Field {
  return { key, kind, label, options: {}, required: false, readOnly: true, unique: false, schema: {} };
}

function joined(outer: LocalText, inner: LocalText): LocalText {
  return {
    en: `${outer.en ?? outer["zh-CN"] ?? ""} · ${inner.en ?? inner["zh-CN"] ?? ""}`,
    "zh-CN": `${outer["zh-CN"] ?? outer.en ?? ""} · ${inner["zh-CN"] ?? inner.en ?? ""}`,
  };
}
