import { FIELD_KINDS, type FieldKindKey } from "@formwright/fields/model";
import { type WidgetEnvironment, widgetOf } from "@formwright/fields/widget";
import { type Choice, type Field, type Model, textIn } from "@formwright/model";
import { useMemo } from "react";
import { useLocale } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { useQuickCreate } from "./quick-create-context.tsx";
import { fetchPage } from "./use-records.ts";

const SUGGESTIONS = 20;

/** What widgets need from the screen, with lookups that ask the server. */
export function useWidgetEnvironment(): WidgetEnvironment {
  const locale = useLocale();
  const { slug, model, me } = useWorkspace();
  const quickCreate = useQuickCreate();
  return useMemo<WidgetEnvironment>(
    () => ({
      locale,
      timeZone: me.timeZone,
      entityLabel: (key) => textIn(model.entities.get(key)?.label, locale, key),
      stagesOf: (flow) => stageChoices(model, flow),
      readText: (field, text) =>
        kindOf(field).readText(text, field, {
          locale,
          timeZone: me.timeZone,
          stagesOf: (flow) => stageChoices(model, flow),
        }),
      widgetOf,
      lookup: {
        async search(entity, words, signal) {
          const target = model.entities.get(entity);
          if (target === undefined) return [];
          const page = await fetchPage(
            slug,
            entity,
            {
              fields: [target.titleField],
              limit: SUGGESTIONS,
              ...(words === "" ? { sort: "-updated_at" } : { q: words }),
            },
            signal,
          );
          return page.items.map((record) => ({ id: record.id, title: titleOf(record.values[target.titleField]) }));
        },
        create: quickCreate,
        canCreate: (entity) => {
          const target = model.entities.get(entity);
          return target !== undefined && !target.system && quickCreate !== undefined;
        },
        href: (entity, id) => (model.entities.get(entity)?.system === false ? `/w/${slug}/r/${entity}/${id}` : null),
      },
    }),
    [locale, slug, model, me.timeZone, quickCreate],
  );
}

/** The stages of a flow as choices with their colours. */
export function stageChoices(model: Model, flow: string): readonly Choice[] {
  return (model.flows.get(flow)?.stages ?? []).map(({ key, label, color, category }) => ({
    value: key,
    label,
    color: color ?? { open: "blue", won: "green", lost: "gray" }[category],
  }));
}

/** The kind of a field; an unknown one behaves as text. */
export function kindOf(field: Field) {
  return Object.hasOwn(FIELD_KINDS, field.kind) ? FIELD_KINDS[field.kind as FieldKindKey] : FIELD_KINDS.text;
}

/** A title as text. */
export function titleOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
