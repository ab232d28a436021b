import type { Entity } from "@formwright/model";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { Ref } from "../api/wire.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { type FormValues, isEmptyValue } from "./form-logic.ts";
import { fetchPage } from "./use-records.ts";
import { titleOf } from "./widget-environment.tsx";

const PAUSE_MS = 350;

/** Records that look like the one being typed, by the entity's duplicate rules. Empty while nothing is known. */
export function useDuplicates(entity: Entity, values: FormValues): readonly Ref[] {
  const { slug } = useWorkspace();
  const filter = useMemo(() => duplicateFilter(entity, values), [entity, values]);
  const settled = useSettled(JSON.stringify(filter));
  const query = useQuery({
    queryKey: ["records", slug, entity.key, "duplicates", settled],
    queryFn: ({ signal }) =>
      fetchPage(slug, entity.key, { filter: JSON.parse(settled), fields: [entity.titleField], limit: 5 }, signal),
    enabled: settled !== "null",
    meta: {},
  });
  if (settled === "null") return [];
  return (query.data?.items ?? []).map(({ id, values: found }) => ({ id, title: titleOf(found[entity.titleField]) }));
}

/** A filter for what a duplicate rule would find; null when no rule has all its fields filled in. */
export function duplicateFilter(entity: Entity, values: FormValues) {
  const rules = entity.duplicates.filter((rule) => rule.fields.every((key) => !isEmptyValue(values[key])));
  if (rules.length === 0) return null;
  const matches = rules.map((rule) => ({
    and: rule.fields.map((key) => {
      const value = values[key] ?? null;
      const isText = typeof value === "string" && rule.match === "normalized" && isTextField(entity, key);
      return isText
        ? { "==": [{ lower: [{ var: key }] }, value.trim().toLowerCase()] }
        : { "==": [{ var: key }, value] };
    }),
  }));
  return matches.length === 1 ? (matches[0] ?? null) : { or: matches };
}

function isTextField(entity: Entity, key: string): boolean {
  const kind = entity.fields.find((field) => field.key === key)?.kind;
  return kind === "text" || kind === "email" || kind === "phone" || kind === "url";
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
