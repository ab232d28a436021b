import { BellOutlined, CheckOutlined } from "@ant-design/icons";
import { Button, Segmented, Skeleton } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { NotificationJson } from "../api/wire.ts";
import { useFormat } from "../i18n/format.ts";
import { useT } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import css from "./inbox-page.module.css";
import { useMarkRead, useNotifications, useUnreadCount } from "./notifications.ts";

/** What the workspace told me, newest first; it arrives while the page is open. */
export function InboxPage() {
  const t = useT();
  const [onlyUnread, setOnlyUnread] = useState(false);
  const list = useNotifications(onlyUnread);
  const unread = useUnreadCount();
  const markRead = useMarkRead();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeader
        icon={<BellOutlined aria-hidden />}
        title={t("shell.inbox")}
        hint={t("shell.unread", { n: unread })}
        actions={
          <>
            <Segmented
              aria-label={t("shell.inbox")}
              value={onlyUnread ? "unread" : "all"}
              onChange={(value) => setOnlyUnread(value === "unread")}
              options={[
                { value: "all", label: t("common.all") },
                { value: "unread", label: t("inbox.unread") },
              ]}
            />
            <Button
              icon={<CheckOutlined aria-hidden />}
              disabled={unread === 0}
              loading={markRead.isPending}
              onClick={() => markRead.mutate("all")}
            >
              {t("inbox.markAll")}
            </Button>
          </>
        }
      />
      <div className="panel" style={{ maxWidth: 860, overflow: "hidden" }}>
        {list.isPending && <Skeleton active style={{ padding: 16 }} />}
        {list.isSuccess && items.length === 0 && (
          <EmptyState icon={<BellOutlined aria-hidden />} title={t("inbox.empty")} hint={t("inbox.emptyHint")} />
        )}
        <ul>
          {items.map((item) => (
            <NotificationRow key={item.id} item={item} onRead={() => markRead.mutate([item.id])} />
          ))}
        </ul>
      </div>
      {list.hasNextPage && (
        <Button style={{ marginTop: 12 }} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("common.loadMore")}
        </Button>
      )}
    </>
  );
}

interface RowProps {
  readonly item: NotificationJson;
  readonly onRead: () => void;
}

/** One notification: opening what it is about marks it as read. */
export function NotificationRow({ item, onRead }: RowProps) {
  const t = useT();
  const format = useFormat();
  const { slug } = useWorkspace();
  const isUnread = item.readAt === null;
  const to = item.link === null ? null : `/w/${slug}/r/${item.link.entity}/${item.link.recordId}`;
  return (
    <li className={isUnread ? `${css.row} ${css.unread}` : css.row}>
      <div className={css.text}>
        {to === null ? (
          <span className={css.title}>{item.title}</span>
        ) : (
          <Link to={to} className={css.title} onClick={() => isUnread && onRead()}>
            {item.title}
          </Link>
        )}
        {item.body !== null && <p className={css.body}>{item.body}</p>}
      </div>
      <time dateTime={item.createdAt} className={css.time}>
        {format.moment(item.createdAt)}
      </time>
      {isUnread && (
        <Button
          type="text"
          size="small"
          icon={<CheckOutlined aria-hidden />}
          aria-label={t("inbox.markRead")}
          onClick={onRead}
        />
      )}
    </li>
  );
}
