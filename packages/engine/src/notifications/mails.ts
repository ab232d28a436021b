import { Problem } from "@formwright/model";
import { sql } from "kysely";
import type { Context, Db, Tx } from "../context.ts";
import { addJob } from "../jobs/job-rows.ts";
import type { JobHandler } from "../jobs/run-job.ts";
import { isAdminContext } from "../process/who.ts";
import type { NotificationLink } from "./notify.ts";

export interface NewMail {
  /** Also the id of its job, its Message-ID and its idempotency key. */
  readonly id: string;
  readonly member: string | null;
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  /** What it is about: the server adds the address of its page. */
  readonly link: NotificationLink | null;
}

/** A mail as the outbox page lists it. */
export interface Mail extends NewMail {
  readonly state: "waiting" | "sent" | "failed";
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: string;
  readonly sentAt: string | null;
}

/** Writes a mail into the outbox beside what causes it. It leaves after the commit. The same id twice is one mail. */
export async function queueMail(tx: Tx, ctx: Context, mail: NewMail): Promise<void> {
  await sql`
    insert into ${mails(ctx)} (id, member, address, subject, text, link, created_at)
    values (${mail.id}, ${mail.member}, ${mail.address}, ${mail.subject.replace(/[\r\n]+/g, " ")}, ${mail.text},
      ${mail.link ? JSON.stringify(mail.link) : null}, ${ctx.now})
    on conflict (id) do nothing`.execute(tx);
  await addJob(tx, ctx, { id: mail.id, kind: "mail", payload: {}, runAt: ctx.now });
}

interface MailRow {
  address: string;
  subject: string;
  text: string;
  link: NotificationLink | null;
  sent_at: string | null;
}

/** Sends outside the transaction; a crash after sending sends again with the same Message-ID. */
export const mailHandler: JobHandler = async (tx, ctx, job) => {
  const found = await sql<MailRow>`
    select address, subject, text, link, sent_at from ${mails(ctx)} where id = ${job.id}`.execute(tx);
  const mail = found.rows[0];
  if (!mail || mail.sent_at) return null;
  return {
    run: ({ deliver }) =>
      deliver({
        id: job.id,
        workspace: ctx.workspace.slug,
        to: mail.address,
        subject: mail.subject,
        text: mail.text,
        link: mail.link,
      }),
    settle: async (then, after) => {
      await sql`update ${mails(after)} set sent_at = ${after.now} where id = ${job.id}`.execute(then);
    },
  };
};

const COLUMNS =
  sql.raw(`m.id, m.member, m.address, m.subject, m.text, m.link, m.created_at as "createdAt", m.sent_at as "sentAt",
  case when m.sent_at is not null then 'sent' when j.state in ('failed', 'cancelled') then 'failed' else 'waiting' end as state,
  coalesce(j.attempts, 0) as attempts, j.last_error as "lastError"`);

/** The outbox, newest first. Admins only. `cursor` is the id of the last mail of the page before. */
export async function listMails(
  db: Db,
  ctx: Context,
  options: { readonly limit?: number; readonly cursor?: string } = {},
): Promise<{ readonly items: readonly Mail[]; readonly nextCursor: string | null }> {
  requireAdmin(ctx);
  const limit = Math.min(options.limit ?? 50, 200);
  const before = options.cursor
    ? sql`where (m.created_at, m.id) < (select created_at, id from ${mails(ctx)} where id = ${options.cursor})`
    : sql``;
  const found = await sql<Mail>`
    select ${COLUMNS} from ${mails(ctx)} m left join ${sql.table(`${ctx.workspace.schema}.fw_job`)} j on j.id = m.id
    ${before} order by m.created_at desc, m.id desc limit ${limit + 1}`.execute(db);
  const items = found.rows.slice(0, limit);
  return { items, nextCursor: found.rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** @throws Problem `notFound`, `forbidden` */
export async function readMail(db: Db, ctx: Context, id: string): Promise<Mail> {
  requireAdmin(ctx);
  const found = await sql<Mail>`
    select ${COLUMNS} from ${mails(ctx)} m left join ${sql.table(`${ctx.workspace.schema}.fw_job`)} j on j.id = m.id
    where m.id = ${id}`.execute(db);
  const [mail] = found.rows;
  if (!mail) throw new Problem("notFound", { en: "There is no such mail.", "zh-CN": "没有这封邮件。" });
  return mail;
}

function requireAdmin(ctx: Context): void {
  if (isAdminContext(ctx)) return;
  throw new Problem("forbidden", { en: "Only admins see the outbox.", "zh-CN": "只有管理员可以查看发件箱。" });
}

function mails(ctx: Context) {
  return sql.table(`${ctx.workspace.schema}.fw_mail`);
}
