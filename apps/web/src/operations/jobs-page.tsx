import { ClockCircleOutlined, CloseOutlined, RedoOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Segmented, Table } from "antd";
import { useSearchParams } from "react-router";
import { api } from "../api/api.ts";
import { path } from "../api/client.ts";
import { Pill } from "../designer/pill.tsx";
import { useT } from "../i18n/locale.ts";
import type { MessageKey } from "../i18n/messages.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { Moment } from "../releases/moment.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import css from "./operations.module.css";
import { JOB_STATES, type JobJson, type JobState, useOperationPages } from "./operations-api.ts";
import { OperationsHeader } from "./operations-header.tsx";

const STATES = {
  waiting: { label: "operations.jobWaiting", color: "blue" },
  queued: { label: "operations.jobQueued", color: "gold" },
  done: { label: "operations.jobDone", color: "green" },
  failed: { label: "operations.jobFailed", color: "red" },
  cancelled: { label: "operations.jobCancelled", color: undefined },
} as const satisfies Record<JobState, { label: MessageKey; color: string | undefined }>;

const KINDS: Readonly<Record<string, MessageKey>> = {
  timer: "operations.kindTimer",
  automation: "operations.kindAutomation",
  mail: "operations.kindMail",
  import: "operations.kindImport",
  index: "operations.kindIndex",
};

interface JobPage {
  readonly items: readonly JobJson[];
  readonly nextCursor: string | null;
  readonly counts?: Partial<Readonly<Record<JobState, number>>>;
}

/** `/admin/jobs`: what runs behind the screens; what failed can be run again or dropped. */
export function JobsPage() {
  const t = useT();
  const { slug } = useWorkspace();
  const { message, modal } = App.useApp();
  const queryClient = useQueryClient();
  const [params, setParams] = useSearchParams();
  const state = JOB_STATES.find((item) => item === params.get("state")) ?? null;
  const jobs = useOperationPages<JobJson, JobPage>("jobs", state ? { state } : {});
  const act = useMutation({
    mutationFn: ({ job, action }: { readonly job: JobJson; readonly action: "retry" | "drop" }) =>
      api.post<null>(path("w", slug, "jobs", job.id, action)),
    onSuccess: (_, { action }) => {
      void message.success(t(action === "retry" ? "operations.retried" : "operations.dropped"));
      return queryClient.invalidateQueries({ queryKey: ["jobs", slug] });
    },
  });
  if (jobs.isError) return <NotFoundPage error={jobs.error} onRetry={() => void jobs.refetch()} />;
  const counts = jobs.data?.pages[0]?.counts ?? {};
  const askDrop = (job: JobJson) =>
    modal.confirm({
      title: t("operations.dropTitle"),
      content: t("operations.dropHint"),
      okText: t("operations.drop"),
      okButtonProps: { danger: true },
      onOk: () => act.mutateAsync({ job, action: "drop" }),
    });

  return (
    <div>
      <OperationsHeader page="jobs" icon={<ClockCircleOutlined />} />
      <div className={css.filter}>
        <Segmented
          value={state ?? "all"}
          onChange={(next) => setParams(next === "all" ? {} : { state: String(next) }, { replace: true })}
          options={[
            { value: "all", label: t("common.all") },
            ...JOB_STATES.map((item) => ({ value: item, label: `${t(STATES[item].label)} ${counts[item] ?? 0}` })),
          ]}
        />
      </div>
      <Table<JobJson>
        size="small"
        rowKey="id"
        dataSource={jobs.data?.pages.flatMap((page) => page.items) ?? []}
        loading={jobs.isPending}
        pagination={false}
        scroll={{ x: 720 }}
        locale={{ emptyText: <EmptyState compact title={t("operations.noJobs")} hint={t("operations.noJobsHint")} /> }}
        expandable={{
          expandedRowRender: (job) => (
            <>
              {job.lastError && <pre className={css.error}>{job.lastError}</pre>}
              <pre className={css.json}>{JSON.stringify(job.payload, null, 2)}</pre>
            </>
          ),
        }}
        columns={[
          {
            title: t("operations.kind"),
            key: "kind",
            render: (_, job) => (KINDS[job.kind] ? t(KINDS[job.kind] as MessageKey) : job.kind),
          },
          { title: t("operations.runAt"), key: "runAt", render: (_, job) => <Moment at={job.runAt} /> },
          {
            title: t("operations.state"),
            key: "state",
            render: (_, job) => <Pill color={STATES[job.state].color}>{t(STATES[job.state].label)}</Pill>,
          },
          {
            title: t("operations.error"),
            key: "error",
            render: (_, job) => (
              <>
                {job.attempts > 0 && <span className="muted">{t("operations.attempts", { n: job.attempts })} </span>}
                {job.lastError && <span className={css.short}>{job.lastError.split("\n")[0]}</span>}
              </>
            ),
          },
          {
            key: "actions",
            width: 96,
            render: (_, job) => (
              <span className={css.actions}>
                {(job.state === "failed" || job.state === "cancelled") && (
                  <Button
                    size="small"
                    type="text"
                    icon={<RedoOutlined />}
                    title={t("operations.retry")}
                    aria-label={t("operations.retry")}
                    onClick={() => act.mutate({ job, action: "retry" })}
                  />
                )}
                {(job.state === "failed" || job.state === "waiting") && (
                  <Button
                    size="small"
                    type="text"
                    danger
                    icon={<CloseOutlined />}
                    title={t("operations.drop")}
                    aria-label={t("operations.drop")}
                    onClick={() => askDrop(job)}
                  />
                )}
              </span>
            ),
          },
        ]}
      />
      <MoreButton pages={jobs} />
    </div>
  );
}

interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

/** Loads the next page of a list; nothing when there is none. */
export function MoreButton({ pages }: { readonly pages: Pages }) {
  const t = useT();
  if (!pages.hasNextPage) return null;
  return (
    <Button
      block
      loading={pages.isFetchingNextPage}
      onClick={() => void pages.fetchNextPage()}
      style={{ marginTop: 8 }}
    >
      {t("common.loadMore")}
    </Button>
  );
}
