import type { Entity } from "@formwright/model";
import { useState } from "react";
import { api } from "../api/api.ts";
import { reportProblem } from "../app/report-problem.ts";
import { useText } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { type ListQuery, recordsPath } from "../records/use-records.ts";

/** Saves the records of a list, filtered and sorted as on screen, as a file. */
export function useExport(entity: Entity) {
  const text = useText();
  const { slug } = useWorkspace();
  const [isBusy, setIsBusy] = useState(false);

  const run = async (format: "xlsx" | "csv", query: ListQuery) => {
    setIsBusy(true);
    try {
      const response = await api.open("GET", `${recordsPath(slug, entity.key)}/export`, {
        headers: { Accept: "*/*" },
        query: {
          format,
          filter: query.filter === null || query.filter === undefined ? undefined : JSON.stringify(query.filter),
          sort: query.sort === "" ? undefined : query.sort,
          q: query.q === "" ? undefined : query.q,
        },
      });
      save(await response.blob(), `${text(entity.plural ?? entity.label, entity.key)}.${format}`);
    } catch (error) {
      reportProblem(error);
    } finally {
      setIsBusy(false);
    }
  };
  return { run, isBusy };
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
