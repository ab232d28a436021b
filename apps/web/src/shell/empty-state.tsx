import type { ReactNode } from "react";
import css from "./empty-state.module.css";

interface Props {
  readonly title: ReactNode;
  /** What to do about it. */
  readonly hint?: ReactNode;
  readonly icon?: ReactNode;
  readonly action?: ReactNode;
  /** Less room around it, for panels. */
  readonly compact?: boolean;
}

/** Nothing here yet: says so, and says what to do. */
export function EmptyState({ title, hint, icon, action, compact = false }: Props) {
  return (
    <div className={compact ? `${css.empty} ${css.compact}` : css.empty}>
      {icon !== undefined && <div className={css.icon}>{icon}</div>}
      <p className={css.title}>{title}</p>
      {hint !== undefined && <p className={css.hint}>{hint}</p>}
      {action !== undefined && <div className={css.action}>{action}</div>}
    </div>
  );
}
