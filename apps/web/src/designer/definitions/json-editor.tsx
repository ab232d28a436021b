import { type KeyboardEvent, type RefObject, useRef } from "react";
import { useT } from "../../i18n/locale.ts";
import css from "./definitions.module.css";

interface Props {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Lines (from 1) with something wrong on them. */
  readonly badLines: ReadonlySet<number>;
  readonly textarea: RefObject<HTMLTextAreaElement | null>;
  readonly isReadOnly?: boolean;
}

const INDENT = "  ";

/** A text area for JSON: fixed width, line numbers beside it, Tab indents (Escape first lets Tab leave). */
export function JsonEditor({ value, onChange, badLines, textarea, isReadOnly = false }: Props) {
  const t = useT();
  const numbers = useRef<HTMLDivElement>(null);
  const isTabFree = useRef(false);
  const lines = value.split("\n").length;
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape") isTabFree.current = true;
    if (event.key !== "Tab" || event.shiftKey || isTabFree.current || isReadOnly) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    event.currentTarget.setRangeText(INDENT, selectionStart, selectionEnd, "end");
    onChange(event.currentTarget.value);
  };
  return (
    <div className={css.editor}>
      <div ref={numbers} className={css.numbers} aria-hidden>
        {Array.from({ length: lines }, (_, index) => (
          <span key={String(index)} className={badLines.has(index + 1) ? css.badLine : undefined}>
            {index + 1}
          </span>
        ))}
      </div>
      <textarea
        ref={textarea}
        className={css.text}
        value={value}
        readOnly={isReadOnly}
        spellCheck={false}
        wrap="off"
        aria-label={t("draft.jsonText")}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        onFocus={() => {
          isTabFree.current = false;
        }}
        onScroll={(event) => {
          if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}

/** Selects a range of the text and scrolls it into view. */
export function showRange(textarea: HTMLTextAreaElement | null, start: number, end: number): void {
  if (!textarea) return;
  textarea.focus();
  textarea.setSelectionRange(start, end);
  const line = textarea.value.slice(0, start).split("\n").length;
  const height = Number.parseFloat(getComputedStyle(textarea).lineHeight) || 20;
  textarea.scrollTop = Math.max(0, (line - 4) * height);
}
