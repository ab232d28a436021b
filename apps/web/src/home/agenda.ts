import { type ListView, type Model, ruleToFilters } from "@formwright/model";
import type { Rule } from "@formwright/rules";
import { propertyAt } from "../model/properties.ts";

/** A list of mine with the date that it is about. */
export interface AgendaView {
  readonly view: ListView;
  readonly dateField: string;
}

const AT_MOST = 4;

/**
 * The lists that make up somebody's day: those whose filter asks for "owner is me" and that are sorted by a date. What a
 * workspace calls them does not matter, so every module brings its own agenda by having such a list.
 */
export function agendaViews(model: Model): readonly AgendaView[] {
  const found: AgendaView[] = [];
  for (const view of model.views.values()) {
    const entity = model.entities.get(view.entity);
    if (view.type !== "list" || entity === undefined || !isMine(view.filter)) continue;
    const dateField = view.sort?.[0]?.field;
    const kind = dateField === undefined ? undefined : propertyAt(model, entity, dateField)?.field.kind;
    if (dateField !== undefined && (kind === "date" || kind === "datetime")) found.push({ view, dateField });
  }
  return found.slice(0, AT_MOST);
}

/** True when a filter lets only my own records through. */
export function isMine(filter: Rule | undefined): boolean {
  if (filter === undefined || filter === null || typeof filter !== "object" || Array.isArray(filter)) return false;
  const parts = (filter as { readonly and?: unknown }).and;
  if (Array.isArray(parts)) return parts.some((part) => isMine(part as Rule));
  const group = ruleToFilters(filter);
  return group?.match === "all" && group.filters.some((one) => one.operator === "isMe");
}

/** Late, for today, or later. A date counts by its day, a moment by its day where the member is. */
export function dueState(value: string, today: string, dayOf: (iso: string) => string): "overdue" | "today" | "later" {
  const day = value.length > 10 ? dayOf(value) : value;
  if (day < today) return "overdue";
  return day === today ? "today" : "later";
}
