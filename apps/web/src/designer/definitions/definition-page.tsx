import { DeleteOutlined, FormatPainterOutlined, SaveOutlined, UndoOutlined } from "@ant-design/icons";
import { FIELD_KINDS } from "@formwright/fields/model";
import { PUBLISHED_KINDS, type PublishedDefinition, type PublishedKind, parseDefinition } from "@formwright/model";
import { useMutation } from "@tanstack/react-query";
import { App, Button, Spin } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import { ApiProblem } from "../../api/problem.ts";
import { useT, useText } from "../../i18n/locale.ts";
import { useWorkspace } from "../../model/workspace-context.tsx";
import { EmptyState } from "../../shell/empty-state.tsx";
import { NotFoundPage } from "../../shell/not-found-page.tsx";
import { PageHeader } from "../../shell/page-header.tsx";
import { KIND_LABELS } from "../draft/definition-names.ts";
import { draftApi, type WireFinding } from "../draft/draft-api.ts";
import { DraftBar } from "../draft/draft-bar.tsx";
import { FindingList } from "../draft/finding-list.tsx";
import { useMarkUnsaved } from "../draft/unsaved-edits.ts";
import { useDiscard, useDraft, useEditorEpoch, useRefreshDraft } from "../draft/use-draft.ts";
import { useLeaveGuard } from "../draft/use-leave-guard.ts";
import { useLiveDefinitions } from "../use-live-entity.ts";
import css from "./definitions.module.css";
import { JsonEditor, showRange } from "./json-editor.tsx";
import { lineOf, locateJson, rangeOf, type TextRange } from "./json-places.ts";
import { starterDefinition } from "./starter-definitions.ts";

/** `/admin/definitions/:kind/:key`: one definition as JSON, with what is wrong in it. */
export function DefinitionPage() {
  const t = useT();
  const { kind = "", key = "" } = useParams();
  const [params] = useSearchParams();
  const draft = useDraft();
  const live = useLiveDefinitions();
  const epoch = useEditorEpoch();
  if (draft.isError) return <NotFoundPage error={draft.error} onRetry={() => void draft.refetch()} />;
  if (!draft.data) return <Spin className="page-wait" />;
  const isKind = (PUBLISHED_KINDS as readonly string[]).includes(kind);
  const change = draft.data.changes.find((item) => item.kind === kind && item.key === key);
  const wanted = params.get("new");
  const known =
    draft.data.definitions.find((item) => item.kind === kind && item.key === key) ??
    live.find((item) => item.kind === kind && item.key === key);
  const definition =
    known ?? (wanted !== null && isKind ? starterDefinition(kind as PublishedKind, key, wanted) : null);
  if (!definition) return <EmptyState title={t("draft.definitionGone")} hint={t("designer.entityGoneHint")} />;
  return (
    <DefinitionEditor
      key={`${kind}/${key}/${epoch}`}
      definition={definition}
      isNew={!known}
      isRetired={change?.action === "retire"}
      at={params.get("at")}
    />
  );
}

interface EditorProps {
  readonly definition: PublishedDefinition;
  readonly isNew: boolean;
  readonly isRetired: boolean;
  /** Pointer to jump to at the start. */
  readonly at: string | null;
}

interface Checked {
  readonly definition: PublishedDefinition | null;
  readonly findings: readonly WireFinding[];
  readonly place: (finding: WireFinding) => TextRange;
}

function DefinitionEditor({ definition, isNew, isRetired, at }: EditorProps) {
  const t = useT();
  const text = useText();
  const { slug } = useWorkspace();
  const { message, modal } = App.useApp();
  const refresh = useRefreshDraft();
  const discard = useDiscard();
  const textarea = useRef<HTMLTextAreaElement>(null);
  const [source, setSource] = useState(() => pretty(definition));
  const [savedSource, setSavedSource] = useState(isNew ? "" : source);
  const [fromServer, setFromServer] = useState<readonly WireFinding[]>([]);
  const { kind, key } = definition;
  const checked = useMemo(() => check(source, kind, key, t), [source, kind, key, t]);
  const isDirty = source !== savedSource;
  useMarkUnsaved(isDirty && !isNew);
  const findings = checked.findings.length > 0 || isDirty ? checked.findings : fromServer;
  const badLines = new Set(findings.map((finding) => lineOf(source, checked.place(finding).start).line));
  const name = text(definition.label, key);

  useEffect(() => {
    if (at === null) return;
    const located = locateJson(textarea.current?.value ?? "");
    if (!located.ok) return;
    const range = rangeOf(located.places, at);
    showRange(textarea.current, range.start, range.end);
  }, [at]);

  useLeaveGuard(isDirty && !isNew);

  const save = useMutation({
    meta: { silent: true },
    mutationFn: (next: PublishedDefinition) => draftApi.put(slug, next),
    onSuccess: async (answer) => {
      setSavedSource(source);
      setFromServer(answer.findings ?? []);
      void message.success(t("draft.savedToDraft"));
      await refresh();
    },
    onError: (error) => {
      setSavedSource(source);
      setFromServer(
        error instanceof ApiProblem && error.errors.length > 0
          ? error.errors
          : [{ pointer: "", code: "failed", message: error.message }],
      );
    },
  });
  const retire = useMutation({
    mutationFn: () => draftApi.retire(slug, kind, key),
    onSuccess: () => refresh(),
  });
  const askRetire = () =>
    modal.confirm({
      title: t("draft.retireDefinitionTitle", { name }),
      content: t("draft.retireDefinitionHint"),
      okText: t("draft.retireDefinition"),
      okButtonProps: { danger: true },
      onOk: () => retire.mutateAsync(),
    });

  return (
    <div>
      <DraftBar />
      <PageHeader
        title={name}
        crumbs={[{ label: t("draft.definitionsTitle"), to: `/w/${slug}/admin/definitions` }]}
        hint={
          <>
            {t(KIND_LABELS[kind])} · <code>{key}</code>
            {isDirty && ` · ${t("draft.unsaved")}`}
          </>
        }
        actions={
          <>
            {kind === "entity" && <Link to={`/w/${slug}/admin/entities/${key}`}>{t("draft.openDesigner")}</Link>}
            <Button
              icon={<FormatPainterOutlined />}
              disabled={!checked.definition || isRetired}
              onClick={() => checked.definition && setSource(pretty(checked.definition))}
            >
              {t("draft.format")}
            </Button>
            {isRetired ? (
              <Button icon={<UndoOutlined />} onClick={() => discard.mutate({ kind, key })}>
                {t("draft.keepDefinition")}
              </Button>
            ) : (
              !isNew && (
                <Button danger icon={<DeleteOutlined />} onClick={askRetire}>
                  {t("draft.retireDefinition")}
                </Button>
              )
            )}
            <Button
              type="primary"
              icon={<SaveOutlined />}
              loading={save.isPending}
              disabled={!checked.definition || !isDirty || isRetired}
              onClick={() => checked.definition && save.mutate(checked.definition)}
            >
              {t("draft.saveToDraft")}
            </Button>
          </>
        }
      />
      <div className={css.layout}>
        <JsonEditor
          value={source}
          onChange={setSource}
          badLines={badLines}
          textarea={textarea}
          isReadOnly={isRetired}
        />
        <aside className={css.findings}>
          <h2>{t("draft.findingsTitle")}</h2>
          {findings.length === 0 && <p className={css.clean}>{t("draft.noFindings")}</p>}
          <FindingList
            findings={findings}
            action={(finding) => {
              const range = checked.place(finding);
              return (
                <Button size="small" type="link" onClick={() => showRange(textarea.current, range.start, range.end)}>
                  {t("draft.line", { line: lineOf(source, range.start).line })}
                </Button>
              );
            }}
          />
        </aside>
      </div>
    </div>
  );
}

/** What it is comes first, whatever the order in which it was stored. */
function pretty({ kind, key, label, ...rest }: PublishedDefinition): string {
  return JSON.stringify({ kind, key, label, ...rest }, null, 2);
}

function check(source: string, kind: PublishedKind, key: string, t: ReturnType<typeof useT>): Checked {
  const located = locateJson(source);
  if (!located.ok) {
    const place = lineOf(source, located.at);
    const message = t("draft.notJson", { line: place.line, column: place.column });
    return {
      definition: null,
      findings: [{ pointer: "", code: "notJson", message }],
      place: () => ({ start: located.at, end: located.at + 1 }),
    };
  }
  const place = (finding: WireFinding) => rangeOf(located.places, finding.pointer);
  const value = located.value as Partial<PublishedDefinition> | null;
  if (typeof value !== "object" || value?.kind !== kind || value.key !== key)
    return { definition: null, findings: [{ pointer: "", code: "otherKey", message: t("draft.keyMismatch") }], place };
  const parsed = parseDefinition(kind, value, FIELD_KINDS);
  return { definition: parsed.ok ? (value as PublishedDefinition) : null, findings: parsed.findings, place };
}
