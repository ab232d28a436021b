import { CloseCircleFilled, WarningFilled } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useText } from "../../i18n/locale.ts";
import css from "./draft.module.css";
import type { WireFinding } from "./draft-api.ts";

interface Props {
  readonly findings: readonly WireFinding[];
  /** What stands behind a finding's words: a link to its place. */
  readonly action?: (finding: WireFinding) => ReactNode;
  /** What it is about, before its words. */
  readonly subject?: (finding: WireFinding) => ReactNode;
}

/** The words of a finding, in the language on screen. */
export function useFindingWords(): (finding: WireFinding) => string {
  const text = useText();
  return ({ message, code }) => (typeof message === "string" ? message : text(message, code));
}

export function isError(finding: WireFinding): boolean {
  return finding.severity !== "warning";
}

/** Findings one below the other, errors first. */
export function FindingList({ findings, action, subject }: Props) {
  const words = useFindingWords();
  const sorted = [...findings].sort((a, b) => Number(isError(b)) - Number(isError(a)));
  return (
    <ul className={css.findings}>
      {sorted.map((finding, index) => (
        <li key={index} className={css.finding}>
          {isError(finding) ? (
            <CloseCircleFilled className={css.error} aria-hidden />
          ) : (
            <WarningFilled className={css.warning} aria-hidden />
          )}
          <span>
            {subject?.(finding)}
            {words(finding)}
          </span>
          {action?.(finding)}
        </li>
      ))}
    </ul>
  );
}
