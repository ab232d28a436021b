import { PersonName, widgetOf } from "@formwright/fields/widget";
import type { Entity, Json, Model } from "@formwright/model";
import { Button, Input, Skeleton } from "antd";
import { type ReactNode, useId, useState } from "react";
import type { HistoryEvent } from "../api/wire.ts";
import { useFormat } from "../i18n/format.ts";
import { type Translate, useT, useText } from "../i18n/locale.ts";
import type { MessageKey } from "../i18n/messages.ts";
import { propertyAt } from "../model/properties.ts";
import { useModel } from "../model/workspace-context.tsx";
import { useAddComment, useHistory } from "./history.ts";
import css from "./timeline.module.css";
import { useWidgetEnvironment } from "./widget-environment.tsx";

interface Props {
  readonly entity: Entity;
  readonly id: string;
}

/** Everything about a record in the order it happened: changes in words, moves, decisions, comments. */
export function Timeline({ entity, id }: Props) {
  const t = useT();
  const format = useFormat();
  const history = useHistory(entity.key, id);
  const events = history.data?.pages.flatMap((page) => page.items) ?? [];
  const titles = Object.assign({}, ...(history.data?.pages ?? []).map((page) => page.titles)) as Titles;
  const days = byDay(events, format.day);
  return (
    <section className="panel" style={{ padding: 16 }}>
      <h2 className={css.heading}>{t("records.timeline")}</h2>
      <CommentBox entity={entity.key} id={id} />
      {history.isPending && <Skeleton active paragraph={{ rows: 3 }} />}
      {days.map(([day, items]) => (
        <div key={day}>
          <h3 className={css.day}>{day}</h3>
          <ol className={css.list}>
            {items.map((event) => (
              <Event key={String(event.seq)} event={event} entity={entity} titles={titles} />
            ))}
          </ol>
        </div>
      ))}
      {history.hasNextPage && (
        <Button size="small" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {t("common.loadMore")}
        </Button>
      )}
    </section>
  );
}

function CommentBox({ entity, id }: { readonly entity: string; readonly id: string }) {
  const t = useT();
  const boxId = useId();
  const [text, setText] = useState("");
  const add = useAddComment(entity, id);
  const send = () => {
    const comment = text.trim();
    if (comment !== "" && !add.isPending) add.mutate(comment, { onSuccess: () => setText("") });
  };
  return (
    <div className={css.comment}>
      <label htmlFor={boxId} className="visually-hidden">
        {t("records.addComment")}
      </label>
      <Input.TextArea
        id={boxId}
        value={text}
        placeholder={t("records.addComment")}
        autoSize={{ minRows: 1, maxRows: 8 }}
        maxLength={5000}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            event.stopPropagation();
            send();
          }
        }}
      />
      <Button type="primary" disabled={text.trim() === ""} loading={add.isPending} onClick={send}>
        {t("records.comment")}
      </Button>
    </div>
  );
}

/** What an event of a kind says after the name; changes are listed below it. */
const VERBS: Readonly<Record<string, MessageKey>> = {
  created: "records.eventCreated",
  updated: "records.eventUpdated",
  deleted: "records.eventDeleted",
  restored: "records.eventRestored",
  moved: "records.eventMoved",
  comment: "records.eventComment",
  checklist: "records.eventChecklist",
  approval: "records.eventApproval",
  shared: "records.eventShared",
};

const DOORS: Readonly<Record<string, MessageKey>> = {
  import: "records.doorImport",
  automation: "records.doorAutomation",
  approval: "records.doorApproval",
  bulk: "records.doorBulk",
  api: "records.doorApi",
  template: "records.doorTemplate",
};

type Titles = Readonly<Record<string, string>>;

interface EventProps {
  readonly event: HistoryEvent;
  readonly entity: Entity;
  /** Titles of the records that changes name, by id. */
  readonly titles: Titles;
}

function Event({ event, entity, titles }: EventProps) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const verb = VERBS[event.kind];
  const door = DOORS[event.door];
  const model = useModel();
  const actor = event.actor?.title ?? systemName(event.actorName ?? null, model, t, text);
  const comment = event.data?.text ?? event.data?.comment;
  return (
    <li className={css.event}>
      <div className={css.line}>
        <PersonName name={actor} />
        <span>{verb === undefined ? event.kind : sayVerb(event, model, t, text)}</span>
        {event.kind === "moved" && <Move event={event} entity={entity} titles={titles} />}
        <time dateTime={event.at} className={css.time} title={format.dateTime(event.at)}>
          {format.dateTime(event.at).slice(11)}
          {door !== undefined && ` · ${t(door)}`}
        </time>
      </div>
      {typeof comment === "string" && comment !== "" && <blockquote className={css.quote}>{comment}</blockquote>}
      {event.kind === "updated" && <Changes event={event} entity={entity} titles={titles} />}
    </li>
  );
}

/** What acted where no person did: an automation or an approval by its label, else the system. */
function systemName(name: string | null, model: Model, t: Translate, text: ReturnType<typeof useText>): string {
  const [, kind, key = ""] = /^(automation|approval) (\w+)$/.exec(name ?? "") ?? [];
  if (kind === "automation") return text(model.automations.get(key)?.label, t("records.doorAutomation"));
  if (kind === "approval") return text(model.approvals.get(key)?.label, t("records.doorApproval"));
  return name ?? t("common.system");
}

function sayVerb(event: HistoryEvent, model: Model, t: Translate, text: ReturnType<typeof useText>): string {
  const { data } = event;
  if (event.kind === "checklist") {
    const key = String(data?.item ?? "");
    const items = [...model.flows.values()].flatMap((flow) => flow.stages.flatMap((stage) => stage.checklist));
    const item = text(items.find((one) => one.key === key)?.label, key);
    return t(data?.done === false ? "records.eventUnticked" : "records.eventChecklist", { item });
  }
  if (event.kind === "approval") {
    const key = String(data?.approval ?? "");
    const what = t(APPROVAL_WORDS[String(data?.decision ?? data?.on ?? "")] ?? "records.approvalActed");
    return t("records.eventApproval", { approval: text(model.approvals.get(key)?.label, key), what });
  }
  return t(VERBS[event.kind] ?? "records.eventUpdated");
}

const APPROVAL_WORDS: Readonly<Record<string, MessageKey>> = {
  start: "records.approvalStarted",
  approve: "records.approvalApproved",
  reject: "records.approvalRejected",
  return: "records.approvalReturned",
  withdraw: "records.approvalWithdrawn",
  resubmit: "records.approvalResubmitted",
  comment: "records.eventComment",
  reassign: "records.approvalReassigned",
  notMoved: "records.approvalNotMoved",
};

function Move({ event, entity, titles }: EventProps) {
  const field = String(event.data?.field ?? "");
  const { from = null, to = null } = event.data ?? {};
  return (
    <span className={css.change}>
      {from !== null && (
        <>
          <Value entity={entity} path={field} titles={titles} value={from} />
          <span aria-hidden> → </span>
        </>
      )}
      <Value entity={entity} path={field} titles={titles} value={to} />
    </span>
  );
}

function Changes({ event, entity, titles }: EventProps) {
  const text = useText();
  const model = useModel();
  const shown = Object.entries(event.changes ?? {}).filter(([key]) => propertyAt(model, entity, key) !== null);
  if (shown.length === 0) return null;
  return (
    <ul className={css.changes}>
      {shown.map(([key, [before, after]]) => (
        <li key={key} className={css.change}>
          <span className={css.field}>{text(propertyAt(model, entity, key)?.label, key)}</span>
          <Value entity={entity} path={key} titles={titles} value={before} />
          <span aria-hidden> → </span>
          <Value entity={entity} path={key} titles={titles} value={after} />
        </li>
      ))}
    </ul>
  );
}

interface ValueProps {
  readonly entity: Entity;
  readonly path: string;
  readonly value: Json;
  readonly titles: Titles;
}

/** An old or new value, drawn as a list draws it. */
function Value({ entity, path, value, titles }: ValueProps): ReactNode {
  const t = useT();
  const model = useModel();
  const env = useWidgetEnvironment();
  const property = propertyAt(model, entity, path);
  const isEmpty = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  if (property === null || isEmpty) return <span className={css.none}>{t("records.empty")}</span>;
  const title = typeof value === "string" ? titles[value] : undefined;
  if (property.target !== null && title === undefined) return t("records.otherRecord");
  const { Cell } = widgetOf(property.field.kind);
  return <Cell field={property.field} value={value} title={title} env={env} />;
}

function byDay(
  events: readonly HistoryEvent[],
  dayOf: (iso: string) => string,
): readonly (readonly [string, HistoryEvent[]])[] {
  const days = new Map<string, HistoryEvent[]>();
  for (const event of events) {
    const day = dayOf(event.at);
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  return [...days];
}
