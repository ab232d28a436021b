import type { LocalText } from "@formwright/model";
import { Problem, textIn } from "@formwright/model";
import { sql } from "kysely";
import type { Context, Db, Tx } from "../context.ts";
import { memberOf } from "../process/who.ts";
import type { NotificationKind, NotificationLink } from "./notify.ts";

/** A notification in the reader's language. */
export interface Notification {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly title: string;
  readonly body: string | null;
  readonly link: NotificationLink | null;
  readonly createdAt: string;
  readonly readAt: string | null;
}

interface Row {
  id: string;
  seq: number;
  kind: NotificationKind;
  title: LocalText;
  body: LocalText | null;
  link: NotificationLink | null;
  created_at: string;
  read_at: string | null;
}

export interface NotificationList {
  readonly items: readonly Notification[];
  readonly nextCursor: string | null;
  readonly unread: number;
}

/** The caller's inbox, newest first. `unreadOnly` leaves out what was read. */
export async function listNotifications(
  db: Db,
  ctx: Context,
  options: { readonly limit?: number; readonly cursor?: string; readonly unreadOnly?: boolean } = {},
): Promise<NotificationList> {
  const me = memberOf(ctx).id;
  const limit = Math.min(Math.max(1, options.limit ?? 50), 200);
  const before = options.cursor === undefined ? null : readCursor(options.cursor);
  const found = await sql<Row>`
    select id, seq, kind, title, body, link, created_at, read_at from ${table(ctx)}
    where member = ${me}
      ${before === null ? sql`` : sql`and seq < ${before}`}
      ${options.unreadOnly ? sql`and read_at is null` : sql``}
    order by seq desc limit ${limit + 1}`.execute(db);
  const rows = found.rows.slice(0, limit);
  const last = rows.at(-1);
  return {
    items: rows.map((row) => toNotification(row, ctx)),
    nextCursor: found.rows.length > limit && last ? String(last.seq) : null,
    unread: await countUnread(db, ctx),
  };
}

export async function countUnread(db: Db, ctx: Context): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*)::int as n from ${table(ctx)} where member = ${memberOf(ctx).id} and read_at is null`.execute(db);
  return found.rows[0]?.n ?? 0;
}

/**
 * Marks the caller's notifications as read; others' are left alone.
 *
 * @param ids "all" for everything so far
 * @returns how many are still unread
 */
export async function markRead(tx: Tx | Db, ctx: Context, ids: readonly string[] | "all"): Promise<number> {
  const which = ids === "all" ? sql`` : sql`and id = any(${[...ids]}::uuid[])`;
  await sql`
    update ${table(ctx)} set read_at = ${ctx.now}
    where member = ${memberOf(ctx).id} and read_at is null ${which}`.execute(tx);
  return countUnread(tx, ctx);
}

function toNotification(row: Row, ctx: Context): Notification {
  return {
    id: row.id,
    kind: row.kind,
    title: textIn(row.title, ctx.locale),
    body: row.body ? textIn(row.body, ctx.locale) : null,
    link: row.link,
    createdAt: row.created_at,
    readAt: row.read_at,
  };
}

function readCursor(cursor: string): number {
  const seq = Number(cursor);
  if (Number.isSafeInteger(seq) && seq >= 0) return seq;
  throw new Problem("malformed", { en: "This cursor is not valid.", "zh-CN": "游标无效。" });
}

function table(ctx: Context) {
  return sql.table(`${ctx.workspace.schema}.fw_notification`);
}
