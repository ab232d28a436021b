import type { Visitor } from "../check/visitor.ts";
import { pointerTo } from "../common/finding.ts";
import type { KanbanView, ListView, View } from "./definition.ts";

/** A view leans on the fields that it shows, filters, sorts and groups by. */
export function visitView(view: View, visitor: Visitor): void {
  visitor.definition("/entity", "entity", view.entity);
  if (view.filter !== undefined) visitor.rule("/filter", { entity: view.entity }, view.filter, "boolean");
  (view.sort ?? []).forEach(({ field }, at) => {
    visitor.field(pointerTo("/sort", at, "field"), view.entity, field, "sortable");
  });
  if (view.type === "list") visitList(view, visitor);
  else visitBoard(view, visitor);
}

function visitList(view: ListView, visitor: Visitor): void {
  view.columns.forEach(({ field }, at) => {
    visitor.field(pointerTo("/columns", at, "field"), view.entity, field, "any");
  });
}

function visitBoard(view: KanbanView, visitor: Visitor): void {
  visitor.field("/groupBy", view.entity, view.groupBy, "board");
  view.card.forEach((field, at) => {
    visitor.field(pointerTo("/card", at), view.entity, field, "any");
  });
  if (view.sum !== undefined) visitor.field("/sum", view.entity, view.sum, "number");
}
