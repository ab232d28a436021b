import type { Rule } from "@formwright/rules";
import type { LocalText } from "../common/text.ts";

/** `field` is a field key, a system field key, or a path through a reference such as "customer.name". */
export interface ViewColumn {
  readonly key: string;
  readonly field: string;
  /** In CSS pixels. */
  readonly width?: number;
}

export interface ViewSort {
  readonly field: string;
  readonly direction: "asc" | "desc";
}

interface ViewBase {
  readonly kind: "view";
  readonly key: string;
  readonly label: LocalText;
  readonly entity: string;
  readonly filter?: Rule;
  readonly sort?: readonly ViewSort[];
}

export interface ListView extends ViewBase {
  readonly type: "list";
  readonly columns: readonly ViewColumn[];
}

export interface KanbanView extends ViewBase {
  readonly type: "kanban";
  /** A stage or select field: one column for each of its values. */
  readonly groupBy: string;
  /** Fields shown on a card, below the title. */
  readonly card: readonly string[];
  /** A number or money field summed at the head of each column. */
  readonly sum?: string;
}

export type View = ListView | KanbanView;
