import type { Change, DefinitionChange } from "@formwright/model";
import { useState } from "react";
import { KIND_LABELS } from "../designer/draft/definition-names.ts";
import { Pill } from "../designer/pill.tsx";
import { useT, useText } from "../i18n/locale.ts";
import css from "./releases.module.css";

const ACTIONS = {
  added: { label: "draft.added", color: "green" },
  removed: { label: "draft.removed", color: "red" },
  changed: { label: "draft.changed", color: "blue" },
} as const;

/** What differs between two releases, definition by definition, in words. */
export function ChangeList({ changes }: { readonly changes: readonly DefinitionChange[] }) {
  const t = useT();
  const text = useText();
  return (
    <ul>
      {changes.map((change) => (
        <li key={`${change.kind}/${change.key}`} className={css.change}>
          <div className={css.changeHead}>
            <Pill color={ACTIONS[change.action].color}>{t(ACTIONS[change.action].label)}</Pill>
            <span className="muted">{change.kind === "template" ? change.kind : t(KIND_LABELS[change.kind])}</span>
            <strong>{text(change.label, change.key)}</strong>
            <code className="muted">{change.key}</code>
          </div>
          {change.changes.length > 0 && <Details changes={change.changes} />}
        </li>
      ))}
    </ul>
  );
}

const SHOWN_AT_FIRST = 12;

function Details({ changes }: { readonly changes: readonly Change[] }) {
  const t = useT();
  const text = useText();
  const [isWhole, setWhole] = useState(changes.length <= SHOWN_AT_FIRST + 3);
  const shown = isWhole ? changes : changes.slice(0, SHOWN_AT_FIRST);
  return (
    <>
      <ul className={css.details}>
        {shown.map((change, index) => (
          <li key={`${change.path}:${String(index)}`}>{text(change.words, change.path)}</li>
        ))}
      </ul>
      {!isWhole && (
        <button type="button" className={css.more} onClick={() => setWhole(true)}>
          {t("common.more")} ({changes.length - SHOWN_AT_FIRST})
        </button>
      )}
    </>
  );
}
