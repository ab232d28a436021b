import { ThunderboltOutlined } from "@ant-design/icons";
import type { Json, JsonObject } from "@formwright/model";
import { Segmented, Select, Table } from "antd";
import { Link, useSearchParams } from "react-router";
import { Pill } from "../designer/pill.tsx";
import { useT, useText } from "../i18n/locale.ts";
import type { MessageKey } from "../i18n/messages.ts";
import { useModel, useWorkspace } from "../model/workspace-context.tsx";
import { Moment } from "../releases/moment.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { MoreButton } from "./jobs-page.tsx";
import css from "./operations.module.css";
import { RUN_STATES, type RunJson, type RunState, useOperationPages } from "./operations-api.ts";
import { OperationsHeader } from "./operations-header.tsx";

const STATES = {
  done: { label: "operations.runDone", color: "green" },
  skipped: { label: "operations.runSkipped", color: undefined },
  failed: { label: "operations.runFailed", color: "red" },
} as const satisfies Record<RunState, { label: MessageKey; color: string | undefined }>;

/** `/admin/runs`: what automations did, on which record, step by step. */
export function RunsPage() {
  const t = useT();
  const text = useText();
  const { slug } = useWorkspace();
  const model = useModel();
  const [params, setParams] = useSearchParams();
  const state = RUN_STATES.find((item) => item === params.get("state")) ?? null;
  const automation = params.get("automation");
  const runs = useOperationPages<RunJson>("runs", {
    ...(state ? { state } : {}),
    ...(automation ? { automation } : {}),
  });
  if (runs.isError) return <NotFoundPage error={runs.error} onRetry={() => void runs.refetch()} />;
  const choose = (name: string, value: string | null) => {
    const next = new URLSearchParams(params);
    if (value === null) next.delete(name);
    else next.set(name, value);
    setParams(next, { replace: true });
  };
  const automations = [...model.automations.values()].map((item) => ({
    value: item.key,
    label: text(item.label, item.key),
  }));
  return (
    <div>
      <OperationsHeader page="runs" icon={<ThunderboltOutlined />} />
      <div className={css.filter}>
        <Segmented
          value={state ?? "all"}
          onChange={(next) => choose("state", next === "all" ? null : String(next))}
          options={[
            { value: "all", label: t("common.all") },
            ...RUN_STATES.map((item) => ({ value: item, label: t(STATES[item].label) })),
          ]}
        />
        <Select
          allowClear
          value={automation}
          placeholder={t("operations.automation")}
          aria-label={t("operations.automation")}
          showSearch={{ optionFilterProp: "label" }}
          popupMatchSelectWidth={false}
          style={{ minWidth: 220 }}
          options={automations}
          onChange={(value: string | null | undefined) => choose("automation", value ?? null)}
        />
      </div>
      <Table<RunJson>
        size="small"
        rowKey="id"
        dataSource={runs.data?.pages.flatMap((page) => page.items) ?? []}
        loading={runs.isPending}
        pagination={false}
        scroll={{ x: 680 }}
        locale={{ emptyText: <EmptyState compact title={t("operations.noRuns")} hint={t("operations.noRunsHint")} /> }}
        expandable={{ expandedRowRender: (run) => <RunDetail run={run} /> }}
        columns={[
          {
            title: t("operations.started"),
            key: "startedAt",
            width: 170,
            render: (_, run) => <Moment at={run.startedAt} />,
          },
          {
            title: t("operations.automation"),
            key: "automation",
            render: (_, run) => text(model.automations.get(run.automation)?.label, run.automation),
          },
          {
            title: t("operations.record"),
            key: "record",
            render: (_, run) => (
              <Link to={`/w/${slug}/r/${run.entity}/${run.recordId}`}>
                {text(model.entities.get(run.entity)?.label, run.entity)}
              </Link>
            ),
          },
          {
            title: t("operations.state"),
            key: "state",
            render: (_, run) => <Pill color={STATES[run.state].color}>{t(STATES[run.state].label)}</Pill>,
          },
          {
            title: t("operations.error"),
            key: "error",
            render: (_, run) => run.error && <span className={css.short}>{run.error.split("\n")[0]}</span>,
          },
        ]}
      />
      <MoreButton pages={runs} />
    </div>
  );
}

function RunDetail({ run }: { readonly run: RunJson }) {
  const t = useT();
  const model = useModel();
  const text = useText();
  const labels = new Map(
    (model.automations.get(run.automation)?.steps ?? []).map((step) => [step.key, text(step.label, step.key)]),
  );
  const steps = Array.isArray(run.steps) ? (run.steps as readonly Json[]) : [];
  return (
    <div>
      {run.error && <pre className={css.error}>{run.error}</pre>}
      {steps.length === 0 && <p className="muted">{t("operations.noSteps")}</p>}
      <ol className={css.steps}>
        {steps.map((step, index) => (
          <li key={String(index)}>
            <StepLine step={step} labels={labels} />
          </li>
        ))}
      </ol>
      <details>
        <summary>{t("operations.payload")}</summary>
        <pre className={css.json}>{JSON.stringify({ trigger: run.trigger, effects: run.output }, null, 2)}</pre>
      </details>
    </div>
  );
}

function StepLine({ step, labels }: { readonly step: Json; readonly labels: ReadonlyMap<string, string> }) {
  const entry = typeof step === "object" && step !== null && !Array.isArray(step) ? (step as JsonObject) : {};
  const key = typeof entry.step === "string" ? entry.step : "";
  const { step: _key, kind, at: _at, ...rest } = entry;
  const more = Object.entries(rest).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return (
    <>
      <strong>{labels.get(key) ?? key}</strong> <span className="muted">{typeof kind === "string" ? kind : ""}</span>
      {more.length > 0 && <code className={css.inline}>{JSON.stringify(Object.fromEntries(more))}</code>}
    </>
  );
}
