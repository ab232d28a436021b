import type { RuleScope, Variable } from "@formwright/rules";
import type { Model } from "../definition.ts";
import type { Entity, Field } from "../entity/definition.ts";
import { fieldsByKey } from "../entity/fields-of.ts";
import { SYSTEM_FIELDS } from "../entity/system-fields.ts";

/** References that a path may walk: "customer.parent.owner.name" walks three. */
const MOST_STEPS = 3;
const SINCE = "_since";

/** What a scope needs of a model: whoever has only parsed entities so far can ask too. */
export type ScopeModel = Pick<Model, "entities" | "flows" | "kinds">;

const SYSTEM_TARGETS: Readonly<Record<string, string>> = { member: "member", department: "department" };

const SYSTEM_VARIABLES: ReadonlyMap<string, Variable> = new Map(
  SYSTEM_FIELDS.map(({ key, type, kind }) => {
    const entity = SYSTEM_TARGETS[kind];
    return [key, { type, ...(entity && { entity }) }];
  }),
);

/**
 * The variables of a rule on a record of an entity: its fields, the system fields, `<stage>_since`,
 * up to three references walked with dots, and subforms with the variables of their rows.
 *
 * @param entityKey an entity of the model; of an unknown one nothing resolves
 */
export function ruleScope(model: ScopeModel, entityKey: string): RuleScope {
  const entity = model.entities.get(entityKey);
  if (!entity) return { resolve: () => null };
  return remembering((path) => walk(model, entity, path.split(".")));
}

/** The variables of a rule inside the rows of a subform: the row's own fields, and references walked from them. */
export function rowScope(model: ScopeModel, field: Field): RuleScope {
  const fields = new Map((field.fields ?? []).map((one) => [one.key, one]));
  return remembering((path) => {
    const [first = "", ...rest] = path.split(".");
    const own = fields.get(first);
    const variable = own ? fieldVariable(model, own) : null;
    return variable && rest.length > 0 ? follow(model, variable, rest) : variable;
  });
}

function remembering(find: (path: string) => Variable | null): RuleScope {
  const found = new Map<string, Variable | null>();
  return {
    resolve(path) {
      const known = found.get(path);
      if (known !== undefined) return known;
      const variable = find(path);
      found.set(path, variable);
      return variable;
    },
  };
}

function walk(model: ScopeModel, entity: Entity, path: readonly string[]): Variable | null {
  const [first = "", ...rest] = path;
  const variable = variableOf(model, entity, first);
  return variable && rest.length > 0 ? follow(model, variable, rest) : variable;
}

function follow(model: ScopeModel, start: Variable, path: readonly string[]): Variable | null {
  if (path.length > MOST_STEPS) return null;
  let variable: Variable | null = start;
  for (const key of path) {
    const entity: Entity | undefined = variable?.type === "id" ? model.entities.get(variable.entity ?? "") : undefined;
    variable = entity ? variableOf(model, entity, key) : null;
    // The rows of another record are not at hand where a rule runs.
    if (!variable || variable.type === "records") return null;
  }
  return variable;
}

function variableOf(model: ScopeModel, entity: Entity, key: string): Variable | null {
  const fields = fieldsByKey(entity);
  const field = fields.get(key);
  if (field) return fieldVariable(model, field);
  const stage = key.endsWith(SINCE) ? fields.get(key.slice(0, -SINCE.length)) : undefined;
  if (stage && model.kinds[stage.kind]?.flow) return { type: "datetime" };
  return SYSTEM_VARIABLES.get(key) ?? null;
}

/** What a rule sees of a field. */
export function fieldVariable(model: ScopeModel, field: Field): Variable | null {
  const kind = model.kinds[field.kind];
  if (!kind) return null;
  const type = kind.ruleType(field.options);
  const entity = kind.target?.(field.options);
  const choices =
    kind.choices?.(field.options).map(({ value }) => value) ?? stagesOf(model, kind.flow?.(field.options));
  return {
    type,
    ...(entity && { entity }),
    ...(choices && { choices }),
    ...(type === "records" && { row: rowScope(model, field) }),
  };
}

function stagesOf(model: ScopeModel, flow: string | undefined): readonly string[] | undefined {
  return flow === undefined ? undefined : model.flows.get(flow)?.stages.map(({ key }) => key);
}
