import { ArrowRightOutlined } from "@ant-design/icons";
import { FIELD_KINDS } from "@formwright/fields/model";
import type { Entity, Field, FieldKindModel } from "@formwright/model";
import { SYSTEM_FIELDS } from "@formwright/model";
import { Alert, Button, Checkbox, Radio, Select, Table } from "antd";
import { useT, useText } from "../i18n/locale.ts";
import type { MessageKey } from "../i18n/messages.ts";
import { useModel } from "../model/workspace-context.tsx";
import css from "./import.module.css";
import type { DateOrder, UploadedColumn, UploadedFile } from "./import-api.ts";
import { type ImportPlan, OWNER_FIELD, type PlanProblem, planProblems, withField, withOptions } from "./mapping.ts";

interface Props {
  readonly entity: Entity;
  readonly fields: readonly Field[];
  readonly file: UploadedFile;
  readonly plan: ImportPlan;
  readonly onPlan: (plan: ImportPlan) => void;
  readonly onOtherFile: () => void;
  readonly onNext: () => void;
}

const DATE_ORDERS = { ymd: "importing.ymd", mdy: "importing.mdy", dmy: "importing.dmy" } as const satisfies Record<
  DateOrder,
  MessageKey
>;
const KINDS: Readonly<Record<string, FieldKindModel>> = FIELD_KINDS;
const OWNER = SYSTEM_FIELDS.find((field) => field.key === OWNER_FIELD);

/** Which column goes into which field, and what to do with each row. */
export function MappingStep({ entity, fields, file, plan, onPlan, onOtherFile, onNext }: Props) {
  const t = useT();
  const text = useText();
  const problems = planProblems(plan, fields);
  const hard = problems.filter((problem) => problem.code !== "requiredMissing");
  const skipped = file.columns.filter((column) => !plan.columns[column.index]).length;
  const mapped = new Set(Object.values(plan.columns).map((choice) => choice.field));
  const options = [
    ...fields.map((field) => ({
      value: field.key,
      label: `${text(field.label, field.key)}${field.required ? " *" : ""}`,
    })),
    { value: OWNER_FIELD, label: text(OWNER?.label, OWNER_FIELD) },
  ];
  const keyFields = fields.filter((field) => mapped.has(field.key) && KEY_KINDS.has(field.kind));
  return (
    <>
      <div className={css.fileLine}>
        <span className="numeric">{t("importing.rows", { n: file.rows })}</span>
        {file.encoding && <span className="muted">{t("importing.readAs", { encoding: file.encoding })}</span>}
        {skipped > 0 && <span className="muted">{t("importing.unmapped", { n: skipped })}</span>}
        <Button size="small" onClick={onOtherFile}>
          {t("importing.otherFile")}
        </Button>
      </div>
      {file.findings.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className={css.alert}
          title={file.findings.map((finding) => finding.message).join(" ")}
        />
      )}
      <Table<UploadedColumn>
        size="small"
        rowKey="index"
        dataSource={[...file.columns]}
        pagination={false}
        scroll={{ x: 760 }}
        columns={[
          {
            title: t("importing.column"),
            key: "header",
            width: 180,
            render: (_, column) => <strong>{column.header || `#${column.index + 1}`}</strong>,
          },
          {
            title: t("importing.samples"),
            key: "samples",
            width: 220,
            render: (_, column) => <span className={css.samples}>{column.samples.slice(0, 4).join(" · ")}</span>,
          },
          {
            title: t("importing.field"),
            key: "field",
            width: 230,
            render: (_, column) => (
              <Select
                allowClear
                showSearch={{ optionFilterProp: "label" }}
                style={{ width: "100%" }}
                value={plan.columns[column.index]?.field ?? null}
                placeholder={t("importing.skip")}
                aria-label={`${t("importing.field")}: ${column.header}`}
                options={options.map((option) => ({
                  ...option,
                  disabled: mapped.has(option.value) && plan.columns[column.index]?.field !== option.value,
                }))}
                onChange={(field: string | null | undefined) => onPlan(withField(plan, column.index, field ?? null))}
              />
            ),
          },
          {
            title: t("importing.options"),
            key: "options",
            render: (_, column) => <ColumnOptions column={column} fields={fields} plan={plan} onPlan={onPlan} />,
          },
        ]}
      />
      <fieldset className={css.mode}>
        <legend>{t("importing.mode")}</legend>
        <Radio.Group
          value={plan.mode}
          onChange={(event) => onPlan({ ...plan, mode: event.target.value })}
          className={css.modes}
        >
          <Radio value="create">{t("importing.modeCreate")}</Radio>
          <Radio value="upsert">{t("importing.modeUpsert")}</Radio>
        </Radio.Group>
        {plan.mode === "upsert" && (
          <Select
            value={plan.key && mapped.has(plan.key) ? plan.key : null}
            placeholder={t("importing.keyField")}
            aria-label={t("importing.keyField")}
            style={{ minWidth: 220 }}
            options={keyFields.map((field) => ({ value: field.key, label: text(field.label, field.key) }))}
            onChange={(key) => onPlan({ ...plan, key })}
          />
        )}
      </fieldset>
      <Problems problems={problems} />
      <div className={css.foot}>
        <Button
          type="primary"
          icon={<ArrowRightOutlined />}
          iconPlacement="end"
          disabled={hard.length > 0}
          onClick={onNext}
        >
          {t("importing.check")}
        </Button>
        <span className="muted">{text(entity.label, entity.key)}</span>
      </div>
    </>
  );
}

/** Kinds that can tell which record a row is about. */
const KEY_KINDS: ReadonlySet<string> = new Set(["text", "email", "phone", "number", "autonumber", "url", "date"]);

function Problems({ problems }: { readonly problems: readonly PlanProblem[] }) {
  const t = useT();
  const text = useText();
  if (problems.length === 0) return null;
  const words = (problem: PlanProblem) =>
    problem.code === "requiredMissing"
      ? t("importing.requiredMissing", {
          fields: problem.fields.map((field) => text(field.label, field.key)).join(", "),
        })
      : t(`importing.${problem.code}`);
  return (
    <Alert
      type={problems.some((problem) => problem.code !== "requiredMissing") ? "error" : "warning"}
      showIcon
      className={css.alert}
      title={problems.map(words).join(" ")}
    />
  );
}

interface OptionsProps {
  readonly column: UploadedColumn;
  readonly fields: readonly Field[];
  readonly plan: ImportPlan;
  readonly onPlan: (plan: ImportPlan) => void;
}

function ColumnOptions({ column, fields, plan, onPlan }: OptionsProps) {
  const t = useT();
  const text = useText();
  const model = useModel();
  const choice = plan.columns[column.index];
  const field = fields.find((item) => item.key === choice?.field);
  if (!choice || !field) return null;
  if (field.kind === "date" || field.kind === "datetime")
    return (
      <Select
        allowClear
        size="small"
        style={{ minWidth: 190 }}
        value={choice.options.dateOrder ?? null}
        placeholder={t("importing.dateOrder")}
        aria-label={`${t("importing.dateOrder")}: ${column.header}`}
        options={(Object.keys(DATE_ORDERS) as DateOrder[]).map((order) => ({
          value: order,
          label: t(DATE_ORDERS[order]),
        }))}
        onChange={(dateOrder: DateOrder | null | undefined) =>
          onPlan(withOptions(plan, column.index, { dateOrder: dateOrder ?? undefined } as { dateOrder?: DateOrder }))
        }
      />
    );
  const target = model.entities.get(KINDS[field.kind]?.target?.(field.options) ?? "");
  if (!target) return null;
  const keys = target.fields.filter((item) => item.key === target.titleField || item.unique);
  return (
    <span className={css.options}>
      <Select
        size="small"
        style={{ minWidth: 130 }}
        value={choice.options.matchBy ?? target.titleField}
        aria-label={`${t("importing.matchBy")}: ${column.header}`}
        options={keys.map((item) => ({
          value: item.key,
          label: `${t("importing.matchBy")}: ${text(item.label, item.key)}`,
        }))}
        onChange={(matchBy) => onPlan(withOptions(plan, column.index, { matchBy }))}
      />
      <Checkbox
        checked={choice.options.createMissing === true}
        onChange={(event) => onPlan(withOptions(plan, column.index, { createMissing: event.target.checked }))}
      >
        {t("importing.createMissing")}
      </Checkbox>
    </span>
  );
}
