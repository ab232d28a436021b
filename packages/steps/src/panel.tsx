import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  RollbackOutlined,
  StopOutlined,
  UserSwitchOutlined,
} from "@ant-design/icons";
import { type Approval, type Locale, textIn } from "@formwright/model";
import { Alert, Button, Input, Popconfirm, Space } from "antd";
import { type ReactNode, useId, useState } from "react";
import { LogLine, type PanelLogLine } from "./panel/log-line.tsx";
import { DECISION_WORDS, PanelTexts, STATE_WORDS, type TextKey } from "./panel/texts.tsx";

export type { PanelLogLine } from "./panel/log-line.tsx";
export { STATE_WORDS } from "./panel/texts.tsx";

/** A task of an approval that is open. */
export interface PanelTask {
  readonly id: string;
  /** What its person may do: approve, reject, return, comment, resubmit, assign. */
  readonly actions: readonly string[];
}

/** A step of the way that an approval takes, in order. */
export interface PanelStep {
  readonly step: string;
  readonly label: string;
  readonly state: "done" | "open" | "ahead" | "skipped";
  /** Whom it asks or asked, with what they decided. */
  readonly people: readonly { readonly name: string; readonly decision: string | null }[];
}

export interface PanelApproval {
  readonly id: string;
  readonly label: string;
  /** running, blocked, returned, approved, rejected, withdrawn, ended. */
  readonly state: string;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly path: readonly PanelStep[];
  readonly log: readonly PanelLogLine[];
  /** The open task of the person at the screen. */
  readonly myTask: PanelTask | null;
  readonly canWithdraw: boolean;
  /** Actions whose comment must not be empty. */
  readonly needsComment: readonly string[];
}

interface Props {
  readonly approval: PanelApproval;
  readonly locale: Locale;
  moment(iso: string): string;
  /** Does what was decided; the panel waits for it. */
  onAct(task: string, action: string, comment: string): Promise<void>;
  onWithdraw(comment: string): Promise<void>;
  /** Lets an administrator say who decides; not there for others. */
  onName?(): void;
  /** Lets an administrator end it without a decision; not there for others. */
  onEnd?(comment: string): Promise<void>;
}

const MARKS: Readonly<Record<string, ReactNode>> = {
  approved: <CheckCircleFilled style={{ color: "var(--color-green)" }} />,
  rejected: <CloseCircleFilled style={{ color: "var(--color-red)" }} />,
  withdrawn: <RollbackOutlined />,
  returned: <RollbackOutlined style={{ color: "var(--color-amber)" }} />,
};

const DECISIVE: readonly string[] = ["approve", "resubmit", "reject", "return", "comment"];

/** One approval on a record: its way, who has to decide, the decision itself, and all that happened. */
export function ApprovalPanel(props: Props) {
  const { approval, locale, moment } = props;
  const text = (key: TextKey) => textIn(PanelTexts[key], locale);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <article style={{ display: "flex", flexDirection: "column", gap: 12 }}>
      <header style={{ display: "flex", gap: 8, alignItems: "baseline", flexWrap: "wrap" }}>
        <span aria-hidden>{MARKS[approval.state] ?? <ClockCircleOutlined />}</span>
        <strong>{approval.label}</strong>
        <span>{textIn(STATE_WORDS[approval.state], locale, approval.state)}</span>
        <span style={{ marginInlineStart: "auto", color: "var(--color-ink-faint)", fontSize: 12.5 }}>
          {approval.startedBy} · {moment(approval.startedAt)}
        </span>
      </header>
      <Way steps={approval.path} locale={locale} />
      {approval.state === "blocked" && (
        <Alert
          type="warning"
          title={text("blocked")}
          action={
            props.onName && (
              <Button size="small" type="primary" onClick={props.onName}>
                {text("name")}
              </Button>
            )
          }
        />
      )}
      {approval.myTask !== null && <Decide task={approval.myTask} panel={props} />}
      <Rest panel={props} />
      {approval.log.length > 0 && (
        <div>
          <Button
            type="link"
            size="small"
            style={{ padding: 0 }}
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
          >
            {text(isOpen ? "hideLog" : "showLog")}
          </Button>
          {isOpen && (
            <ol style={{ marginTop: 6, display: "flex", flexDirection: "column", gap: 6 }}>
              {approval.log.map((line) => (
                <LogLine key={line.key} line={line} locale={locale} moment={moment} />
              ))}
            </ol>
          )}
        </div>
      )}
    </article>
  );
}

const STEP_COLORS = {
  done: "var(--color-green)",
  open: "var(--color-primary)",
  ahead: "var(--color-line-strong)",
  skipped: "var(--color-line)",
} as const satisfies Record<PanelStep["state"], string>;

function Way({ steps, locale }: { readonly steps: readonly PanelStep[]; readonly locale: Locale }) {
  return (
    <ol style={{ display: "flex", flexDirection: "column", gap: 4 }}>
      {steps.map((step) => (
        <li
          key={step.step}
          aria-current={step.state === "open" ? "step" : undefined}
          style={{
            paddingInlineStart: 12,
            borderInlineStart: `3px solid ${STEP_COLORS[step.state]}`,
            color: step.state === "ahead" || step.state === "skipped" ? "var(--color-ink-faint)" : undefined,
          }}
        >
          <span style={{ fontWeight: step.state === "open" ? 600 : 400 }}>{step.label}</span>
          {step.people.length > 0 && (
            <span style={{ color: "var(--color-ink-faint)" }}>
              {" · "}
              {step.people.map((person) => withDecision(person, locale)).join(", ")}
            </span>
          )}
          {step.state === "skipped" && ` · ${textIn(PanelTexts.skipped, locale)}`}
        </li>
      ))}
    </ol>
  );
}

function withDecision({ name, decision }: PanelStep["people"][number], locale: Locale): string {
  const word = decision === null ? "" : textIn(DECISION_WORDS[decision], locale, decision);
  return word === "" ? name : `${name} (${word})`;
}

function Decide({ task, panel }: { readonly task: PanelTask; readonly panel: Props }) {
  const { approval, locale, onAct } = panel;
  const text = (key: TextKey) => textIn(PanelTexts[key], locale);
  const id = useId();
  const [comment, setComment] = useState("");
  const [isLacking, setIsLacking] = useState(false);
  const [busy, setBusy] = useState<string | null>(null);
  const actions = DECISIVE.filter((action) => task.actions.includes(action));
  if (actions.length === 0) return null;

  const act = async (action: string) => {
    const lacks = comment.trim() === "" && (approval.needsComment.includes(action) || action === "comment");
    setIsLacking(lacks);
    if (lacks) return;
    setBusy(action);
    try {
      await onAct(task.id, action, comment.trim());
      setComment("");
    } finally {
      setBusy(null);
    }
  };

  return (
    <div style={{ padding: 12, borderRadius: 8, background: "var(--color-primary-soft)" }}>
      <p style={{ fontWeight: 600, marginBottom: 6 }}>{text("yourTurn")}</p>
      <label htmlFor={id} className="visually-hidden">
        {text("comment")}
      </label>
      <Input.TextArea
        id={id}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
        placeholder={text("comment")}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={2000}
        status={isLacking ? "error" : undefined}
        aria-invalid={isLacking}
      />
      {isLacking && <p style={{ color: "var(--color-red)", fontSize: 12.5 }}>{text("commentNeeded")}</p>}
      <Space wrap style={{ marginTop: 8 }}>
        {actions.map((action) => (
          <Button
            key={action}
            type={action === "approve" || action === "resubmit" ? "primary" : "default"}
            danger={action === "reject"}
            loading={busy === action}
            disabled={busy !== null && busy !== action}
            onClick={() => void act(action)}
          >
            {text(action as TextKey)}
          </Button>
        ))}
      </Space>
    </div>
  );
}

/** What can be done with the whole of it, beside deciding. */
function Rest({ panel }: { readonly panel: Props }) {
  const { approval, locale, onWithdraw, onName, onEnd } = panel;
  const text = (key: TextKey) => textIn(PanelTexts[key], locale);
  const [busy, setBusy] = useState<string | null>(null);
  const run = async (name: string, act: (comment: string) => Promise<void>) => {
    setBusy(name);
    try {
      await act("");
    } finally {
      setBusy(null);
    }
  };
  if (!approval.canWithdraw && onName === undefined && onEnd === undefined) return null;
  return (
    <Space wrap>
      {approval.canWithdraw && (
        <Button
          size="small"
          icon={<RollbackOutlined aria-hidden />}
          loading={busy === "withdraw"}
          onClick={() => void run("withdraw", onWithdraw)}
        >
          {text("withdraw")}
        </Button>
      )}
      {onName && approval.state !== "blocked" && (
        <Button size="small" icon={<UserSwitchOutlined aria-hidden />} onClick={onName}>
          {text("nameOthers")}
        </Button>
      )}
      {onEnd && (
        <Popconfirm
          title={text("endTitle")}
          description={text("endHint")}
          okText={text("end")}
          okButtonProps={{ danger: true }}
          cancelText={text("keep")}
          onConfirm={() => run("end", onEnd)}
        >
          <Button size="small" danger icon={<StopOutlined aria-hidden />} loading={busy === "end"}>
            {text("end")}
          </Button>
        </Popconfirm>
      )}
    </Space>
  );
}

/** The comment rules of an approval's steps: which actions need words. */
export function commentsNeededBy(approval: Approval | undefined, step: string): readonly string[] {
  const found = (approval?.steps ?? []).flatMap(flatten).find((one) => one.key === step);
  return found?.type === "approve" ? found.requireComment : [];
}

function flatten(step: Approval["steps"][number]): readonly Approval["steps"][number][] {
  return step.type === "branch" ? step.paths.flatMap((path) => path.steps.flatMap(flatten)) : [step];
}
