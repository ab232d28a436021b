import { DeleteOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, Drawer, Input, Spin, Tooltip } from "antd";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { ApiProblem } from "../../api/problem.ts";
import { describeProblem } from "../../app/notices.tsx";
import { useT, useText } from "../../i18n/locale.ts";
import { useWorkspace } from "../../model/workspace-context.tsx";
import { EmptyState } from "../../shell/empty-state.tsx";
import { Pill } from "../pill.tsx";
import { useLiveDefinitions } from "../use-live-entity.ts";
import {
  ACTION_LABELS,
  editorPath,
  isPublishedKind,
  KIND_LABELS,
  LEVEL_LABELS,
  nameOf,
  subjectOf,
} from "./definition-names.ts";
import css from "./draft.module.css";
import { draftApi, type PlannedChange, type PublishPlan, type WireFinding } from "./draft-api.ts";
import { FindingList, isError } from "./finding-list.tsx";
import { useHasUnsaved } from "./unsaved-edits.ts";
import { useDiscard, useDraft } from "./use-draft.ts";

const LEVEL_COLORS = { safe: "green", consent: "gold", refused: "red" } as const;

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The plan of the draft: every change in words, what stands in the way, and the button that publishes it. */
export function PlanDrawer({ open, onClose }: Props) {
  const t = useT();
  const { slug } = useWorkspace();
  const plan = useQuery({
    queryKey: ["draft", slug, "plan"],
    queryFn: () => draftApi.plan(slug),
    enabled: open,
    staleTime: 0,
    gcTime: 0,
  });
  const isCurrent = plan.data !== undefined && !plan.isFetching;
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t("draft.planTitle")}
      size={640}
      destroyOnHidden
      styles={{ wrapper: { maxWidth: "100vw" } }}
      footer={
        plan.data && plan.data.changes.length > 0 ? (
          <PublishForm
            key={plan.data.checksum}
            plan={plan.data}
            isCurrent={isCurrent}
            onReplan={() => void plan.refetch()}
            onDone={onClose}
          />
        ) : null
      }
    >
      {plan.isPending && (
        <div role="status" style={{ textAlign: "center", padding: 48 }}>
          <Spin />
          <p className="muted">{t("draft.planning")}</p>
        </div>
      )}
      {plan.isError && (
        <Alert
          type="error"
          showIcon
          title={describeProblem(plan.error).title}
          description={
            plan.error instanceof ApiProblem && (
              <FindingList
                findings={plan.error.errors}
                action={(finding) => <FindingLink finding={finding} onGo={onClose} />}
              />
            )
          }
          action={
            <Button size="small" onClick={() => void plan.refetch()}>
              {t("common.retry")}
            </Button>
          }
        />
      )}
      {plan.data && <PlanBody plan={plan.data} onGo={onClose} />}
    </Drawer>
  );
}

function PlanBody({ plan, onGo }: { readonly plan: PublishPlan; readonly onGo: () => void }) {
  const t = useT();
  const errors = plan.findings.filter(isError);
  const warnings = plan.findings.filter((finding) => !isError(finding));
  if (plan.changes.length === 0 && plan.findings.length === 0)
    return <EmptyState title={t("draft.planEmpty")} hint={t("draft.planEmptyHint")} />;
  const link = (finding: WireFinding) => <FindingLink finding={finding} onGo={onGo} />;
  const about = (finding: WireFinding) => <FindingSubject finding={finding} />;
  return (
    <div className={css.plan}>
      <LevelSummary changes={plan.changes} />
      {errors.length > 0 && (
        <section className={css.block}>
          <p className={css.blockTitle}>{t("draft.findings", { n: errors.length })}</p>
          <FindingList findings={errors} action={link} subject={about} />
        </section>
      )}
      {warnings.length > 0 && (
        <section className={`${css.block} ${css.blockSoft}`}>
          <p className={css.blockTitle}>{t("draft.warnings", { n: warnings.length })}</p>
          <FindingList findings={warnings} action={link} subject={about} />
        </section>
      )}
      <ul>
        {plan.changes.map((change) => (
          <ChangeItem key={`${change.kind}/${change.key}`} change={change} onGo={onGo} />
        ))}
      </ul>
    </div>
  );
}

function LevelSummary({ changes }: { readonly changes: readonly PlannedChange[] }) {
  const t = useT();
  const count = (level: PlannedChange["level"]) => changes.filter((change) => change.level === level).length;
  const [safe, consent, refused] = [count("safe"), count("consent"), count("refused")];
  return (
    <div className={css.levels}>
      {refused > 0 && <Pill color="red">{t("draft.refusedHint", { n: refused })}</Pill>}
      {consent > 0 && <Pill color="gold">{t("draft.consentHint", { n: consent })}</Pill>}
      {safe > 0 && <Pill color="green">{t("draft.safeHint", { n: safe })}</Pill>}
    </div>
  );
}

function ChangeItem({ change, onGo }: { readonly change: PlannedChange; readonly onGo: () => void }) {
  const t = useT();
  const text = useText();
  const { slug } = useWorkspace();
  const draft = useDraft();
  const live = useLiveDefinitions();
  const discard = useDiscard();
  const { modal } = App.useApp();
  const name = text(nameOf(draft.data, live, change.kind, change.key), change.key);
  const askDiscard = () =>
    modal.confirm({
      title: t("draft.discardTitle", { name }),
      okText: t("draft.discard"),
      okButtonProps: { danger: true },
      onOk: () => discard.mutateAsync(change),
    });
  return (
    <li className={css.change}>
      <div className={css.changeHead}>
        <span className="muted">{t(KIND_LABELS[change.kind])}</span>
        <strong>
          <Link to={editorPath(slug, change.kind, change.key)} onClick={onGo}>
            {name}
          </Link>
        </strong>
        <span className="muted">{t(ACTION_LABELS[change.action])}</span>
        {change.level !== "safe" && <Pill color={LEVEL_COLORS[change.level]}>{t(LEVEL_LABELS[change.level])}</Pill>}
        <Tooltip title={t("draft.discard")}>
          <Button
            size="small"
            type="text"
            icon={<DeleteOutlined />}
            aria-label={`${t("draft.discard")}: ${name}`}
            onClick={askDiscard}
          />
        </Tooltip>
      </div>
      {change.remarks.length > 0 && (
        <ul className={css.words}>
          {change.remarks.map((remark, index) => (
            <li key={String(index)} className={css[remark.level]}>
              {text(remark.words)}
              {remark.examples && remark.examples.length > 0 && (
                <span className="muted"> {t("draft.examples", { list: remark.examples.join(", ") })}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function FindingSubject({ finding }: { readonly finding: WireFinding }) {
  const t = useT();
  const text = useText();
  const draft = useDraft();
  const live = useLiveDefinitions();
  const subject = subjectOf(finding);
  if (!subject || !isPublishedKind(subject.kind)) return null;
  return (
    <strong>
      {t(KIND_LABELS[subject.kind])} {text(nameOf(draft.data, live, subject.kind, subject.key), subject.key)}:{" "}
    </strong>
  );
}

function FindingLink({ finding, onGo }: { readonly finding: WireFinding; readonly onGo: () => void }) {
  const t = useT();
  const { slug } = useWorkspace();
  const subject = subjectOf(finding);
  if (!subject) return null;
  return (
    <Link to={editorPath(slug, subject.kind, subject.key, subject.pointer)} onClick={onGo}>
      {t("draft.goThere")}
    </Link>
  );
}

interface PublishFormProps {
  readonly plan: PublishPlan;
  readonly isCurrent: boolean;
  readonly onReplan: () => void;
  readonly onDone: () => void;
}

function PublishForm({ plan, isCurrent, onReplan, onDone }: PublishFormProps) {
  const t = useT();
  const { slug } = useWorkspace();
  const { message: notice } = App.useApp();
  const queryClient = useQueryClient();
  const [message, setMessage] = useState("");
  const [hasConsent, setConsent] = useState(false);
  const needsConsent = plan.changes.some((change) => change.level === "consent");
  const isBlocked = plan.changes.some((change) => change.level === "refused") || plan.findings.some(isError);
  const publish = useMutation({
    meta: { silent: true },
    mutationFn: () => draftApi.publish(slug, message.trim(), plan.checksum),
    onSuccess: async (answer) => {
      void notice.success(t("draft.published", { n: answer.release }));
      onDone();
      await Promise.all(
        ["draft", "model", "releases"].map((key) => queryClient.invalidateQueries({ queryKey: [key, slug] })),
      );
    },
  });
  const hasUnsaved = useHasUnsaved();
  const isStale = publish.error instanceof ApiProblem && (publish.error.status === 409 || publish.error.status === 412);
  useEffect(() => {
    if (isStale) onReplan();
  }, [isStale, onReplan]);
  return (
    <div className={css.footer}>
      {publish.error && (
        <Alert
          type={isStale ? "warning" : "error"}
          showIcon
          title={isStale ? t("draft.planStale") : describeProblem(publish.error).title}
          description={
            publish.error instanceof ApiProblem &&
            publish.error.errors.length > 0 && <FindingList findings={publish.error.errors} />
          }
        />
      )}
      {hasUnsaved && <Alert type="warning" showIcon title={t("draft.hasUnsaved")} />}
      <Input.TextArea
        value={message}
        onChange={(event) => setMessage(event.target.value)}
        autoSize={{ minRows: 1, maxRows: 4 }}
        maxLength={500}
        aria-label={t("draft.message")}
        placeholder={`${t("draft.message")} · ${t("draft.messagePlaceholder")}`}
      />
      {needsConsent && (
        <Checkbox checked={hasConsent} onChange={(event) => setConsent(event.target.checked)}>
          {t("draft.consent")}
        </Checkbox>
      )}
      <Button
        type="primary"
        block
        loading={publish.isPending}
        disabled={isBlocked || hasUnsaved || !isCurrent || (needsConsent && !hasConsent)}
        onClick={() => publish.mutate()}
      >
        {t("draft.publish")}
      </Button>
    </div>
  );
}
