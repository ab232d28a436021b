import { type Finding, finding, pointerTo } from "../common/finding.ts";
import { duplicateKeys, parseWith, withKeys } from "../common/parse-with.ts";
import type { Flow } from "./definition.ts";
import { FLOW_SCHEMA } from "./schema.ts";

/** Parses a stage flow; left out, a stage is open, records start in the first, and nothing is asked. */
export const parseFlow = parseWith<Flow>({
  schema: FLOW_SCHEMA,
  complete: (flow) => ({
    ...flow,
    start: flow.start ?? flow.stages[0]?.key ?? "",
    stages: flow.stages.map((stage) => ({
      ...stage,
      category: stage.category ?? "open",
      criteria: stage.criteria ?? [],
      required: stage.required ?? [],
      checklist: stage.checklist ?? [],
      onOverdue: stage.onOverdue ?? [],
    })),
    transitions: withKeys(flow.transitions, ({ from, to }) => `${from === "*" ? "any" : from}_to_${to}`).map(
      (transition) => ({ ...transition, roles: transition.roles ?? [], ask: transition.ask ?? [] }),
    ),
  }),
  check: (flow) => [
    ...duplicateKeys(flow.stages, "/stages"),
    ...duplicateKeys(flow.transitions, "/transitions"),
    ...flow.stages.flatMap((stage, at) => [
      ...duplicateKeys(stage.criteria, pointerTo("/stages", at, "criteria")),
      ...duplicateKeys(stage.checklist, pointerTo("/stages", at, "checklist")),
    ]),
    ...unknownStages(flow),
  ],
});

function unknownStages({ start, stages, transitions }: Flow): Finding[] {
  const known = new Set(stages.map(({ key }) => key));
  const look = (key: string, pointer: string) => (known.has(key) ? [] : [finding("unknownStage", pointer, { key })]);
  return [
    ...look(start, "/start"),
    ...transitions.flatMap(({ from, to }, at) => [
      ...(from === "*" ? [] : look(from, pointerTo("/transitions", at, "from"))),
      ...look(to, pointerTo("/transitions", at, "to")),
    ]),
  ];
}
