import { variablesOf } from "@formwright/rules";
import { type Finding, finding, pointerTo } from "../common/finding.ts";
import type { Model } from "../definition.ts";
import type { Entity, Field } from "../entity/definition.ts";

/** Formulas that need themselves, and required references without a beginning. */
export function checkCircles(model: Model): Finding[] {
  const entities = [...model.entities.values()];
  return [
    ...entities.flatMap((entity) => formulaCircles(model, entity.fields, pointerTo("/entity", entity.key, "schema"))),
    ...requiredCircles(model, entities),
  ];
}

function formulaCircles(model: Model, fields: readonly Field[], pointer: string): Finding[] {
  const rules = new Map(
    fields.flatMap((field) => {
      const rule = model.kinds[field.kind]?.computedBy?.(field.options);
      return rule === undefined ? [] : [[field.key, variablesOf(rule)] as const];
    }),
  );
  const own = circles([...rules.keys()], (key) => (rules.get(key) ?? []).filter((path) => rules.has(path))).map(
    (circle) =>
      finding("circularFormula", pointerTo(pointer, "properties", circle[0] ?? "", "x-options", "rule"), {
        path: circle.join(" → "),
      }),
  );
  const inRows = fields.flatMap((field) =>
    field.fields ? formulaCircles(model, field.fields, pointerTo(pointer, "properties", field.key, "items")) : [],
  );
  return [...own, ...inRows];
}

function requiredCircles(model: Model, entities: readonly Entity[]): Finding[] {
  const needed = (key: string) =>
    (model.entities.get(key)?.fields ?? [])
      .filter((field) => field.required)
      .flatMap((field) => model.kinds[field.kind]?.target?.(field.options) ?? []);
  return circles(
    entities.map(({ key }) => key),
    needed,
  ).map((circle) => finding("circularRequired", pointerTo("/entity", circle[0] ?? ""), { path: circle.join(" → ") }));
}

/** Each circle of a graph once, as the nodes on its way, the first again at its end. */
function circles(nodes: readonly string[], next: (node: string) => readonly string[]): string[][] {
  const done = new Set<string>();
  const way: string[] = [];
  const onWay = new Set<string>();
  const found: string[][] = [];
  const visit = (node: string): void => {
    if (onWay.has(node)) {
      found.push([...way.slice(way.indexOf(node)), node]);
      return;
    }
    if (done.has(node)) return;
    way.push(node);
    onWay.add(node);
    for (const other of next(node)) visit(other);
    way.pop();
    onWay.delete(node);
    done.add(node);
  };
  for (const node of nodes) visit(node);
  return found;
}
