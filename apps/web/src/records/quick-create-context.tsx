import type { TitledRecord } from "@formwright/fields/widget";
import { createContext, use } from "react";

/** Opens the form for a new record over the page, and gives the record when it was saved. */
export type QuickCreate = (
  entity: string,
  title: string,
  preset?: Readonly<Record<string, unknown>>,
) => Promise<TitledRecord | null>;

export const QuickCreateContext = createContext<QuickCreate | undefined>(undefined);

export function useQuickCreate(): QuickCreate | undefined {
  return use(QuickCreateContext);
}
