import type { Flow, LocalText, Stage, Transition } from "@formwright/model";
import {
  evaluate,
  type RuleData,
  type RuleEnvironment,
  type RuleScope,
  type RuleValue,
  variablesOf,
} from "@formwright/rules";

/** One thing that a transition still needs, in words. */
export interface Missing {
  readonly kind: "field" | "criterion" | "checklist" | "comment";
  /** The field, criterion or checklist item; "comment" for a comment. */
  readonly key: string;
  /** Fields of the record that would satisfy it: itself for a field, those that the rule reads for a criterion. */
  readonly fields: readonly string[];
  readonly label: LocalText;
  readonly message: LocalText;
}

/** Who ticked an item of the checklist, and when. */
export interface Tick {
  readonly by: string | null;
  readonly at: string;
}

export interface StageContext {
  readonly record: RuleData;
  readonly environment: RuleEnvironment;
  /** The types of the record's variables: rules then read values exactly as SQL does. */
  readonly scope?: RuleScope;
  /** Ticks of the present stage by item key. */
  readonly ticks: ReadonlyMap<string, Tick>;
  /** The label of a field, for messages. */
  labelOf(field: string): LocalText;
}

/** Is it a move ahead, which the stage's exit criteria guard? A step later in order, unless the deal is given up. */
export function isForward(flow: Flow, from: Stage | null, to: Stage): boolean {
  if (!from || to.category === "lost") return false;
  return flow.stages.indexOf(to) > flow.stages.indexOf(from);
}

/** Everything that keeps a record from this transition, at once. Comments are not looked at: see `decideMove`. */
export function missingFor(flow: Flow, from: Stage | null, transition: Transition, context: StageContext): Missing[] {
  const to = flow.stages.find((stage) => stage.key === transition.to);
  if (!to) return [];
  const checksExit = from !== null && (transition.checksExit ?? isForward(flow, from, to));
  const exit = checksExit ? from : null;
  const required = new Set([...(exit && exit.category === "open" ? exit.required : []), ...transition.ask]);
  if (to.category !== "open") for (const field of to.required) required.add(field);
  return [
    ...[...required].filter((field) => isEmpty(context.record[field])).map((field) => missingField(field, context)),
    ...(exit ? missingCriteria(exit, context) : []),
    ...(exit ? missingTicks(exit, context) : []),
  ];
}

function missingField(field: string, context: StageContext): Missing {
  const label = context.labelOf(field);
  const message = {
    en: `Fill in “${label.en ?? field}”.`,
    "zh-CN": `请填写“${label["zh-CN"] ?? label.en ?? field}”。`,
  };
  return { kind: "field", key: field, fields: [field], label, message };
}

function missingCriteria(stage: Stage, { record, environment, scope }: StageContext): Missing[] {
  return stage.criteria
    .filter((criterion) => evaluate(criterion.rule, record, environment, scope) !== true)
    .map(({ key, label, help, rule }) => {
      const fields = [...new Set(variablesOf(rule).map((path) => path.split(".")[0] ?? path))];
      return { kind: "criterion", key, fields, label, message: help ?? label };
    });
}

function missingTicks(stage: Stage, { ticks }: StageContext): Missing[] {
  return stage.checklist
    .filter((item) => item.required && !ticks.has(item.key))
    .map(({ key, label }) => ({
      kind: "checklist",
      key,
      fields: [],
      label,
      message: {
        en: `Tick “${label.en ?? key}” on the checklist.`,
        "zh-CN": `请在清单中完成“${label["zh-CN"] ?? label.en ?? key}”。`,
      },
    }));
}

export function isEmpty(value: RuleValue | RuleData | undefined): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
