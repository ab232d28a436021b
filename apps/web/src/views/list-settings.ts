import type { FilterGroup, ListView, Model, ViewSort } from "@formwright/model";
import { filtersToRule } from "@formwright/model";
import type { Rule, RuleType } from "@formwright/rules";
import { propertyAt } from "../model/properties.ts";
import { kindOf } from "../records/widget-environment.tsx";

/** What somebody changed about a view while looking at it, and may keep as a view of their own. */
export interface ListSettings {
  readonly q: string;
  readonly filter: FilterGroup;
  readonly sort: readonly ViewSort[];
  /** Paths of the columns, in order. */
  readonly columns: readonly string[];
}

export const NO_FILTER: FilterGroup = { match: "all", filters: [] };

/** A view as it is defined. */
export function settingsOf(view: ListView): ListSettings {
  return { q: "", filter: NO_FILTER, sort: view.sort ?? [], columns: view.columns.map((column) => column.field) };
}

/** The view's own filter together with what somebody added to it. */
export function combinedFilter(model: Model, view: ListView, filter: FilterGroup): Rule | null {
  const entity = model.entities.get(view.entity);
  const typeOf = (path: string): RuleType | null => {
    const property = entity === undefined ? null : propertyAt(model, entity, path);
    return property === null ? null : kindOf(property.field).ruleType(property.field.options);
  };
  const added = filter.filters.length === 0 ? null : filtersToRule(filter, typeOf);
  if (view.filter === undefined || view.filter === null) return added;
  return added === null ? view.filter : { and: [view.filter, added] };
}

/** Sort keys as on the wire: "-amount,name". */
export function sortText(sort: readonly ViewSort[]): string {
  return sort.map(({ field, direction }) => (direction === "desc" ? `-${field}` : field)).join(",");
}

/** The sort after a click on a column's head: up, down, then as the view says. */
export function nextSort(sort: readonly ViewSort[], field: string, standard: readonly ViewSort[]): readonly ViewSort[] {
  const [first] = sort;
  if (first?.field !== field) return [{ field, direction: "asc" }];
  return first.direction === "asc" ? [{ field, direction: "desc" }] : standard;
}

/** Do both show the same list? */
export function isSameList(one: ListSettings, other: ListSettings): boolean {
  return (
    one.q === other.q &&
    JSON.stringify(one.filter) === JSON.stringify(other.filter) &&
    sortText(one.sort) === sortText(other.sort) &&
    one.columns.join() === other.columns.join()
  );
}

export function isChanged(view: ListView, settings: ListSettings): boolean {
  const isFiltered = settings.filter.filters.length > 0;
  return !isSameList({ ...settings, filter: isFiltered ? settings.filter : NO_FILTER }, settingsOf(view));
}

/** Settings kept in the address, so that a reload and a shared link show the same list. */
export function settingsToParams(view: ListView, settings: ListSettings): URLSearchParams {
  const params = new URLSearchParams();
  const standard = settingsOf(view);
  if (settings.q !== "") params.set("q", settings.q);
  if (settings.filter.filters.length > 0) params.set("filter", JSON.stringify(settings.filter));
  if (sortText(settings.sort) !== sortText(standard.sort)) params.set("sort", sortText(settings.sort));
  if (settings.columns.join() !== standard.columns.join()) params.set("columns", settings.columns.join(","));
  return params;
}

export function settingsFromParams(view: ListView, params: URLSearchParams): ListSettings {
  const standard = settingsOf(view);
  const sort = params.get("sort");
  const columns = params.get("columns");
  return {
    q: params.get("q") ?? "",
    filter: readFilter(params.get("filter")),
    sort: sort === null ? standard.sort : readSort(sort),
    columns: columns === null ? standard.columns : columns.split(",").filter(Boolean),
  };
}

export function readSort(text: string): readonly ViewSort[] {
  return text
    .split(",")
    .filter(Boolean)
    .map((part) =>
      part.startsWith("-") ? { field: part.slice(1), direction: "desc" } : { field: part, direction: "asc" },
    );
}

function readFilter(text: string | null): FilterGroup {
  if (text === null) return NO_FILTER;
  try {
    const group = JSON.parse(text) as FilterGroup;
    const isGroup = (group.match === "all" || group.match === "any") && Array.isArray(group.filters);
    return isGroup ? group : NO_FILTER;
  } catch {
    return NO_FILTER;
  }
}
