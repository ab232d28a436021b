import {
  checkRule,
  isVolatile,
  type Rule,
  type RuleScope,
  type RuleType,
  type Variable,
  variablesOf,
} from "@formwright/rules";
import { type Finding, finding } from "../common/finding.ts";
import type { FindingCode } from "../common/finding-messages.ts";
import type { Model, PublishedKind } from "../definition.ts";
import { fieldOf, systemField } from "../entity/fields-of.ts";
import { unmetNeed } from "./field-needs.ts";
import { definitionIn } from "./model-maps.ts";
import { resolvePath, targetOf } from "./resolve-path.ts";
import { fieldVariable, rowScope, ruleScope } from "./rule-scope.ts";
import type { Expectation, RulePlace, Visitor } from "./visitor.ts";

export interface Checking {
  readonly model: Model;
  /** `<kind>/<key>` of definitions that are there but did not parse. */
  readonly broken: ReadonlySet<string>;
  /** Of the definition that is visited. */
  readonly pointer: string;
  readonly kind: PublishedKind;
  readonly findings: Finding[];
}

const UNKNOWN: Readonly<Partial<Record<PublishedKind, FindingCode>>> = {
  entity: "unknownEntity",
  flow: "unknownFlow",
  approval: "unknownApproval",
  role: "unknownRole",
  view: "unknownView",
};

/** A visitor that turns whatever a definition leans on in vain into findings. */
export function checkingVisitor({ model, broken, pointer: base, kind: owner, findings }: Checking): Visitor {
  const report = (code: FindingCode, pointer: string, params: Parameters<typeof finding>[2]) => {
    findings.push(finding(code, base + pointer, params));
  };
  const isBroken = (entity: string) => broken.has(`entity/${entity}`) || !model.entities.has(entity);
  return {
    definition(pointer, kind, key) {
      if (definitionIn(model, kind, key) || broken.has(`${kind}/${key}`)) return;
      report(UNKNOWN[kind] ?? "unknownReference", pointer, { key });
    },

    field(pointer, entity, path, need) {
      // Of an entity that is not there, nothing more is said than that.
      if (isBroken(entity)) return;
      const found = resolvePath(model, entity, path);
      // A column of a subform has one value for each row: none that could be named here.
      const last = found?.length === path.split(".").length ? found.at(-1) : undefined;
      if (!last) report("unknownField", pointer, { entity, field: path });
      const unmet = last ? unmetNeed(model, last, need, base + pointer) : null;
      if (unmet) findings.push(unmet);
    },

    creation(pointer, entity, set) {
      for (const field of model.entities.get(entity)?.fields ?? []) {
        const fillsItself = field.default !== undefined || model.kinds[field.kind]?.flow !== undefined;
        if (!field.required || fillsItself || set.includes(field.key)) continue;
        report("requiredNotSet", pointer, { entity, field: field.key });
      }
    },

    stage(pointer, entity, field, stage) {
      const found = model.entities.get(entity);
      const stageField = found ? fieldOf(found, field) : null;
      const flow = stageField ? model.kinds[stageField.kind]?.flow?.(stageField.options) : undefined;
      const stages = flow === undefined ? undefined : model.flows.get(flow)?.stages;
      if (stages && !stages.some(({ key }) => key === stage)) report("unknownStage", pointer, { key: stage });
    },

    rule(pointer, place, rule, expected) {
      if (isBroken(place.entity)) return;
      const wanted = expectedVariable(model, expected);
      if (wanted === null) return;
      const { type, choices } = wanted;
      if (typeof rule === "string" && choices && !choices.includes(rule)) report("enum", pointer, { value: rule });
      const isFormula = owner === "entity" && pointer.endsWith("/x-options/rule");
      const scope = scopeAt(model, place);
      findings.push(
        ...(isFormula ? checkFormula(rule, base + pointer, scope, type) : checked(rule, base + pointer, scope, type)),
      );
    },

    targetOf(entity, field) {
      const found = resolvePath(model, entity, field)?.at(-1);
      return found ? targetOf(model, found) : null;
    },
  };
}

/** What a rule has to give; null when its field is not there, which has a finding of its own. */
function expectedVariable(model: Model, expected: Expectation): Pick<Variable, "type" | "choices"> | null {
  if (typeof expected === "string") return { type: expected };
  if ("type" in expected) return expected;
  const entity = model.entities.get(expected.entity);
  const field = entity ? fieldOf(entity, expected.field) : null;
  return field ? fieldVariable(model, field) : systemField(expected.field);
}

function scopeAt(model: Model, { entity, subform }: RulePlace): RuleScope {
  const field = subform === undefined ? null : fieldOf(model.entities.get(entity) as never, subform);
  return field ? rowScope(model, field) : ruleScope(model, entity);
}

function checked(rule: Rule, pointer: string, scope: RuleScope, type: RuleType): Finding[] {
  return checkRule(rule, scope, type).findings.map((one) => ({
    pointer: pointer + one.pointer,
    code: one.code,
    message: one.message,
    severity: "error",
  }));
}

/** A formula is a stored column: it reads its own row alone, and gives the same today and tomorrow, to anybody. */
function checkFormula(rule: Rule, pointer: string, scope: RuleScope, type: RuleType): Finding[] {
  const findings = checked(rule, pointer, scope, type);
  if (isVolatile(rule))
    findings.push(finding("volatileFormula", pointer, { operators: "today, now, me, myDepartment" }));
  for (const path of variablesOf(rule)) {
    if (path.includes(".") || scope.resolve(path)?.type === "records") {
      findings.push(finding("formulaReach", pointer, { field: path }));
    }
  }
  return findings;
}
