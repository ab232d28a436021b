import { variablesOf } from "@formwright/rules";
import { pointerTo } from "../common/finding.ts";
import type { LocalText } from "../common/text.ts";
import type { Model, PublishedKind } from "../definition.ts";
import { definitionIn } from "./model-maps.ts";
import { resolvePath, targetOf } from "./resolve-path.ts";
import { visitModel } from "./visit-definition.ts";
import type { RulePlace, Visitor } from "./visitor.ts";

/** One place that leans on a field. */
export interface FieldUse {
  readonly kind: PublishedKind;
  readonly key: string;
  readonly label: LocalText;
  /** `/<kind>/<key>/…`, into the definition that uses it. */
  readonly pointer: string;
  readonly by: "name" | "rule";
}

/**
 * Every place that uses a field, by name or in a rule, through references as well: what taking it away would break.
 *
 * @param field its key; "items.amount" for a column of a subform
 */
export function usesOf(model: Model, entity: string, field: string): readonly FieldUse[] {
  const uses: FieldUse[] = [];
  visitModel(model, (kind, key) =>
    collecting(model, entity, field, (pointer, by) => {
      const label = definitionIn(model, kind, key)?.label ?? {};
      uses.push({ kind, key, label, pointer: pointerTo("", kind, key) + pointer, by });
    }),
  );
  return uses;
}

function collecting(
  model: Model,
  entity: string,
  wanted: string,
  found: (pointer: string, by: FieldUse["by"]) => void,
): Visitor {
  return {
    definition() {},
    stage() {},
    creation() {},
    field(pointer, from, path) {
      if (touches(model, from, path, entity, wanted)) found(pointer, "name");
    },
    rule(pointer, place, rule) {
      const paths = variablesOf(rule).map((path) => fromRecord(place, path));
      if (paths.some((path) => touches(model, place.entity, path, entity, wanted))) found(pointer, "rule");
    },
    targetOf(from, key) {
      const last = resolvePath(model, from, key)?.at(-1);
      return last ? targetOf(model, last) : null;
    },
  };
}

function fromRecord({ subform }: RulePlace, path: string): string {
  return subform === undefined ? path : `${subform}.${path}`;
}

function touches(model: Model, from: string, path: string, entity: string, wanted: string): boolean {
  const parts = path.split(".");
  return (resolvePath(model, from, path) ?? []).some((step, index) => {
    const key = step.field?.key ?? step.key;
    const column = step.field?.fields ? parts[index + 1] : undefined;
    const names = column === undefined ? [key] : [key, `${key}.${column}`];
    return step.entity.key === entity && names.includes(wanted);
  });
}
