import type { Entity, KanbanView } from "@formwright/model";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../api/api.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { recordsPath } from "../records/use-records.ts";

/** What stands at the head of a column. */
export interface ColumnFigures {
  readonly count: number;
  readonly sum: number | null;
}

interface Row {
  readonly n: number;
  readonly total?: number | null;
  readonly [field: string]: unknown;
}

/** Counts and sums of all columns in one question, and whether there is no card at all. */
export function useBoardFigures(
  entity: Entity,
  view: KanbanView,
  q: string,
): { readonly figures: ReadonlyMap<string | null, ColumnFigures>; readonly isEmpty: boolean } {
  const { slug } = useWorkspace();
  const hasSum = view.sum !== undefined && entity.fields.some((field) => field.key === view.sum);
  const query = useQuery({
    queryKey: ["records", slug, entity.key, "figures", view.key, q],
    queryFn: ({ signal }) =>
      api.post<{ readonly rows: readonly Row[] }>(
        recordsPath(slug, entity.key, "aggregate"),
        {
          ...(view.filter === undefined ? {} : { filter: view.filter }),
          ...(q === "" ? {} : { q }),
          groupBy: [{ field: view.groupBy }],
          measures: [{ fn: "count", as: "n" }, ...(hasSum ? [{ fn: "sum", field: view.sum, as: "total" }] : [])],
        },
        { signal, idempotencyKey: false },
      ),
    placeholderData: (before) => before,
  });
  const figures = useMemo(() => {
    const rows = query.data?.rows ?? [];
    return new Map(
      rows.map((row) => [(row[view.groupBy] ?? null) as string | null, { count: row.n, sum: row.total ?? null }]),
    );
  }, [query.data, view.groupBy]);
  return { figures, isEmpty: query.isSuccess && !query.isPlaceholderData && figures.size === 0 };
}
