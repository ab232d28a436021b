import { type Locale, type LocalText, textIn } from "@formwright/model";
import type { LogEntry } from "../process/state.ts";

/** An entry of an approval's log as the panel draws it. */
export interface PanelLogLine {
  readonly key: string;
  readonly at: string;
  /** Empty: the system. */
  readonly actor: string;
  readonly kind: LogEntry["kind"];
  readonly step: string;
  readonly comment: string | null;
  readonly decision: string | null;
  /** Whom it concerns. */
  readonly members: readonly string[];
  /** The outcome at the end. */
  readonly detail: string | null;
}

interface Props {
  readonly line: PanelLogLine;
  readonly locale: Locale;
  moment(iso: string): string;
}

const WORDS: Readonly<Record<string, LocalText>> = {
  started: { en: "started it", "zh-CN": "发起了审批" },
  approve: { en: "approved", "zh-CN": "同意" },
  reject: { en: "rejected", "zh-CN": "拒绝" },
  return: { en: "returned it", "zh-CN": "退回" },
  asked: { en: "asked", "zh-CN": "待处理人：" },
  passed: { en: "step done", "zh-CN": "步骤完成" },
  skipped: { en: "step skipped", "zh-CN": "步骤跳过" },
  blocked: { en: "nobody found", "zh-CN": "没有找到处理人" },
  returned: { en: "went back to the starter", "zh-CN": "退回发起人" },
  resubmitted: { en: "resubmitted", "zh-CN": "重新提交" },
  commented: { en: "commented", "zh-CN": "评论" },
  reassigned: { en: "named other people", "zh-CN": "改派" },
  pathTaken: { en: "path chosen", "zh-CN": "进入分支" },
  approved: { en: "Approved", "zh-CN": "审批通过" },
  rejected: { en: "Rejected", "zh-CN": "审批拒绝" },
  withdrawn: { en: "Withdrawn", "zh-CN": "已撤回" },
  ended: { en: "Ended", "zh-CN": "已终止" },
};

/** Entries that only the machine needs are not shown. */
const HIDDEN: ReadonlySet<LogEntry["kind"]> = new Set(["ran", "queued", "closed"]);

/** One entry of an approval's log, in words. */
export function LogLine({ line, locale, moment }: Props) {
  if (HIDDEN.has(line.kind)) return null;
  const verb = textIn(WORDS[wordOf(line)], locale, line.kind);
  const names = line.members.join(", ");
  return (
    <li style={{ fontSize: 13 }}>
      <span style={{ color: "var(--color-ink-faint)", fontVariantNumeric: "tabular-nums" }}>{moment(line.at)}</span>{" "}
      {[line.kind === "asked" ? "" : line.actor, verb, names].filter((part) => part !== "").join(" ")}
      {line.step !== "" && <span style={{ color: "var(--color-ink-faint)" }}> · {line.step}</span>}
      {line.comment !== null && line.comment !== "" && (
        <blockquote
          style={{ margin: "2px 0 0", padding: "2px 10px", borderInlineStart: "3px solid var(--color-line-strong)" }}
        >
          {line.comment}
        </blockquote>
      )}
    </li>
  );
}

function wordOf({ kind, decision, detail }: PanelLogLine): string {
  if (kind === "decided" && decision !== null) return decision;
  return kind === "ended" && detail !== null ? detail : kind;
}
