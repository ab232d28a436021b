import { type Entity, type Flow, type Form, textIn } from "@formwright/model";
import { Alert, Button, Checkbox, Input, Modal } from "antd";
import { useId, useMemo, useState } from "react";
import { ApiProblem } from "../api/problem.ts";
import type { RecordJson } from "../api/wire.ts";
import { useNotice } from "../app/notices.tsx";
import { reportProblem } from "../app/report-problem.ts";
import { useLocale, useT, useText } from "../i18n/locale.ts";
import { useModel } from "../model/workspace-context.tsx";
import { RecordFormView } from "../records/record-form.tsx";
import { recordTitles, recordValues } from "../records/record-values.ts";
import { useRecordForm } from "../records/use-record-form.ts";
import { fieldsNamedBy, type WantedMove, wantedBy } from "./move-request.ts";
import { useChecklist, useStageStatus, useTransition } from "./stage-status.ts";
import css from "./transition-dialog.module.css";

interface Props {
  readonly entity: Entity;
  readonly flow: Flow;
  readonly record: RecordJson;
  readonly wanted: WantedMove;
  /** `moved`: it is in the new stage; `waits`: an approval was started; `left`: nothing happened. */
  readonly onDone: (outcome: "moved" | "waits" | "left") => void;
}

/** Asks for what a move needs: its fields, what is missing, a comment; says what approval will decide. */
export function TransitionDialog({ entity, flow, record, wanted, onDone }: Props) {
  const t = useT();
  const text = useText();
  const locale = useLocale();
  const commentId = useId();
  const model = useModel();
  const notice = useNotice();
  const status = useStageStatus(entity.key, record.id, true);
  const transition = useTransition(entity.key);
  const tick = useChecklist(entity.key, record.id);
  const [problem, setProblem] = useState<ApiProblem | null>(wanted.problem ?? null);
  const [comment, setComment] = useState("");

  const to = flow.stages.find((stage) => stage.key === wanted.to);
  const move = status.data?.transitions.find((one) => one.to === wanted.to);
  const needs = wantedBy(flow, record, wanted.to, move, problem);
  const fieldKeys = needs.fields.join(",");
  const form = useMemo(
    () => dialogForm(entity, fieldKeys === "" ? [] : fieldKeys.split(","), new Set(needs.asked)),
    [entity, fieldKeys, needs.asked],
  );
  const stored = useMemo(() => recordValues(record), [record]);
  const titles = useMemo(() => recordTitles(record), [record]);
  const state = useRecordForm({ entity, form, stored, titles, version: record.version, draftKey: null });

  const submit = async () => {
    const values = state.collect();
    if (values === null) return;
    try {
      const { waits } = await transition.mutateAsync({
        id: record.id,
        to: wanted.to,
        ...(Object.keys(values).length === 0 ? {} : { values }),
        ...(comment.trim() === "" ? {} : { comment: comment.trim() }),
      });
      notice(
        waits
          ? t("process.waitsForApproval", { approval: text(model.approvals.get(needs.approval ?? "")?.label) })
          : t("process.movedTo", { stage: text(to?.label, wanted.to) }),
      );
      onDone(waits ? "waits" : "moved");
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 422) {
        setProblem(error);
        state.showProblem(withoutMissingFields(error));
      } else if (error instanceof ApiProblem && error.status < 500) {
        setProblem(error);
      } else reportProblem(error);
    }
  };

  const remarks = needs.remarks.map((remark) => textIn(remark, locale));
  return (
    <Modal
      open
      title={t("process.moveTo", { stage: text(to?.label, wanted.to) })}
      width={needs.fields.length > 3 ? 680 : 520}
      onCancel={() => onDone("left")}
      footer={
        <>
          <Button onClick={() => onDone("left")}>{t("common.cancel")}</Button>
          <Button type="primary" loading={transition.isPending} onClick={() => void submit()}>
            {needs.approval === null ? t("process.move") : t("process.sendForApproval")}
          </Button>
        </>
      }
    >
      <div className={css.body}>
        {problem !== null && problem.errors.length === 0 && <Alert role="alert" type="error" title={problem.detail} />}
        {remarks.length > 0 && (
          <Alert
            role="status"
            type="warning"
            title={t("process.stillMissing")}
            description={
              <ul className={css.remarks}>
                {remarks.map((remark) => (
                  <li key={remark}>{remark}</li>
                ))}
              </ul>
            }
          />
        )}
        {needs.ticks.map((item) => (
          <Checkbox
            key={item.key}
            checked={false}
            disabled={tick.isPending}
            onChange={() => tick.mutate({ item: item.key, done: true })}
          >
            {text(item.label, item.key)}
          </Checkbox>
        ))}
        {needs.approval !== null && (
          <Alert
            type="info"
            title={t("process.needsApproval", {
              approval: text(model.approvals.get(needs.approval)?.label, needs.approval),
            })}
          />
        )}
        {needs.fields.length > 0 && <RecordFormView form={state} mode="edit" />}
        <div>
          <label htmlFor={commentId} className={css.label}>
            {t("process.comment")}
            {needs.requireComment && <span className={css.star}> *</span>}
          </label>
          <Input.TextArea
            id={commentId}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={2000}
          />
        </div>
      </div>
    </Modal>
  );
}

function dialogForm(entity: Entity, fields: readonly string[], asked: ReadonlySet<string>): Form {
  return {
    kind: "form",
    key: "transition",
    label: entity.label,
    entity: entity.key,
    purposes: ["edit"],
    sections: [
      {
        key: "ask",
        columns: fields.length > 3 ? 2 : 1,
        fields: fields.map((field) => ({ key: field, field, ...(asked.has(field) ? { require: true } : {}) })),
      },
    ],
  };
}

/** Findings that name fields are drawn there; what is missing otherwise stands above the form. */
function withoutMissingFields(problem: ApiProblem): ApiProblem {
  const errors = problem.errors.flatMap((error) => {
    const named = fieldsNamedBy(error);
    const isAtField = error.pointer.startsWith("/values/");
    if (isAtField) return [error];
    return error.params?.kind === "field" ? named.map((field) => ({ ...error, pointer: `/values/${field}` })) : [];
  });
  return new ApiProblem(problem.status, { ...problem.body, errors: errors as never });
}
