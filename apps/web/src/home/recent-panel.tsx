import type { Rule } from "@formwright/rules";
import { useQueries } from "@tanstack/react-query";
import { Link } from "react-router";
import { useFormat } from "../i18n/format.ts";
import { useT, useText } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { fetchPage } from "../records/use-records.ts";
import { titleOf } from "../records/widget-environment.tsx";
import { Icon } from "../shell/icon.tsx";
import css from "./home-page.module.css";

const ENTITIES = 8;
const EACH = 4;
const SHOWN = 8;

/** What I changed last, over all entities. */
export function RecentPanel() {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const { slug, model, me } = useWorkspace();
  const entities = [...model.entities.values()].filter((entity) => !entity.system).slice(0, ENTITIES);
  const lists = useQueries({
    queries: entities.map((entity) => ({
      queryKey: ["records", slug, entity.key, "recent", me.id],
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
        const filter: Rule = { "==": [{ var: "updated_by" }, { me: [] }] };
        const page = await fetchPage(
          slug,
          entity.key,
          { filter, sort: "-updated_at", fields: [entity.titleField], limit: EACH },
          signal,
        );
        return page.items.map((record) => ({ entity, record }));
      },
    })),
  });
  const items = lists
    .flatMap((list) => list.data ?? [])
    .sort((one, other) => other.record.updatedAt.localeCompare(one.record.updatedAt))
    .slice(0, SHOWN);
  if (items.length === 0) return null;
  return (
    <section className={`panel ${css.panel}`}>
      <header className={css.head}>
        <h2>{t("inbox.recent")}</h2>
      </header>
      <ul>
        {items.map(({ entity, record }) => (
          <li key={record.id} className={css.row}>
            <span className={css.icon} title={text(entity.label, entity.key)}>
              <Icon name={entity.icon} />
            </span>
            <Link to={`/w/${slug}/r/${entity.key}/${record.id}`} className={css.title}>
              {titleOf(record.values[entity.titleField]) ?? t("records.untitled")}
            </Link>
            <span className={css.due}>{format.moment(record.updatedAt)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
