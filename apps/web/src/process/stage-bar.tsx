import { CheckOutlined, ClockCircleOutlined, ExclamationCircleOutlined, RightOutlined } from "@ant-design/icons";
import type { Entity, Flow } from "@formwright/model";
import { Button, Checkbox, Popover } from "antd";
import { useState } from "react";
import type { RecordJson } from "../api/wire.ts";
import { useFormat } from "../i18n/format.ts";
import { useT, useText } from "../i18n/locale.ts";
import { namedColor } from "../theme/tokens.ts";
import css from "./stage-bar.module.css";
import { type Missing, type StageMove, type StageStatus, useChecklist, useStageStatus } from "./stage-status.ts";
import { TransitionDialog } from "./transition-dialog.tsx";

interface Props {
  readonly entity: Entity;
  readonly flow: Flow;
  readonly record: RecordJson;
  /** Somebody may change the record. */
  readonly canMove: boolean;
  /** Brings somebody to a field that is missing. */
  readonly onField: (field: string) => void;
}

/** The stages of the flow, where the record is and for how long, and what is missing for the next one. */
export function StageBar({ entity, flow, record, canMove, onField }: Props) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const status = useStageStatus(entity.key, record.id, true);
  const [wanted, setWanted] = useState<string | null>(null);
  const current = record.values[flow.field];
  const at = flow.stages.findIndex((stage) => stage.key === current);
  const stage = flow.stages[at];
  const moves = new Map((status.data?.transitions ?? []).map((move) => [move.to, move]));
  const next = status.data?.waiting ? undefined : (status.data?.transitions ?? []).find((move) => move.isForward);

  return (
    <section className={`panel ${css.bar}`} aria-label={text(flow.label, flow.key)}>
      <ol className={css.stages}>
        {flow.stages.map((one, index) => {
          const isCurrent = one.key === current;
          const isPast = stage?.category !== "lost" && index < at;
          const move = moves.get(one.key);
          const classes = [
            css.stage,
            isCurrent && css.current,
            isPast && css.past,
            one.category === "lost" && css.lost,
          ];
          const content = (
            <>
              {isPast && <CheckOutlined aria-hidden />}
              <span className={css.stageName}>{text(one.label, one.key)}</span>
            </>
          );
          return (
            <li
              key={one.key}
              className={classes.filter(Boolean).join(" ")}
              aria-current={isCurrent ? "step" : undefined}
            >
              {canMove && move !== undefined ? (
                <button
                  type="button"
                  className={css.stageButton}
                  title={t("process.moveTo", { stage: text(one.label, one.key) })}
                  onClick={() => setWanted(one.key)}
                >
                  {content}
                  {move.missing.length > 0 && (
                    <span className={css.count} title={t("process.missingCount", { n: move.missing.length })}>
                      {move.missing.length}
                    </span>
                  )}
                </button>
              ) : (
                <span className={css.stageButton}>{content}</span>
              )}
            </li>
          );
        })}
      </ol>
      <div className={css.below}>
        {stage !== undefined && (
          <span className={css.since}>
            <span className={css.dot} style={{ background: namedColor(stage.color).dot }} />
            <strong>{text(stage.label, stage.key)}</strong>
            {status.data?.since && (
              <span className="muted">{t("process.sinceFor", { time: format.duration(status.data.since) })}</span>
            )}
            {status.data?.dueAt && new Date(status.data.dueAt) < new Date() && (
              <span className={css.overdue}>
                <ClockCircleOutlined aria-hidden /> {t("process.overdue")}
              </span>
            )}
          </span>
        )}
        {status.data?.waiting && (
          <span className={css.waiting}>
            {t("process.waitsToMove", {
              stage: text(
                flow.stages.find((one) => one.key === status.data?.waiting?.to)?.label,
                status.data.waiting.to,
              ),
            })}
          </span>
        )}
        {status.data !== undefined && status.data.checklist.length > 0 && (
          <Checklist entity={entity.key} id={record.id} status={status.data} canTick={canMove} />
        )}
        {canMove && next !== undefined && (
          <NextMove flow={flow} move={next} onField={onField} onMove={() => setWanted(next.to)} />
        )}
      </div>
      {wanted !== null && (
        <TransitionDialog
          entity={entity}
          flow={flow}
          record={record}
          wanted={{ to: wanted }}
          onDone={() => setWanted(null)}
        />
      )}
    </section>
  );
}

interface NextProps {
  readonly flow: Flow;
  readonly move: StageMove;
  readonly onField: (field: string) => void;
  readonly onMove: () => void;
}

function NextMove({ flow, move, onField, onMove }: NextProps) {
  const t = useT();
  const text = useText();
  const to = flow.stages.find((stage) => stage.key === move.to);
  const name = text(to?.label, move.to);
  return (
    <div className={css.next}>
      {move.missing.length > 0 && (
        <Popover
          trigger="click"
          placement="bottomRight"
          title={t("process.missingFor", { stage: name })}
          content={<MissingList missing={move.missing} onField={onField} />}
        >
          <Button icon={<ExclamationCircleOutlined aria-hidden />} className={css.missing}>
            {t("process.missingCount", { n: move.missing.length })}
          </Button>
        </Popover>
      )}
      <Button
        type={move.missing.length === 0 ? "primary" : "default"}
        icon={<RightOutlined aria-hidden />}
        iconPlacement="end"
        onClick={onMove}
      >
        {t("process.moveTo", { stage: name })}
      </Button>
    </div>
  );
}

function MissingList({
  missing,
  onField,
}: {
  readonly missing: readonly Missing[];
  readonly onField: (field: string) => void;
}) {
  const t = useT();
  const text = useText();
  return (
    <ul className={css.missingList}>
      {missing.map((one) => {
        const [field] = one.fields;
        return (
          <li key={`${one.kind}-${one.key}`}>
            <span>{text(one.message, text(one.label, one.key))}</span>
            {field !== undefined && (
              <Button size="small" type="link" onClick={() => onField(field)}>
                {t("process.goToField")}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface ChecklistProps {
  readonly entity: string;
  readonly id: string;
  readonly status: StageStatus;
  readonly canTick: boolean;
}

function Checklist({ entity, id, status, canTick }: ChecklistProps) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const tick = useChecklist(entity, id);
  const done = status.checklist.filter((item) => item.done).length;
  const list = (
    <ul className={css.checklist}>
      {status.checklist.map((item) => {
        const isLate = !item.done && item.dueAt && new Date(item.dueAt) < new Date();
        return (
          <li key={item.key}>
            <Checkbox
              checked={Boolean(item.done)}
              disabled={!canTick || tick.isPending}
              onChange={(event) => tick.mutate({ item: item.key, done: event.target.checked })}
            >
              {text(item.label, item.key)}
              {item.required && <span className={css.required}> *</span>}
            </Checkbox>
            <p className={isLate ? css.late : css.when}>
              {item.done
                ? `${item.done.by?.title ?? ""} ${format.dateTime(item.done.at)}`
                : item.dueAt
                  ? t("process.dueBy", { time: format.dateTime(item.dueAt) })
                  : text(item.help ?? undefined)}
            </p>
          </li>
        );
      })}
    </ul>
  );
  return (
    <Popover trigger="click" placement="bottom" title={t("process.checklist")} content={list}>
      <Button>{t("process.checklistCount", { done, all: status.checklist.length })}</Button>
    </Popover>
  );
}
