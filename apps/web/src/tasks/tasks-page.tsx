import { CheckSquareOutlined } from "@ant-design/icons";
import { STATE_WORDS } from "@formwright/steps/panel";
import { Skeleton, Tabs } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { TaskJson } from "../api/wire.ts";
import { useFormat } from "../i18n/format.ts";
import { useT, useText } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { type StartedJson, type TaskBox, useStartedApprovals, useTasks } from "../process/approvals.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { Icon } from "../shell/icon.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import css from "./tasks-page.module.css";

/** Approvals: what waits for me, what I decided, what I started. */
export function TasksPage() {
  const t = useT();
  const [box, setBox] = useState<TaskBox>("open");
  const open = useTasks("open");
  const count = open.data?.counts.open ?? 0;
  return (
    <>
      <PageHeader icon={<CheckSquareOutlined aria-hidden />} title={t("process.tasks")} hint={t("process.tasksHint")} />
      <Tabs
        activeKey={box}
        onChange={(key) => setBox(key as TaskBox)}
        items={[
          { key: "open", label: count > 0 ? `${t("process.tasksOpen")} (${count})` : t("process.tasksOpen") },
          { key: "done", label: t("process.tasksDone") },
          { key: "started", label: t("process.tasksStarted") },
        ]}
      />
      <div className="panel" style={{ maxWidth: 860, overflow: "hidden" }}>
        {box === "started" ? <Started /> : <Tasks key={box} box={box} />}
      </div>
    </>
  );
}

function Tasks({ box }: { readonly box: "open" | "done" }) {
  const t = useT();
  const tasks = useTasks(box);
  const items = tasks.data?.items ?? [];
  if (tasks.isPending) return <Skeleton active style={{ padding: 16 }} />;
  if (items.length === 0) {
    return (
      <EmptyState
        icon={<CheckSquareOutlined aria-hidden />}
        title={box === "open" ? t("process.noTasks") : t("process.noneDone")}
        hint={box === "open" ? t("process.noTasksHint") : undefined}
      />
    );
  }
  return (
    <ul>
      {items.map((task) => (
        <TaskRow key={task.id} task={task} />
      ))}
    </ul>
  );
}

function Started() {
  const t = useT();
  const started = useStartedApprovals();
  const items = started.data?.items ?? [];
  if (started.isPending) return <Skeleton active style={{ padding: 16 }} />;
  if (items.length === 0)
    return <EmptyState icon={<CheckSquareOutlined aria-hidden />} title={t("process.noneDone")} />;
  return (
    <ul>
      {items.map((approval) => (
        <StartedRow key={approval.id} approval={approval} />
      ))}
    </ul>
  );
}

/** One task, with the way to the record where it is decided. */
export function TaskRow({ task }: { readonly task: TaskJson }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const { slug, model } = useWorkspace();
  const entity = model.entities.get(task.entity);
  const isLate = task.dueAt !== null && new Date(task.dueAt) < new Date();
  return (
    <li className={css.row}>
      <span className={css.icon}>
        <Icon name={entity?.icon} />
      </span>
      <div className={css.text}>
        <Link to={`/w/${slug}/r/${task.entity}/${task.record.id}`} className={css.title}>
          {task.record.title ?? t("records.untitled")}
        </Link>
        <p className={css.hint}>
          {[
            text(task.approval.label, task.approval.key),
            text(task.step.label, task.step.key),
            task.startedBy === null ? "" : t("process.startedByWho", { who: task.startedBy.title ?? "" }),
            task.decision === null ? "" : text(STATE_WORDS[DECIDED[task.decision] ?? ""], task.decision),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      <span className={isLate ? css.late : css.time}>
        {task.dueAt === null
          ? format.moment(task.closedAt ?? task.createdAt)
          : t("process.due", { time: format.moment(task.dueAt) })}
      </span>
    </li>
  );
}

const DECIDED: Readonly<Record<string, string>> = { approve: "approved", reject: "rejected", return: "returned" };

function StartedRow({ approval }: { readonly approval: StartedJson }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const { slug, model } = useWorkspace();
  return (
    <li className={css.row}>
      <span className={css.icon}>
        <Icon name={model.entities.get(approval.entity)?.icon} />
      </span>
      <div className={css.text}>
        <Link to={`/w/${slug}/r/${approval.entity}/${approval.record.id}`} className={css.title}>
          {approval.record.title ?? t("records.untitled")}
        </Link>
        <p className={css.hint}>
          {text(approval.approval.label, approval.approval.key)} · {text(STATE_WORDS[approval.state], approval.state)}
        </p>
      </div>
      <span className={css.time}>{format.moment(approval.startedAt)}</span>
    </li>
  );
}
