import type { ReactNode } from "react";
import { LanguageSwitch } from "../shell/language-switch.tsx";
import css from "./entry-card.module.css";

interface Props {
  readonly title: string;
  readonly subtitle?: string;
  /** A wider card, for pages that ask more. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** The frame of the pages before a workspace: set-up, sign-in, invitation. */
export function EntryCard({ title, subtitle, wide = false, children }: Props) {
  return (
    <div className={css.page}>
      <div className={css.top}>
        <span className={css.brand}>
          <img src="/favicon.svg" alt="" width={26} height={26} />
          Formwright
        </span>
        <LanguageSwitch />
      </div>
      <main className={wide ? `${css.card} ${css.wide}` : css.card}>
        <h1 className={css.title}>{title}</h1>
        {subtitle !== undefined && <p className={css.subtitle}>{subtitle}</p>}
        {children}
      </main>
    </div>
  );
}
