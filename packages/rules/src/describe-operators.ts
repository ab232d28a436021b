import type { OperatorGroup } from "./operator.ts";
import { OPERATORS } from "./operators/index.ts";

/** What an editor of rules needs to know of an operator. */
export interface OperatorDescription {
  readonly key: string;
  readonly group: OperatorGroup;
  readonly label: { readonly en: string; readonly "zh-CN": string };
  /** Least and most arguments; Infinity when there is no most. */
  readonly arity: readonly [number, number];
  /** The result depends on who asks or when. */
  readonly isVolatile: boolean;
}

/** Every operator of the dialect, grouped, in the order in which they are offered. */
export function describeOperators(): readonly OperatorDescription[] {
  return Object.values(OPERATORS).map(({ key, group, label, arity, isVolatile }) => ({
    key,
    group,
    label,
    arity,
    isVolatile: isVolatile ?? false,
  }));
}
