import { ImportOutlined } from "@ant-design/icons";
import { FIELD_KINDS } from "@formwright/fields/model";
import type { Entity, FieldKindModel } from "@formwright/model";
import { Steps } from "antd";
import { useMemo, useState } from "react";
import { useParams } from "react-router";
import { useT, useText } from "../i18n/locale.ts";
import { useMay } from "../model/access.ts";
import { useModel, useWorkspace } from "../model/workspace-context.tsx";
import { NoAccessPage } from "../shell/no-access-page.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import { CheckStep } from "./check-step.tsx";
import { FileStep } from "./file-step.tsx";
import css from "./import.module.css";
import type { ImportProgress, UploadedFile } from "./import-api.ts";
import { fillableFields, type ImportPlan, suggestedColumns } from "./mapping.ts";
import { MappingStep } from "./mapping-step.tsx";
import { RunStep } from "./run-step.tsx";

/** `/r/:entity/import`: file → columns → check → import. */
export function ImportPage() {
  const { entity: key = "" } = useParams();
  const t = useT();
  const text = useText();
  const may = useMay();
  const entity = useModel().entities.get(key);
  if (entity === undefined) return <NotFoundPage />;
  if (may(key, "import")) return <ImportWizard key={key} entity={entity} />;
  return <NoAccessPage title={t("importing.mayNot", { name: text(entity.plural ?? entity.label, entity.key) })} />;
}

type Stage =
  | { readonly step: "file" }
  | { readonly step: "mapping"; readonly file: UploadedFile }
  | { readonly step: "check"; readonly file: UploadedFile }
  | { readonly step: "run"; readonly file: UploadedFile; readonly expected: number };

const STEPS = ["file", "mapping", "check", "run"] as const;

function isComputed(kind: string): boolean {
  return (FIELD_KINDS as Readonly<Record<string, FieldKindModel>>)[kind]?.computed ?? true;
}

function ImportWizard({ entity }: { readonly entity: Entity }) {
  const t = useT();
  const text = useText();
  const { slug } = useWorkspace();
  const [stage, setStage] = useState<Stage>({ step: "file" });
  const [plan, setPlan] = useState<ImportPlan>({ columns: {}, mode: "create", key: null });
  const fields = useMemo(() => fillableFields(entity, isComputed), [entity]);
  const name = text(entity.plural, "") || text(entity.label, entity.key);

  const begin = (file: UploadedFile) => {
    setPlan({
      columns: suggestedColumns(file.columns, fields),
      mode: "create",
      key: fields.find((field) => field.unique)?.key ?? entity.titleField,
    });
    setStage({ step: "mapping", file });
  };
  const run = (file: UploadedFile, checked: ImportProgress) =>
    setStage({ step: "run", file, expected: checked.created + checked.updated });

  return (
    <div className={css.page}>
      <PageHeader
        icon={<ImportOutlined />}
        title={t("importing.title", { name })}
        crumbs={[{ label: name, to: `/w/${slug}/r/${entity.key}` }]}
      />
      <Steps
        size="small"
        responsive={false}
        className={css.steps}
        current={STEPS.indexOf(stage.step)}
        items={[
          { title: t("importing.stepFile") },
          { title: t("importing.stepMapping") },
          { title: t("importing.stepCheck") },
          { title: t("importing.stepRun") },
        ]}
      />
      {stage.step === "file" && <FileStep entity={entity} onFile={begin} />}
      {stage.step === "mapping" && (
        <MappingStep
          entity={entity}
          fields={fields}
          file={stage.file}
          plan={plan}
          onPlan={setPlan}
          onOtherFile={() => setStage({ step: "file" })}
          onNext={() => setStage({ step: "check", file: stage.file })}
        />
      )}
      {stage.step === "check" && (
        <CheckStep
          entity={entity}
          file={stage.file}
          plan={plan}
          onPlan={setPlan}
          onBack={() => setStage({ step: "mapping", file: stage.file })}
          onRun={(checked) => run(stage.file, checked)}
        />
      )}
      {stage.step === "run" && (
        <RunStep entity={entity} file={stage.file} plan={plan} onAgain={() => setStage({ step: "file" })} />
      )}
    </div>
  );
}
