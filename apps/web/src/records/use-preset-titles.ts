import type { Entity } from "@formwright/model";
import { useQueries } from "@tanstack/react-query";
import { useWorkspace } from "../model/workspace-context.tsx";
import type { FormValues } from "./form-logic.ts";
import { fetchPage } from "./use-records.ts";
import { titleOf } from "./widget-environment.tsx";

type Titles = Readonly<Record<string, string | null>>;

/** The titles of the records that a new one starts with, where whoever opened the form did not know them. */
export function usePresetTitles(entity: Entity, preset: FormValues, known: Titles): Titles {
  const { slug, model } = useWorkspace();
  const wanted = entity.fields.flatMap((field) => {
    const id = preset[field.key];
    const target = model.entities.get(targetOf(field.kind, field.options.entity));
    return typeof id === "string" && target !== undefined && !(field.key in known)
      ? [{ key: field.key, id, target }]
      : [];
  });
  const answers = useQueries({
    queries: wanted.map(({ id, target }) => ({
      queryKey: ["records", slug, target.key, "title", id],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        fetchPage(
          slug,
          target.key,
          { filter: { "==": [{ var: "id" }, id] }, fields: [target.titleField], limit: 1 },
          signal,
        ),
    })),
  });
  const found = wanted.map(({ key, target }, index) => {
    const [record] = answers[index]?.data?.items ?? [];
    return [key, titleOf(record?.values[target.titleField])] as const;
  });
  return { ...Object.fromEntries(found.filter(([, title]) => title !== null)), ...known };
}

function targetOf(kind: string, entity: unknown): string {
  if (kind === "member" || kind === "department") return kind;
  return kind === "reference" ? String(entity) : "";
}
