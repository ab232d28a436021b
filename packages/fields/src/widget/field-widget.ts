import type { FieldWidget } from "../widget-kind.ts";

type Usual = "Cell" | "align" | "width" | "isWide";

/** A widget from what is its own: without a cell of its own it reads there as on the record page. */
export function fieldWidget(own: Omit<FieldWidget, Usual> & Partial<Pick<FieldWidget, Usual>>): FieldWidget {
  return { Cell: own.Read, align: "left", width: 160, isWide: false, ...own };
}
