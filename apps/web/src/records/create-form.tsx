import type { Entity, Json } from "@formwright/model";
import { Alert, Button, Space } from "antd";
import { type KeyboardEvent, useMemo, useState } from "react";
import { Link } from "react-router";
import { ApiProblem } from "../api/problem.ts";
import type { RecordJson, Ref } from "../api/wire.ts";
import { reportProblem } from "../app/report-problem.ts";
import { useT } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import css from "./create-form.module.css";
import { draftKey } from "./draft-store.ts";
import { formFor } from "./form-layout.ts";
import { defaultValues, type FormValues } from "./form-logic.ts";
import { RecordFormView } from "./record-form.tsx";
import { useDuplicates } from "./use-duplicates.ts";
import { usePresetTitles } from "./use-preset-titles.ts";
import { useRecordForm } from "./use-record-form.ts";
import { useCreateRecord } from "./use-records.ts";
import { useRuleEnvironment } from "./use-rule-environment.ts";

interface Props {
  readonly entity: Entity;
  readonly preset?: FormValues;
  readonly presetTitles?: Readonly<Record<string, string | null>>;
  /** Kept over visits; false for short forms over another page. */
  readonly keepsDraft: boolean;
  readonly onCreated: (record: RecordJson, goOn: "open" | "another") => void;
  readonly onCancel: () => void;
  readonly canAddAnother?: boolean;
}

/** The form for a new record: defaults filled in, look-alikes shown while typing, Ctrl+Enter saves. */
export function CreateForm({
  entity,
  preset = {},
  presetTitles = {},
  keepsDraft,
  onCreated,
  onCancel,
  canAddAnother,
}: Props) {
  const t = useT();
  const { slug, model, me } = useWorkspace();
  const environment = useRuleEnvironment();
  const create = useCreateRecord(entity.key);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const stored = useMemo(
    () => ({ owner: me.id, ...defaultValues(entity, preset, environment) }) as FormValues,
    [entity, preset, environment, me.id],
  );
  const referenced = usePresetTitles(entity, preset, presetTitles);
  const titles = { owner: me.name, ...referenced };
  const form = useRecordForm({
    entity,
    form: formFor(model, entity, "create"),
    stored,
    titles,
    version: null,
    draftKey: keepsDraft ? draftKey(slug, entity.key, null) : null,
  });
  const duplicates = useDuplicates(entity, form.values);

  const save = async (goOn: "open" | "another") => {
    if (create.isPending || form.collect() === null) return;
    try {
      const record = await create.mutateAsync({ values: creation(entity, form.values), key });
      form.settle();
      setKey(crypto.randomUUID());
      onCreated(record, goOn);
    } catch (error) {
      if (error instanceof ApiProblem && error.status >= 400 && error.status < 500) form.showProblem(error);
      else reportProblem(error);
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save("open");
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the Save button below.
    <div className={css.form} onKeyDown={onKeyDown}>
      {form.restored !== null && (
        <Alert
          type="info"
          title={t("records.draftRestored")}
          action={
            <Button size="small" onClick={form.reset}>
              {t("records.discardDraft")}
            </Button>
          }
        />
      )}
      {duplicates.length > 0 && <Duplicates found={duplicates} slug={slug} entity={entity.key} />}
      <RecordFormView form={form} mode="edit" />
      <div className={css.actions}>
        <Space wrap>
          <Button type="primary" loading={create.isPending} onClick={() => void save("open")}>
            {t("common.save")}
          </Button>
          {canAddAnother === true && (
            <Button disabled={create.isPending} onClick={() => void save("another")}>
              {t("records.saveAndNew")}
            </Button>
          )}
          <Button type="text" onClick={onCancel}>
            {t("common.cancel")}
          </Button>
        </Space>
        <span className={css.hint}>{t("records.saveKeys")}</span>
      </div>
    </div>
  );
}

function Duplicates({
  found,
  slug,
  entity,
}: {
  readonly found: readonly Ref[];
  readonly slug: string;
  readonly entity: string;
}) {
  const t = useT();
  return (
    <Alert
      role="status"
      type="warning"
      title={t("records.duplicates", { n: found.length })}
      description={
        <ul>
          {found.map((record) => (
            <li key={record.id}>
              <Link to={`/w/${slug}/r/${entity}/${record.id}`} target="_blank">
                {record.title ?? record.id}
              </Link>
            </li>
          ))}
        </ul>
      }
    />
  );
}

/** What a creation sends: everything that is filled in and that people write. */
function creation(entity: Entity, values: FormValues): FormValues {
  const sent: Record<string, Json> = {};
  for (const field of entity.fields) {
    const value = values[field.key];
    if (field.kind === "stage" || field.kind === "autonumber" || field.kind === "formula" || field.readOnly) continue;
    if (value !== undefined && value !== null) sent[field.key] = rowsForWire(value, field.fields ?? []);
  }
  if (typeof values.owner === "string") sent.owner = values.owner;
  return sent;
}

function rowsForWire(value: Json, columns: Entity["fields"]): Json {
  if (columns.length === 0 || !Array.isArray(value)) return value;
  const written = new Set(
    columns.filter((column) => column.kind !== "formula" && !column.readOnly).map((one) => one.key),
  );
  return value.map((row) => ({
    values: Object.fromEntries(
      Object.entries((row as { values: Record<string, Json> }).values).filter(([key]) => written.has(key)),
    ),
  }));
}
