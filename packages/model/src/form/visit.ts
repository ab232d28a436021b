import type { Visitor } from "../check/visitor.ts";
import { pointerTo } from "../common/finding.ts";
import type { Form, FormField, FormSection, RelatedList } from "./definition.ts";

/** A form leans on the fields of its entity, and on the entities whose records it lists beside them. */
export function visitForm(form: Form, visitor: Visitor): void {
  visitor.definition("/entity", "entity", form.entity);
  form.sections.forEach((section, at) => {
    visitSection(form, section, pointerTo("/sections", at), visitor);
  });
  (form.related ?? []).forEach((related, at) => {
    visitRelated(form, related, pointerTo("/related", at), visitor);
  });
}

function visitSection(form: Form, section: FormSection, pointer: string, visitor: Visitor): void {
  if (section.show !== undefined) visitor.rule(`${pointer}/show`, { entity: form.entity }, section.show, "boolean");
  section.fields.forEach((field, at) => {
    visitField(form, field, pointerTo(pointer, "fields", at), visitor);
  });
}

const FIELD_RULES = ["show", "require", "readOnly"] as const;

function visitField({ entity }: Form, placed: FormField, pointer: string, visitor: Visitor): void {
  visitor.field(`${pointer}/field`, entity, placed.field, "any");
  for (const name of FIELD_RULES) {
    const rule = placed[name];
    if (rule !== undefined) visitor.rule(`${pointer}/${name}`, { entity }, rule, "boolean");
  }
}

function visitRelated(form: Form, related: RelatedList, pointer: string, visitor: Visitor): void {
  visitor.definition(`${pointer}/entity`, "entity", related.entity);
  visitor.field(`${pointer}/field`, related.entity, related.field, { pointsTo: form.entity });
  related.columns.forEach((column, at) => {
    visitor.field(pointerTo(pointer, "columns", at), related.entity, column, "any");
  });
}
