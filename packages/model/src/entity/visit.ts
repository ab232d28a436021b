import type { RulePlace, Visitor } from "../check/visitor.ts";
import { pointerTo } from "../common/finding.ts";
import type { FieldKindRegistry } from "../field-kind.ts";
import type { Entity, Field } from "./definition.ts";

/** An entity leans on those that it points to, on flows, and its own fields on each other. Pointers are into its document. */
export function visitEntity(entity: Entity, kinds: FieldKindRegistry, visitor: Visitor): void {
  visitor.field("/titleField", entity.key, entity.titleField, "any");
  entity.unique
    .filter((keys) => keys.length > 1)
    .forEach((keys, at) => {
      visitList(keys, pointerTo("/unique", at), entity, visitor);
    });
  entity.duplicates.forEach((rule, at) => {
    visitList(rule.fields, pointerTo("/duplicates", at, "fields"), entity, visitor);
  });
  visitList(entity.search, "/search", entity, visitor);
  visitFields(entity.fields, "/schema", { entity: entity.key }, kinds, visitor);
}

function visitList(keys: readonly string[], pointer: string, entity: Entity, visitor: Visitor): void {
  keys.forEach((key, at) => {
    visitor.field(pointerTo(pointer, at), entity.key, key, "any");
  });
}

function visitFields(
  fields: readonly Field[],
  pointer: string,
  place: RulePlace,
  kinds: FieldKindRegistry,
  visitor: Visitor,
): void {
  for (const field of fields) {
    const here = pointerTo(pointer, "properties", field.key);
    const kind = kinds[field.kind];
    if (!kind) continue;
    const target = kind.target?.(field.options);
    if (target !== undefined) visitor.definition(`${here}/x-options/entity`, "entity", target);
    const flow = kind.flow?.(field.options);
    if (flow !== undefined) visitor.definition(`${here}/x-options/flow`, "flow", flow);
    const rule = kind.computedBy?.(field.options);
    if (rule !== undefined) visitor.rule(`${here}/x-options/rule`, place, rule, kind.ruleType(field.options));
    if (field.default !== undefined) {
      const choices = kind.choices?.(field.options).map(({ value }) => value);
      const expected = { type: kind.ruleType(field.options), ...(choices && { choices }) };
      visitor.rule(`${here}/x-default`, place, field.default, expected);
    }
    if (field.fields) visitFields(field.fields, `${here}/items`, { ...place, subform: field.key }, kinds, visitor);
  }
}
