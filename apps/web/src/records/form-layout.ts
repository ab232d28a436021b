import type { Entity, Form, FormField, FormSection, Model } from "@formwright/model";

/** Kinds that need the whole width. */
const WIDE: ReadonlySet<string> = new Set(["subform", "longtext"]);

/**
 * The form of an entity for a purpose: the one that is defined for it, else any that is defined, else one that is made
 * from the fields in their order.
 */
export function formFor(model: Model, entity: Entity, purpose: "create" | "edit" | "detail"): Form {
  const forms = [...model.forms.values()].filter((form) => form.entity === entity.key);
  return forms.find((form) => form.purposes.includes(purpose)) ?? forms[0] ?? generatedForm(entity);
}

/** The sections of a form with only those fields that this person may see. */
export function sectionsOf(form: Form, entity: Entity): readonly FormSection[] {
  const known = new Set([...entity.fields.map((field) => field.key), "owner"]);
  return form.sections
    .map((section) => ({ ...section, fields: section.fields.filter((field) => known.has(field.field)) }))
    .filter((section) => section.fields.length > 0);
}

function generatedForm(entity: Entity): Form {
  const fields = entity.fields.filter((field) => field.kind !== "stage");
  const placed: FormField[] = [
    ...fields.map(({ key, kind }): FormField => ({ key, field: key, span: WIDE.has(kind) ? 2 : 1 })),
    { key: "owner", field: "owner", span: 1 },
  ];
  return {
    kind: "form",
    key: `${entity.key}_generated`,
    label: entity.label,
    entity: entity.key,
    purposes: ["create", "edit", "detail"],
    sections: [{ key: "all", columns: 2, fields: placed }],
  };
}
