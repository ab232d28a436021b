import { BellOutlined, MenuOutlined, SearchOutlined } from "@ant-design/icons";
import { Badge, Button, Dropdown } from "antd";
import { Link, useNavigate } from "react-router";
import { useT } from "../i18n/locale.ts";
import { useUnreadCount } from "../inbox/notifications.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { sessionStore, useSession } from "../session/session-store.ts";
import { LanguageSwitch } from "./language-switch.tsx";
import css from "./top-bar.module.css";

interface Props {
  readonly onMenu: () => void;
  readonly onSearch: () => void;
}

export function TopBar({ onMenu, onSearch }: Props) {
  const t = useT();
  const { slug } = useWorkspace();
  const unread = useUnreadCount();
  return (
    <header className={css.bar}>
      <Button
        className={css.menu}
        type="text"
        icon={<MenuOutlined aria-hidden />}
        aria-label={t("shell.menu")}
        onClick={onMenu}
      />
      <button type="button" className={css.search} onClick={onSearch}>
        <SearchOutlined aria-hidden />
        <span>{t("shell.search")}</span>
        <kbd className={css.kbd}>Ctrl K</kbd>
      </button>
      <div className={css.right}>
        <Link
          to={`/w/${slug}/inbox`}
          className={css.bell}
          aria-label={unread > 0 ? `${t("shell.inbox")}, ${t("shell.unread", { n: unread })}` : t("shell.inbox")}
        >
          <Badge count={unread} size="small" overflowCount={99} offset={[2, 2]}>
            <BellOutlined aria-hidden style={{ fontSize: 17 }} />
          </Badge>
        </Link>
        <LanguageSwitch />
        <UserMenu />
      </div>
    </header>
  );
}

function UserMenu() {
  const t = useT();
  const navigate = useNavigate();
  const session = useSession();
  const { slug, me } = useWorkspace();
  const others = session.state === "signedIn" ? session.workspaces.filter((workspace) => workspace.slug !== slug) : [];
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "who", type: "group", label: session.state === "signedIn" ? session.account.email : me.name },
          ...others.map((workspace) => ({ key: `w:${workspace.slug}`, label: workspace.name })),
          { type: "divider" },
          { key: "signOut", label: t("shell.signOut") },
        ],
        onClick: ({ key }) => {
          if (key === "signOut") void sessionStore.signOut();
          if (key.startsWith("w:")) void navigate(`/w/${key.slice(2)}`);
        },
      }}
    >
      <button type="button" className={css.user} aria-label={`${t("shell.account")}: ${me.name}`}>
        <span aria-hidden>{initials(me.name)}</span>
      </button>
    </Dropdown>
  );
}

/** Two letters for a Latin name, the last two characters for a Chinese one. */
export function initials(name: string): string {
  const trimmed = name.trim();
  if (/\p{Script=Han}/u.test(trimmed)) return [...trimmed].slice(-2).join("");
  const words = trimmed.split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? "")
    .join("");
}
