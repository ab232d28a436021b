import { duplicateKeys, parseWith, withKeys } from "../common/parse-with.ts";
import type { View } from "./definition.ts";
import { VIEW_SCHEMA } from "./schema.ts";

/** Parses a view; left out, sorting ascends and cards show the title alone. */
export const parseView = parseWith<View>({
  schema: VIEW_SCHEMA,
  complete: (view) => ({ ...(view.type === "list" ? completeList(view) : completeBoard(view)), ...sorted(view) }),
  check: (view) => (view.type === "list" ? duplicateKeys(view.columns, "/columns") : []),
});

function completeList(view: Extract<View, { type: "list" }>): View {
  return { ...view, columns: withKeys(view.columns, ({ field }) => field) };
}

function completeBoard(view: Extract<View, { type: "kanban" }>): View {
  return { ...view, card: view.card ?? [] };
}

function sorted({ sort }: View): Pick<View, "sort"> {
  return sort ? { sort: sort.map(({ field, direction }) => ({ field, direction: direction ?? "asc" })) } : {};
}
