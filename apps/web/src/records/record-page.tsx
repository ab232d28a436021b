import { DeleteOutlined, EditOutlined, MoreOutlined } from "@ant-design/icons";
import type { Entity } from "@formwright/model";
import { Alert, Button, Dropdown, Skeleton } from "antd";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useBlocker, useNavigate, useParams } from "react-router";
import { ApiProblem } from "../api/problem.ts";
import type { RecordJson } from "../api/wire.ts";
import { useNotice } from "../app/notices.tsx";
import { reportProblem } from "../app/report-problem.ts";
import { useT, useText } from "../i18n/locale.ts";
import { propertyAt } from "../model/properties.ts";
import { useMe, useWorkspace } from "../model/workspace-context.tsx";
import { ApprovalSection } from "../process/approval-section.tsx";
import { useApprovals, useStartApproval } from "../process/approvals.ts";
import { StageBar } from "../process/stage-bar.tsx";
import { Icon } from "../shell/icon.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import { type Clash, ConflictDialog, clashes, currentIn } from "./conflict-dialog.tsx";
import { draftKey } from "./draft-store.ts";
import { formFor } from "./form-layout.ts";
import type { FormValues } from "./form-logic.ts";
import { RecordFormView } from "./record-form.tsx";
import css from "./record-page.module.css";
import { CellOf } from "./record-table.tsx";
import { expandedValues, recordTitles, recordValues } from "./record-values.ts";
import { RelatedLists } from "./related-lists.tsx";
import { Timeline } from "./timeline.tsx";
import { useRecordForm } from "./use-record-form.ts";
import { useDeleteRecord, useRecord, useRestoreRecord, useUpdateRecord } from "./use-records.ts";
import { walkedReferences } from "./walked-references.ts";

/** Everything about one record on one page. */
export function RecordPage() {
  const { entity: key = "", id = "" } = useParams();
  const { model } = useWorkspace();
  const entity = model.entities.get(key);
  const expand = useMemo(
    () => (entity === undefined ? [] : walkedReferences(entity, formFor(model, entity, "detail"))),
    [entity, model],
  );
  const record = useRecord(key, id, expand);
  if (entity === undefined) return <NotFoundPage />;
  if (record.isError) return <NotFoundPage error={record.error} onRetry={() => void record.refetch()} />;
  if (record.data === undefined) return <Skeleton active paragraph={{ rows: 8 }} />;
  return <LoadedRecord key={id} entity={entity} record={record.data} />;
}

interface LoadedProps {
  readonly entity: Entity;
  readonly record: RecordJson;
}

interface Conflict {
  readonly current: RecordJson;
  readonly found: readonly Clash[];
  readonly values: FormValues;
}

function LoadedRecord({ entity, record }: LoadedProps) {
  const t = useT();
  const notice = useNotice();
  const { slug, model } = useWorkspace();
  const update = useUpdateRecord(entity.key);
  const [base, setBase] = useState(record);
  const [isEditing, setIsEditing] = useState(false);
  const [focus, setFocus] = useState<string | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const shown = isEditing ? base : record;
  const stored = useMemo(() => recordValues(shown), [shown]);
  const titles = useMemo(() => recordTitles(shown), [shown]);
  const expanded = useMemo(() => expandedValues(shown), [shown]);
  const isClosed = useIsClosed(entity, record.id);
  const canUpdate = record.abilities?.update !== false && record.deletedAt == null && !isClosed;
  const locked = useMemo(
    () => new Set(record.abilities?.transfer === false ? ["owner"] : []),
    [record.abilities?.transfer],
  );
  const form = useRecordForm({
    entity,
    form: formFor(model, entity, "detail"),
    stored,
    titles,
    expanded,
    version: shown.version,
    locked,
    draftKey: draftKey(slug, entity.key, record.id),
  });

  // A draft from an earlier visit goes on where it was left.
  useEffect(() => {
    if (form.restored !== null && canUpdate) setIsEditing(true);
  }, [form.restored, canUpdate]);

  // Somebody changed the record after the draft was begun: what they wrote is not silently overwritten.
  const isOldDraft = form.restored !== null && form.restored.version !== shown.version;

  const edit = useCallback(
    (field: string | null) => {
      setBase(record);
      setFocus(field);
      setIsEditing(true);
    },
    [record],
  );

  const leave = () => {
    form.reset();
    setIsEditing(false);
    setFocus(null);
    setConflict(null);
  };

  const send = async (values: FormValues, version: number) => {
    try {
      await update.mutateAsync({ id: record.id, values, version });
      leave();
      notice(t("records.saved"));
    } catch (error) {
      if (!(error instanceof ApiProblem)) return reportProblem(error);
      const current = error.status === 412 ? currentIn(error.body) : null;
      if (current !== null) {
        const known = isOldDraft ? {} : stored;
        return setConflict({ current, found: clashes(known, values, recordValues(current)), values });
      }
      if (error.status === 422 || error.status === 409) return form.showProblem(error);
      reportProblem(error);
    }
  };

  const save = async () => {
    if (update.isPending) return;
    const values = form.collect();
    if (values === null) return;
    if (Object.keys(values).length === 0) return leave();
    await send(values, form.restored?.version ?? shown.version);
  };

  const flows = entity.fields
    .filter((field) => field.kind === "stage")
    .map((field) => model.flows.get(String(field.options.flow)))
    .filter((flow) => flow !== undefined);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the Save button.
    <div
      onKeyDown={(event) => {
        if (isEditing && event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
      }}
    >
      <Head entity={entity} record={record} isEditing={isEditing} canUpdate={canUpdate} onEdit={() => edit(null)} />
      <div className={css.page}>
        <div className={css.main}>
          {flows.map((flow) => (
            <StageBar
              key={flow.key}
              entity={entity}
              flow={flow}
              record={record}
              canMove={canUpdate && !isEditing}
              onField={(field) => edit(field)}
            />
          ))}
          <section className={`panel ${css.form}`}>
            {form.restored !== null && isEditing && (
              <Alert
                type="info"
                title={t(isOldDraft ? "records.oldDraftRestored" : "records.draftRestored")}
                action={
                  <Button size="small" onClick={leave}>
                    {t("records.discardDraft")}
                  </Button>
                }
              />
            )}
            <RecordFormView
              form={form}
              mode={isEditing ? "edit" : "read"}
              onEdit={canUpdate ? edit : undefined}
              focus={focus}
            />
            {isEditing && (
              <div className={css.saveBar}>
                <Button type="primary" loading={update.isPending} onClick={() => void save()}>
                  {t("common.save")}
                </Button>
                <Button onClick={leave}>{t("common.cancel")}</Button>
                <span className={css.hint}>{form.isDirty ? t("records.unsaved") : t("records.saveKeys")}</span>
              </div>
            )}
          </section>
          <RelatedLists entity={entity} record={record} />
        </div>
        <div className={css.aside}>
          <ApprovalSection entity={entity} id={record.id} />
          <Timeline entity={entity} id={record.id} />
        </div>
      </div>
      <UnsavedGuard isDirty={isEditing && form.isDirty} />
      {conflict !== null && (
        <ConflictDialog
          entity={entity}
          current={conflict.current}
          found={conflict.found}
          titles={form.titles}
          onCancel={() => setConflict(null)}
          onMerge={(keepTheirs) => {
            const kept = Object.fromEntries(
              Object.entries(conflict.values).filter(([field]) => !keepTheirs.has(field)),
            );
            setConflict(null);
            if (Object.keys(kept).length === 0) return leave();
            void send(kept, conflict.current.version);
          }}
        />
      )}
    </div>
  );
}

interface HeadProps extends LoadedProps {
  readonly isEditing: boolean;
  readonly canUpdate: boolean;
  readonly onEdit: () => void;
}

function Head({ entity, record, isEditing, canUpdate, onEdit }: HeadProps) {
  const t = useT();
  const text = useText();
  const navigate = useNavigate();
  const notice = useNotice();
  const { slug } = useWorkspace();
  const remove = useDeleteRecord(entity.key);
  const restore = useRestoreRecord(entity.key);
  const starts = useManualApprovals(entity);
  const start = useStartApproval(entity.key, record.id);
  const canDelete = record.abilities?.delete !== false && !entity.system;
  const title = record.values[entity.titleField];
  const label = text(entity.label, entity.key);

  const onDelete = async () => {
    await remove.mutateAsync(record.id);
    notice(t("records.deleted", { entity: label }), () => {
      restore.mutate(record.id, { onSuccess: () => void navigate(`/w/${slug}/r/${entity.key}/${record.id}`) });
    });
    void navigate(`/w/${slug}/r/${entity.key}`, { replace: true });
  };

  return (
    <>
      <PageHeader
        icon={<Icon name={entity.icon} />}
        title={title === null || title === undefined ? t("records.untitled") : String(title)}
        crumbs={[{ label: text(entity.plural ?? entity.label, entity.key), to: `/w/${slug}/r/${entity.key}` }]}
        hint={<KeyFigures entity={entity} record={record} />}
        actions={
          <>
            {canUpdate && !isEditing && (
              <Button icon={<EditOutlined aria-hidden />} onClick={onEdit}>
                {t("common.edit")}
              </Button>
            )}
            {(canDelete || starts.length > 0) && record.deletedAt == null && (
              <Dropdown
                trigger={["click"]}
                menu={{
                  items: [
                    ...starts.map((approval) => ({
                      key: `start:${approval.key}`,
                      label: t("process.startApproval", { approval: text(approval.label, approval.key) }),
                    })),
                    ...(canDelete
                      ? [{ key: "delete", danger: true, icon: <DeleteOutlined />, label: t("common.delete") }]
                      : []),
                  ],
                  onClick: ({ key }) => {
                    if (key === "delete") void onDelete();
                    if (key.startsWith("start:")) start.mutate(key.slice(6));
                  },
                }}
              >
                <Button icon={<MoreOutlined aria-hidden />} aria-label={t("common.more")} />
              </Dropdown>
            )}
          </>
        }
      />
      {record.deletedAt != null && (
        <Alert
          type="warning"
          title={t("records.isDeleted")}
          style={{ marginBottom: 12 }}
          action={
            <Button size="small" onClick={() => restore.mutate(record.id)}>
              {t("common.restore")}
            </Button>
          }
        />
      )}
    </>
  );
}

const FIGURE_KINDS: readonly string[] = ["money", "formula", "date", "reference", "percent"];

/** Up to four values that tell what this is: what the first form section or the entity has of money, dates, references. */
function KeyFigures({ entity, record }: LoadedProps) {
  const text = useText();
  const { model } = useWorkspace();
  const fields = entity.fields.filter((field) => {
    const value = record.values[field.key];
    return FIGURE_KINDS.includes(field.kind) && value !== null && value !== undefined && value !== "";
  });
  const properties = [...fields.slice(0, 3).map((field) => field.key), "owner"]
    .map((path) => propertyAt(model, entity, path))
    .filter((property) => property !== null);
  return (
    <span className={css.figures}>
      {properties.map((property) => (
        <span key={property.path} className={css.figure}>
          <span className={css.figureLabel}>{text(property.label, property.path)}</span>
          <CellOf entity={entity} record={record} property={property} />
        </span>
      ))}
    </span>
  );
}

/** True while an approval runs that closes the record for edits; one that was returned lets its starter correct it. */
function useIsClosed(entity: Entity, id: string): boolean {
  const { model } = useWorkspace();
  const approvals = useApprovals(entity.key, id);
  return (approvals.data ?? []).some(
    (approval) =>
      approval.endedAt === null &&
      approval.state !== "returned" &&
      model.approvals.get(approval.key)?.keepsRecordOpen !== true,
  );
}

function useManualApprovals(entity: Entity) {
  const { model } = useWorkspace();
  const me = useMe();
  return [...model.approvals.values()].filter(
    ({ entity: of, start }) =>
      of === entity.key &&
      start.on === "manual" &&
      (me.isAdmin || start.roles.length === 0 || start.roles.some((role) => me.roles.includes(role))),
  );
}

/** Input is kept as a draft, but nobody should leave it behind unawares. */
function UnsavedGuard({ isDirty }: { readonly isDirty: boolean }) {
  const t = useT();
  const blocker = useBlocker(isDirty);
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    if (window.confirm(t("records.leaveUnsaved"))) blocker.proceed();
    else blocker.reset();
  }, [blocker, t]);
  return null;
}
