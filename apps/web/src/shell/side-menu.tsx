import { CheckSquareOutlined, HomeOutlined } from "@ant-design/icons";
import { NavLink } from "react-router";
import { useT, useText } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { namedColor } from "../theme/tokens.ts";
import { Icon } from "./icon.tsx";
import { ADMIN_ENTRIES, type AppMenu, appMenus, type ShownEntry } from "./menu-items.ts";
import css from "./side-menu.module.css";

/** The menu: what every person has, the apps, and the administration for those who run the workspace. */
export function SideMenu({ inDrawer = false }: { readonly inDrawer?: boolean }) {
  const t = useT();
  const { slug, name, me, model } = useWorkspace();
  const menus = appMenus(model);
  const home = `/w/${slug}`;
  return (
    <nav className={css.menu} aria-label={t("shell.mainMenu")}>
      {!inDrawer && (
        <NavLink to={home} end className={css.brand}>
          <img src="/favicon.svg" alt="" width={24} height={24} />
          <span>{name}</span>
        </NavLink>
      )}
      <ul className={css.list}>
        <li>
          <NavLink to={home} end className={linkClass}>
            <HomeOutlined aria-hidden />
            {t("shell.home")}
          </NavLink>
        </li>
        <li>
          <NavLink to={`${home}/tasks`} className={linkClass}>
            <CheckSquareOutlined aria-hidden />
            {t("shell.tasks")}
          </NavLink>
        </li>
      </ul>
      {menus.map((menu) => (
        <AppSection key={menu.app.key} menu={menu} home={home} />
      ))}
      {menus.length === 0 && (
        <p className={css.note}>
          {t("shell.noApps")}
          <br />
          {me.isAdmin ? t("shell.noAppsAdmin") : t("shell.noAppsMember")}
        </p>
      )}
      {me.isAdmin && (
        <section className={css.section}>
          <h2 className={css.heading}>{t("shell.administration")}</h2>
          <ul className={css.list}>
            {ADMIN_ENTRIES.map((entry) => (
              <li key={entry.to}>
                <NavLink to={`${home}/${entry.to}`} className={linkClass}>
                  <Icon name={entry.icon} />
                  {t(entry.label)}
                </NavLink>
              </li>
            ))}
          </ul>
        </section>
      )}
    </nav>
  );
}

function AppSection({ menu, home }: { readonly menu: AppMenu; readonly home: string }) {
  const text = useText();
  const { app, groups } = menu;
  return (
    <section className={css.section}>
      <h2 className={css.heading}>
        <span className={css.dot} style={{ background: namedColor(app.color).dot }} />
        {text(app.label, app.key)}
      </h2>
      {groups.map(({ group, entries }) => (
        <div key={group.key}>
          {group.label !== undefined && <h3 className={css.group}>{text(group.label)}</h3>}
          <ul className={css.list}>
            {entries.map((shown) => (
              <li key={shown.entry.key}>
                <EntryLink shown={shown} home={home} app={app.key} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function EntryLink({ shown, home, app }: { readonly shown: ShownEntry; readonly home: string; readonly app: string }) {
  const text = useText();
  const { entry, view } = shown;
  if (entry.type === "link") {
    return (
      <a className={css.link} href={entry.url} target="_blank" rel="noreferrer noopener">
        <Icon name={entry.icon} fallback="link" />
        {text(entry.label)}
      </a>
    );
  }
  return (
    <NavLink to={`${home}/a/${app}/v/${entry.view}`} className={linkClass}>
      <Icon name={entry.icon} fallback={view?.type === "kanban" ? "board" : "table"} />
      <span className={css.label}>{text(entry.label ?? view?.label, entry.view)}</span>
    </NavLink>
  );
}

function linkClass({ isActive }: { readonly isActive: boolean }): string {
  return isActive ? `${css.link} ${css.active}` : (css.link ?? "");
}
