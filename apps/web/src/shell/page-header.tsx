import type { ReactNode } from "react";
import { Link } from "react-router";
import { useT } from "../i18n/locale.ts";
import css from "./page-header.module.css";

export interface Crumb {
  readonly label: string;
  readonly to: string;
}

interface Props {
  readonly title: ReactNode;
  /** One quiet line under the title: what this is, or figures. */
  readonly hint?: ReactNode;
  /** Where this page lies, outermost first. */
  readonly crumbs?: readonly Crumb[];
  readonly icon?: ReactNode;
  /** Buttons on the right; below the title on a phone. */
  readonly actions?: ReactNode;
  /** Beside the title, e.g. a state. */
  readonly tags?: ReactNode;
}

/** The head of every page: where I am, what it is, what I can do. */
export function PageHeader({ title, hint, crumbs, icon, actions, tags }: Props) {
  const t = useT();
  return (
    <header className={css.header}>
      {icon !== undefined && <span className={css.icon}>{icon}</span>}
      <div className={css.text}>
        {crumbs !== undefined && crumbs.length > 0 && (
          <nav className={css.crumbs} aria-label={t("common.breadcrumb")}>
            {crumbs.map((crumb) => (
              <span key={crumb.to}>
                <Link to={crumb.to}>{crumb.label}</Link>
                <span aria-hidden> / </span>
              </span>
            ))}
          </nav>
        )}
        <div className={css.titleLine}>
          <h1 className={css.title}>{title}</h1>
          {tags}
        </div>
        {hint !== undefined && <p className={css.hint}>{hint}</p>}
      </div>
      {actions !== undefined && <div className={css.actions}>{actions}</div>}
    </header>
  );
}
