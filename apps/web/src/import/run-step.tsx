import type { Entity } from "@formwright/model";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Result } from "antd";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import { describeProblem } from "../app/notices.tsx";
import { useT } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { invalidateEntity } from "../records/use-records.ts";
import { Bar, Counts } from "./check-step.tsx";
import { FindingTable } from "./finding-table.tsx";
import css from "./import.module.css";
import { importApi, type UploadedFile } from "./import-api.ts";
import { type ImportPlan, orderOf } from "./mapping.ts";
import { ReportButton } from "./report-button.tsx";
import { isOver, useImportProgress } from "./use-import-progress.ts";

interface Props {
  readonly entity: Entity;
  readonly file: UploadedFile;
  readonly plan: ImportPlan;
  readonly onAgain: () => void;
}

/** Starts the import once, follows it, and says what came of it. */
export function RunStep({ entity, file, plan, onAgain }: Props) {
  const t = useT();
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  const run = useMutation({
    meta: { silent: true },
    mutationFn: async () => {
      await importApi.run(slug, entity.key, file.job, orderOf(plan));
      await queryClient.resetQueries({ queryKey: ["import", slug, file.job] });
    },
  });
  const progress = useImportProgress(entity.key, file.job, run.isSuccess);
  const isStarted = useRef(false);
  const { mutate } = run;
  useEffect(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    mutate();
  }, [mutate]);
  const result = progress.data && isOver(progress.data) ? progress.data : null;
  const isDone = result !== null;
  useEffect(() => {
    if (isDone) invalidateEntity(queryClient, slug, entity.key);
  }, [isDone, queryClient, slug, entity.key]);

  const problem = run.error ?? progress.error;
  if (problem)
    return (
      <Alert
        type="error"
        showIcon
        title={describeProblem(problem).title}
        description={describeProblem(problem).lines.join(" ")}
        action={
          <Button size="small" onClick={() => (run.error ? run.mutate() : void progress.refetch())}>
            {t("common.retry")}
          </Button>
        }
      />
    );
  if (!result)
    return (
      <div role="status" className={css.wait}>
        <p>{progress.data ? t("importing.running") : t("importing.queued")}</p>
        <Bar progress={progress.data} />
        <p className="muted">{t("importing.runningHint")}</p>
      </div>
    );
  return (
    <>
      <Result
        status={result.state === "done" ? (result.failed > 0 ? "warning" : "success") : "error"}
        title={result.state === "done" ? t("importing.done") : t("importing.failedJob")}
        subTitle={result.problem}
        extra={[
          <Link key="list" to={`/w/${slug}/r/${entity.key}`}>
            <Button type="primary">{t("importing.openList")}</Button>
          </Link>,
          <Button key="again" onClick={onAgain}>
            {t("importing.again")}
          </Button>,
        ]}
      />
      <Counts progress={result} />
      <FindingTable
        findings={result.findings}
        action={result.failed > 0 && <ReportButton entity={entity.key} job={file.job} />}
      />
    </>
  );
}
