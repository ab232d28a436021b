import type { Entity, Form } from "@formwright/model";
import { type Rule, variablesOf } from "@formwright/rules";

/** The references of an entity that rules of its form walk through, such as "customer" in "customer.level". */
export function walkedReferences(entity: Entity, form: Form): readonly string[] {
  const rules = form.sections.flatMap((section) => [
    section.show,
    ...section.fields.flatMap((field) => [field.show, field.require, field.readOnly]),
  ]);
  const paths = rules.filter((rule): rule is Rule => rule !== undefined).flatMap(variablesOf);
  const walked = paths.filter((path) => path.includes(".")).map((path) => path.split(".")[0] ?? "");
  return [...new Set(walked)].filter((key) =>
    entity.fields.some((field) => field.key === key && ["reference", "member", "department"].includes(field.kind)),
  );
}
