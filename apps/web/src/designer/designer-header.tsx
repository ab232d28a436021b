import {
  CheckCircleOutlined,
  CloudSyncOutlined,
  ExclamationCircleOutlined,
  PlusOutlined,
  RedoOutlined,
  SettingOutlined,
  UndoOutlined,
} from "@ant-design/icons";
import { Button, Select, Tooltip } from "antd";
import { type ReactNode, useEffect } from "react";
import { Link } from "react-router";
import { useT, useText } from "../i18n/locale.ts";
import { useModel, useWorkspace } from "../model/workspace-context.tsx";
import { Icon } from "../shell/icon.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import css from "./designer.module.css";
import { isError } from "./draft/finding-list.tsx";
import type { BundleEditor, SaveState } from "./edits/use-bundle-editor.ts";

interface Props {
  readonly editor: BundleEditor;
  readonly form: string | null;
  readonly onForm: (form: string) => void;
  /** Opens the palette where there is no room for it beside the canvas. */
  readonly onPalette: (() => void) | null;
  readonly onEntity: () => void;
}

/** The head of the entity designer: which entity and form, whether it is saved, undo and redo. */
export function DesignerHeader({ editor, form, onForm, onPalette, onEntity }: Props) {
  const t = useT();
  const text = useText();
  const { slug } = useWorkspace();
  const isLive = useModel().entities.has(editor.bundle.entity.key);
  const { entity, forms } = editor.bundle;
  useUndoKeys(editor);
  return (
    <PageHeader
      icon={<Icon name={entity.icon} />}
      title={text(entity.label, entity.key)}
      crumbs={[{ label: t("designer.entitiesTitle"), to: `/w/${slug}/admin/entities` }]}
      tags={<SaveMark editor={editor} />}
      actions={
        <>
          {onPalette && (
            <Button type="primary" icon={<PlusOutlined />} onClick={onPalette}>
              {t("designer.palette")}
            </Button>
          )}
          {forms.length > 1 && (
            <Select
              value={form}
              aria-label={t("designer.form")}
              popupMatchSelectWidth={false}
              options={forms.map((item) => ({ value: item.key, label: text(item.label, item.key) }))}
              onChange={onForm}
            />
          )}
          <Tooltip title={`${t("designer.undo")} (Ctrl Z)`}>
            <Button
              icon={<UndoOutlined />}
              aria-label={t("designer.undo")}
              disabled={!editor.canUndo}
              onClick={editor.undo}
            />
          </Tooltip>
          <Tooltip title={`${t("designer.redo")} (Ctrl Y)`}>
            <Button
              icon={<RedoOutlined />}
              aria-label={t("designer.redo")}
              disabled={!editor.canRedo}
              onClick={editor.redo}
            />
          </Tooltip>
          <Tooltip title={t("designer.entityProperties")}>
            <Button icon={<SettingOutlined />} aria-label={t("designer.entityProperties")} onClick={onEntity} />
          </Tooltip>
          {isLive && (
            <Link to={`/w/${slug}/r/${entity.key}`} className={css.recordsLink}>
              {t("designer.openRecords")}
            </Link>
          )}
        </>
      }
    />
  );
}

function SaveMark({ editor }: { readonly editor: BundleEditor }) {
  const t = useT();
  const isUntouched = editor.saveState === "saved" && !editor.canUndo && !editor.canRedo;
  const problems = Object.values(editor.findings).flat().filter(isError).length;
  const marks = {
    saved: { icon: <CheckCircleOutlined />, words: t("designer.saved"), look: css.quiet },
    waiting: { icon: <CloudSyncOutlined />, words: t("designer.saving"), look: css.quiet },
    saving: { icon: <CloudSyncOutlined />, words: t("designer.saving"), look: css.quiet },
    refused: {
      icon: <ExclamationCircleOutlined />,
      words: t("designer.refused", { n: Math.max(problems, 1) }),
      look: css.bad,
    },
    offline: { icon: <ExclamationCircleOutlined />, words: t("designer.notSaved"), look: css.bad },
  } as const satisfies Record<SaveState, { icon: ReactNode; words: string; look: string | undefined }>;
  const mark = marks[editor.saveState];
  if (isUntouched) return null;
  return (
    <span className={mark.look} role="status" data-testid="save-state" data-state={editor.saveState}>
      {mark.icon} {mark.words}
    </span>
  );
}

/** Ctrl Z and Ctrl Y (or Ctrl Shift Z) outside of inputs, which have an undo of their own. */
function useUndoKeys({ undo, redo }: Pick<BundleEditor, "undo" | "redo">): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement && event.target.closest("input, textarea, [contenteditable]") !== null;
      if (!(event.ctrlKey || event.metaKey) || isTyping) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) redo();
      else undo();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [undo, redo]);
}
