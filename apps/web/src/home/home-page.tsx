import { HomeOutlined } from "@ant-design/icons";
import type { ListView } from "@formwright/model";
import { Skeleton } from "antd";
import { Link } from "react-router";
import { useFormat } from "../i18n/format.ts";
import { useT, useText } from "../i18n/locale.ts";
import { NotificationRow } from "../inbox/inbox-page.tsx";
import { useMarkRead, useNotifications } from "../inbox/notifications.ts";
import { useMe, useWorkspace } from "../model/workspace-context.tsx";
import { useTasks } from "../process/approvals.ts";
import { useRecordList } from "../records/use-records.ts";
import { titleOf } from "../records/widget-environment.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { Icon } from "../shell/icon.tsx";
import { appMenus } from "../shell/menu-items.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { TaskRow } from "../tasks/tasks-page.tsx";
import { sortText } from "../views/list-settings.ts";
import { agendaViews, dueState } from "./agenda.ts";
import css from "./home-page.module.css";
import { RecentPanel } from "./recent-panel.tsx";

/** What needs me today: decisions, what is due by my views, news, and what I worked on last. */
export function HomePage() {
  const t = useT();
  const me = useMe();
  const { model } = useWorkspace();
  const agenda = agendaViews(model);
  return (
    <>
      <PageHeader
        icon={<HomeOutlined aria-hidden />}
        title={t("inbox.hello", { name: me.name })}
        hint={t("inbox.homeHint")}
      />
      <div className={css.columns}>
        <div className={css.column}>
          <TasksPanel />
          {agenda.map(({ view, dateField }) => (
            <AgendaPanel key={view.key} view={view} dateField={dateField} />
          ))}
        </div>
        <div className={css.column}>
          <InboxPanel />
          <RecentPanel />
        </div>
      </div>
    </>
  );
}

function TasksPanel() {
  const t = useT();
  const { slug } = useWorkspace();
  const tasks = useTasks("open", 6);
  const items = tasks.data?.items ?? [];
  return (
    <Panel title={t("inbox.waiting")} to={`/w/${slug}/tasks`}>
      {tasks.isPending && <Skeleton active paragraph={{ rows: 1 }} className={css.wait} />}
      {tasks.isSuccess && items.length === 0 && <EmptyState compact title={t("process.noTasks")} />}
      <ul>
        {items.map((task) => (
          <TaskRow key={task.id} task={task} />
        ))}
      </ul>
    </Panel>
  );
}

interface AgendaProps {
  readonly view: ListView;
  readonly dateField: string;
}

/** One of my lists, by date: what is late stands out. */
function AgendaPanel({ view, dateField }: AgendaProps) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const { slug, model } = useWorkspace();
  const entity = model.entities.get(view.entity);
  const list = useRecordList(
    view.entity,
    {
      filter: { and: [view.filter ?? true, { "!": [{ isEmpty: [{ var: dateField }] }] }] },
      sort: sortText([{ field: dateField, direction: "asc" }]),
      fields: [entity?.titleField ?? "", dateField],
      limit: 6,
    },
    entity !== undefined,
  );
  if (entity === undefined) return null;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const app = appMenus(model).find(({ groups }) =>
    groups.some(({ entries }) => entries.some(({ entry }) => entry.type === "view" && entry.view === view.key)),
  );
  const to = app === undefined ? `/w/${slug}/r/${entity.key}` : `/w/${slug}/a/${app.app.key}/v/${view.key}`;
  return (
    <Panel title={text(view.label, view.key)} to={to} icon={<Icon name={entity.icon} />}>
      {list.isPending && <Skeleton active paragraph={{ rows: 2 }} className={css.wait} />}
      {list.isSuccess && items.length === 0 && <EmptyState compact title={t("inbox.nothingOpen")} />}
      <ul>
        {items.map((record) => {
          const value = record.values[dateField];
          const date = typeof value === "string" ? value : "";
          const state = dueState(date, format.day(new Date().toISOString()), format.day);
          return (
            <li key={record.id} className={css.row}>
              <Link to={`/w/${slug}/r/${entity.key}/${record.id}`} className={css.title}>
                {titleOf(record.values[entity.titleField]) ?? t("records.untitled")}
              </Link>
              <span className={`${css.due} ${css[state]}`}>
                {date.length > 10 ? format.moment(date) : date}
                {state === "overdue" && ` · ${t("inbox.overdue")}`}
                {state === "today" && ` · ${t("inbox.dueToday")}`}
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function InboxPanel() {
  const t = useT();
  const { slug } = useWorkspace();
  const list = useNotifications(false);
  const markRead = useMarkRead();
  const items = (list.data?.pages[0]?.items ?? []).slice(0, 5);
  return (
    <Panel title={t("inbox.latest")} to={`/w/${slug}/inbox`}>
      {list.isPending && <Skeleton active paragraph={{ rows: 2 }} className={css.wait} />}
      {list.isSuccess && items.length === 0 && (
        <EmptyState compact title={t("inbox.empty")} hint={t("inbox.emptyHint")} />
      )}
      <ul>
        {items.map((item) => (
          <NotificationRow key={item.id} item={item} onRead={() => markRead.mutate([item.id])} />
        ))}
      </ul>
    </Panel>
  );
}

interface PanelProps {
  readonly title: string;
  readonly to: string;
  readonly icon?: React.ReactNode;
  readonly children: React.ReactNode;
}

function Panel({ title, to, icon, children }: PanelProps) {
  const t = useT();
  return (
    <section className={`panel ${css.panel}`}>
      <header className={css.head}>
        {icon}
        <h2>{title}</h2>
        <Link to={to} aria-label={`${t("inbox.showAll")}: ${title}`}>
          {t("inbox.showAll")}
        </Link>
      </header>
      {children}
    </section>
  );
}
