import { AppstoreOutlined, BellOutlined, CheckSquareOutlined, HomeOutlined, SearchOutlined } from "@ant-design/icons";
import { Badge } from "antd";
import { NavLink } from "react-router";
import { useT } from "../i18n/locale.ts";
import { useUnreadCount } from "../inbox/notifications.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import css from "./bottom-bar.module.css";

interface Props {
  readonly onMenu: () => void;
  readonly onSearch: () => void;
}

/** On a phone: the places that a thumb must reach. */
export function BottomBar({ onMenu, onSearch }: Props) {
  const t = useT();
  const { slug } = useWorkspace();
  const unread = useUnreadCount();
  const home = `/w/${slug}`;
  return (
    <nav className={css.bar} aria-label={t("shell.menu")}>
      <NavLink to={home} end className={itemClass}>
        <HomeOutlined aria-hidden />
        <span>{t("shell.home")}</span>
      </NavLink>
      <button type="button" className={css.item} onClick={onMenu}>
        <AppstoreOutlined aria-hidden />
        <span>{t("shell.apps")}</span>
      </button>
      <button type="button" className={css.item} onClick={onSearch}>
        <SearchOutlined aria-hidden />
        <span>{t("shell.searchShort")}</span>
      </button>
      <NavLink to={`${home}/tasks`} className={itemClass}>
        <CheckSquareOutlined aria-hidden />
        <span>{t("shell.tasks")}</span>
      </NavLink>
      <NavLink to={`${home}/inbox`} className={itemClass}>
        <Badge dot={unread > 0}>
          <BellOutlined aria-hidden />
        </Badge>
        <span>{t("shell.inbox")}</span>
      </NavLink>
    </nav>
  );
}

function itemClass({ isActive }: { readonly isActive: boolean }): string {
  return isActive ? `${css.item} ${css.active}` : (css.item ?? "");
}
