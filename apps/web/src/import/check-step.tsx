import { ArrowLeftOutlined, ImportOutlined, RedoOutlined } from "@ant-design/icons";
import type { Entity } from "@formwright/model";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Progress } from "antd";
import { useEffect, useRef, useState } from "react";
import { describeProblem } from "../app/notices.tsx";
import { useT, useText } from "../i18n/locale.ts";
import { useModel, useWorkspace } from "../model/workspace-context.tsx";
import { FindingTable } from "./finding-table.tsx";
import css from "./import.module.css";
import { type ImportProgress, importApi, type UploadedFile } from "./import-api.ts";
import { type ImportPlan, orderOf } from "./mapping.ts";
import { ReportButton } from "./report-button.tsx";
import { UnknownValues } from "./unknown-values.tsx";
import { isOver, useImportProgress } from "./use-import-progress.ts";

interface Props {
  readonly entity: Entity;
  readonly file: UploadedFile;
  readonly plan: ImportPlan;
  readonly onPlan: (plan: ImportPlan) => void;
  readonly onBack: () => void;
  readonly onRun: (checked: ImportProgress) => void;
}

/** Checks every row without writing, shows what would happen, and lets unknown values be told a meaning. */
export function CheckStep({ entity, file, plan, onPlan, onBack, onRun }: Props) {
  const t = useT();
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  const [checkedPlan, setCheckedPlan] = useState<ImportPlan | null>(null);
  const check = useMutation({
    meta: { silent: true },
    mutationFn: async (wanted: ImportPlan) => {
      await importApi.dryRun(slug, entity.key, file.job, orderOf(wanted));
      await queryClient.resetQueries({ queryKey: ["import", slug, file.job] });
      setCheckedPlan(wanted);
    },
  });
  const progress = useImportProgress(entity.key, file.job, check.isSuccess);
  const start = useRef(false);
  const { mutate } = check;
  useEffect(() => {
    if (start.current) return;
    start.current = true;
    mutate(plan);
  }, [mutate, plan]);

  const checked = progress.data && isOver(progress.data) ? progress.data : null;
  const isChanged = checkedPlan !== null && checkedPlan !== plan;
  const problem = check.error ?? progress.error;
  const wouldImport = checked ? checked.created + checked.updated : 0;
  return (
    <>
      {problem && (
        <Alert
          type="error"
          showIcon
          className={css.alert}
          title={describeProblem(problem).title}
          description={describeProblem(problem).lines.join(" ")}
        />
      )}
      {!problem && !checked && (
        <div role="status" className={css.wait}>
          <p>{t("importing.checking")}</p>
          <Bar progress={progress.data} />
        </div>
      )}
      {checked?.state === "failed" && (
        <Alert
          type="error"
          showIcon
          className={css.alert}
          title={t("importing.failedJob")}
          description={checked.problem}
        />
      )}
      {checked && checked.state !== "failed" && (
        <>
          <Counts progress={checked} isDry />
          {checked.failed === 0 ? (
            <Alert type="success" showIcon className={css.alert} title={t("importing.allFine")} />
          ) : (
            <Alert type="warning" showIcon className={css.alert} title={t("importing.someFail")} />
          )}
          <UnknownValues entity={entity} plan={plan} onPlan={onPlan} unmatched={checked.unmatched} />
          <Made made={checked.made} />
          <FindingTable
            findings={checked.findings}
            action={checked.failed > 0 && <ReportButton entity={entity.key} job={file.job} />}
          />
        </>
      )}
      <div className={css.foot}>
        <Button icon={<ArrowLeftOutlined />} onClick={onBack}>
          {t("importing.back")}
        </Button>
        {(isChanged || problem) && (
          <Button type="primary" icon={<RedoOutlined />} loading={check.isPending} onClick={() => check.mutate(plan)}>
            {t("importing.checkAgain")}
          </Button>
        )}
        {checked && !isChanged && checked.state === "checked" && (
          <Button type="primary" icon={<ImportOutlined />} disabled={wouldImport === 0} onClick={() => onRun(checked)}>
            {t("importing.run", { n: wouldImport })}
          </Button>
        )}
      </div>
    </>
  );
}

export function Bar({ progress }: { readonly progress: ImportProgress | undefined }) {
  const total = progress?.total ?? 0;
  const percent = total > 0 ? Math.floor(((progress?.done ?? 0) / total) * 100) : 0;
  return <Progress percent={percent} status="active" format={() => `${progress?.done ?? 0} / ${total}`} />;
}

/** What happened, or would, in four figures. */
export function Counts({ progress, isDry = false }: { readonly progress: ImportProgress; readonly isDry?: boolean }) {
  const t = useT();
  const figures = [
    { n: progress.created, label: t(isDry ? "importing.wouldCreate" : "importing.created"), look: css.good },
    { n: progress.updated, label: t(isDry ? "importing.wouldUpdate" : "importing.updated"), look: css.good },
    { n: progress.skipped, label: t(isDry ? "importing.wouldSkip" : "importing.skipped"), look: undefined },
    {
      n: progress.failed,
      label: t(isDry ? "importing.wouldFail" : "importing.failed"),
      look: progress.failed > 0 ? css.bad : undefined,
    },
  ];
  return (
    <dl className={css.counts}>
      {figures.map(({ n, label, look }) => (
        <div key={label} className={n > 0 ? look : undefined}>
          <dd className="numeric">{n.toLocaleString()}</dd>
          <dt>{label}</dt>
        </div>
      ))}
    </dl>
  );
}

/** Records of other entities that come along. */
export function Made({ made }: { readonly made: ImportProgress["made"] }) {
  const t = useT();
  const text = useText();
  const model = useModel();
  const entries = Object.entries(made).filter(([, n]) => n > 0);
  if (entries.length === 0) return null;
  const list = entries.map(([key, n]) => `${text(model.entities.get(key)?.label, key)} ${n}`).join(", ");
  return <p className={css.alert}>{t("importing.made", { list })}</p>;
}
