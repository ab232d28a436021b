import type { Choice, Entity, Field, Flow, KanbanView, Model } from "@formwright/model";
import type { Rule } from "@formwright/rules";
import { propertyAt } from "../model/properties.ts";
import { kindOf, stageChoices } from "../records/widget-environment.tsx";

/** A column of a board: one value of the field that it is grouped by; null for records that have none. */
export interface BoardColumn {
  readonly value: string | null;
  readonly choice: Choice | null;
}

/** What a board is grouped by. */
export interface BoardGrouping {
  readonly field: Field;
  /** Present when moving a card is a transition of this flow. */
  readonly flow: Flow | null;
  readonly columns: readonly BoardColumn[];
}

/** The columns of a board, in order; null when its field is not one of choices. */
export function groupingOf(model: Model, entity: Entity, view: KanbanView): BoardGrouping | null {
  const field = entity.fields.find((one) => one.key === view.groupBy);
  if (field === undefined) return null;
  const flow = field.kind === "stage" ? (model.flows.get(String(field.options.flow)) ?? null) : null;
  const choices = flow === null ? (kindOf(field).choices?.(field.options) ?? []) : stageChoices(model, flow.key);
  if (choices.length === 0) return null;
  const columns = choices
    .filter((choice) => choice.retired !== true)
    .map((choice): BoardColumn => ({ value: choice.value, choice }));
  const none: readonly BoardColumn[] = flow !== null || field.required ? [] : [{ value: null, choice: null }];
  return { field, flow, columns: [...none, ...columns] };
}

/** The records of one column. */
export function columnFilter(view: KanbanView, value: string | null): Rule {
  const own: Rule = value === null ? { isEmpty: [{ var: view.groupBy }] } : { "==": [{ var: view.groupBy }, value] };
  return view.filter === undefined || view.filter === null ? own : { and: [view.filter, own] };
}

/** What a move on the board is: nothing, not possible, a change of the field, or a transition. */
export type BoardMove =
  | { readonly is: "none" | "impossible" | "change" }
  /** `asks`: its dialog opens before anything is sent. */
  | { readonly is: "transition"; readonly asks: boolean };

export function moveOf(grouping: BoardGrouping, from: string | null, to: string | null): BoardMove {
  if (from === to) return { is: "none" };
  const { flow } = grouping;
  if (flow === null) return { is: "change" };
  const possible = flow.transitions.filter((one) => one.to === to && (one.from === from || one.from === "*"));
  const [first] = possible;
  if (first === undefined) return { is: "impossible" };
  return {
    is: "transition",
    asks: first.ask.length > 0 || first.requireComment === true || first.approval !== undefined,
  };
}

/** Paths that a card shows, the sum and the group among them. */
export function boardFields(model: Model, entity: Entity, view: KanbanView): readonly string[] {
  const shown = view.card.filter((path) => propertyAt(model, entity, path) !== null);
  return [...new Set([entity.titleField, view.groupBy, ...shown, ...(view.sum === undefined ? [] : [view.sum])])];
}
