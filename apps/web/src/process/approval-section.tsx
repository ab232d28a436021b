import type { Entity } from "@formwright/model";
import { ApprovalPanel, commentsNeededBy } from "@formwright/steps/panel";
import { useState } from "react";
import { useNotice } from "../app/notices.tsx";
import { useFormat } from "../i18n/format.ts";
import { useLocale, useT, useText } from "../i18n/locale.ts";
import type { MessageKey } from "../i18n/messages.ts";
import { useModel } from "../model/workspace-context.tsx";
import { type ApprovalJson, useApprovalAction, useApprovals, useTaskAction } from "./approvals.ts";
import { NamePeopleDialog } from "./name-people-dialog.tsx";

/** The approvals of a record, with the decision where it is mine. Nothing when there never was one. */
export function ApprovalSection({ entity, id }: { readonly entity: Entity; readonly id: string }) {
  const t = useT();
  const approvals = useApprovals(entity.key, id);
  const items = approvals.data ?? [];
  if (items.length === 0) return null;
  return (
    <section className="panel" style={{ padding: 16, display: "flex", flexDirection: "column", gap: 20 }}>
      <h2 style={{ fontSize: 14, fontWeight: 650 }}>{t("process.approvals")}</h2>
      {items.map((approval) => (
        <OneApproval key={approval.id} entity={entity} id={id} approval={approval} />
      ))}
    </section>
  );
}

interface OneProps {
  readonly entity: Entity;
  readonly id: string;
  readonly approval: ApprovalJson;
}

function OneApproval({ entity, id, approval }: OneProps) {
  const t = useT();
  const text = useText();
  const locale = useLocale();
  const format = useFormat();
  const model = useModel();
  const notice = useNotice();
  const act = useTaskAction(entity.key, id);
  const actOnApproval = useApprovalAction(entity.key, id);
  const nameOf = (person: { readonly title: string | null } | null) => person?.title ?? t("common.unknownPerson");
  const [isNaming, setIsNaming] = useState(false);
  const openTasks = approval.path.flatMap(({ step, tasks }) =>
    tasks
      .filter((task) => task.state === "open")
      .map((task) => ({
        id: task.id,
        label: `${text(step.label, step.key)} · ${task.assignee === null ? t("process.anAdmin") : nameOf(task.assignee)}`,
      })),
  );
  // A task that asks nobody by name waits until an administrator says whom.
  const isBlocked = approval.path.some(({ tasks }) =>
    tasks.some((task) => task.state === "open" && task.assignee === null),
  );
  const canName = approval.actions.includes("reassign") && openTasks.length > 0;
  const onWhole =
    (action: string, said: MessageKey, more: { task?: string; members?: readonly string[] } = {}) =>
    (comment: string) =>
      actOnApproval.mutateAsync({ approval: approval.id, action, comment, ...more }).then(
        () => notice(t(said)),
        () => undefined,
      );
  const openStep = approval.path.find((step) => step.tasks.some((task) => task.id === approval.myTask?.id));
  return (
    <>
      <ApprovalPanel
        locale={locale}
        moment={format.moment}
        approval={{
          id: approval.id,
          label: text(approval.label, approval.key),
          state: isBlocked ? "blocked" : approval.state,
          startedBy: nameOf(approval.startedBy),
          startedAt: approval.startedAt,
          endedAt: approval.endedAt,
          log: approval.log.map(({ step, actor, members, ...line }, index) => ({
            ...line,
            key: `${index}`,
            actor: actor === null ? "" : nameOf(actor),
            members: members.map(nameOf),
            step: step === null ? "" : text(step.label, step.key),
          })),
          path: approval.path.map(({ step, state, tasks }) => ({
            step: step.key,
            label: text(step.label, step.key),
            state,
            people: tasks.map((task) => ({
              name: task.assignee === null ? t("process.anAdmin") : nameOf(task.assignee),
              decision: task.decision,
            })),
          })),
          myTask: approval.myTask,
          canWithdraw: approval.actions.includes("withdraw"),
          needsComment: commentsNeededBy(model.approvals.get(approval.key), openStep?.step.key ?? ""),
        }}
        onAct={(task, action, comment) =>
          act.mutateAsync({ task, action, comment }).then(
            () => notice(t("process.decided")),
            () => undefined,
          )
        }
        onWithdraw={onWhole("withdraw", "process.withdrawn")}
        {...(canName ? { onName: () => setIsNaming(true) } : {})}
        {...(approval.actions.includes("end") ? { onEnd: onWhole("end", "process.ended") } : {})}
      />
      {isNaming && (
        <NamePeopleDialog
          tasks={openTasks}
          isBusy={actOnApproval.isPending}
          onClose={() => setIsNaming(false)}
          onSave={(task, members, comment) =>
            void onWhole("reassign", "process.namedPeople", { task, members })(comment).then(() => setIsNaming(false))
          }
        />
      )}
    </>
  );
}
