import { type Channel, type LocalText, textIn } from "@formwright/model";
import { sql } from "kysely";
import type { Context, Tx } from "../context.ts";
import { idOf } from "../effects/effect-ids.ts";
import { fillText } from "./fill-text.ts";
import { queueMail } from "./mails.ts";
import { loadRecipients, type Recipient } from "./member-contexts.ts";

export type NotificationKind = "task" | "approval" | "automation" | "reminder" | "comment";

/** What a notification opens: a record, and the task on it when there is one. */
export interface NotificationLink {
  readonly entity: string;
  readonly recordId: string;
  readonly taskId?: string;
}

export interface NewNotification {
  /** The id of what causes it: the same cause tells each member once, however often it is applied. */
  readonly cause: string;
  readonly kind: NotificationKind;
  readonly members: readonly string[];
  /** `{field}` and `{title}` are filled with the record's values, as far as the reader may see them. */
  readonly title: LocalText;
  readonly body?: LocalText | undefined;
  readonly link: NotificationLink;
  readonly channels: readonly Channel[];
}

/** Tells people, each in the language they use: a row in their inbox, and a mail when that channel is wanted. */
export async function notifyMembers(tx: Tx, ctx: Context, message: NewNotification): Promise<void> {
  for (const recipient of await loadRecipients(tx, ctx, message.members)) {
    const [title = message.title, body] = await fillText(tx, recipient.reader, message.link, [
      message.title,
      message.body,
    ]);
    const filled = { ...message, title, body };
    for (const channel of new Set(message.channels)) await CHANNELS[channel](tx, ctx, recipient, filled);
  }
}

type Send = (tx: Tx, ctx: Context, recipient: Recipient, message: NewNotification) => Promise<void>;

/** Every channel, each harmless to run twice. */
const CHANNELS = {
  async inbox(tx, ctx, recipient, message) {
    const id = idOf("notification", message.cause, recipient.id);
    const added = await sql`
      insert into ${sql.id(ctx.workspace.schema, "fw_notification")} (id, member, kind, title, body, link, created_at)
      values (${id}, ${recipient.id}, ${message.kind}, ${JSON.stringify(message.title)},
        ${message.body ? JSON.stringify(message.body) : null}, ${JSON.stringify(message.link)}, ${ctx.now})
      on conflict (id) do nothing`.execute(tx);
    if (added.numAffectedRows !== 1n) return;
    const live = { type: "notification", workspace: ctx.workspace.slug, member: recipient.id, id };
    await sql`select pg_notify('formwright', ${JSON.stringify(live)})`.execute(tx);
  },
  async email(tx, ctx, recipient, message) {
    if (!recipient.email) return;
    const subject = textIn(message.title, recipient.locale);
    await queueMail(tx, ctx, {
      id: idOf("mail", message.cause, recipient.id),
      member: recipient.id,
      address: recipient.email,
      subject,
      text: textIn(message.body, recipient.locale, subject),
      link: message.link,
    });
  },
} as const satisfies Record<Channel, Send>;
