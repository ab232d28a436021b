import { mkdirSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { OutgoingMail } from "@formwright/engine";
import { createTransport } from "nodemailer";
import type { Settings } from "../settings.ts";

/** Sends a mail, or throws: then it is tried again with the same id. */
export type Deliver = (mail: OutgoingMail) => Promise<void>;

/** Mails go out by SMTP; without SMTP_URL they are written to the outbox folder, where the admin's outbox page shows them. */
export function mailDelivery(settings: Settings): Deliver {
  return settings.smtpUrl ? bySmtp(settings.smtpUrl, settings) : intoFolder(settings);
}

function bySmtp(smtpUrl: string, settings: Settings): Deliver {
  const transport = createTransport(smtpUrl, { from: settings.mailFrom });
  return async (mail) => {
    const { id, to, subject } = mail;
    await transport.sendMail({ to, subject, text: withFooter(mail, settings), messageId: messageId(id, settings) });
  };
}

function intoFolder(settings: Settings): Deliver {
  const folder = join(settings.dataDir, "outbox");
  // Without a server to send through, nodemailer still writes the message as it would go over the wire.
  const transport = createTransport(
    { streamTransport: true, buffer: true, newline: "unix" },
    { from: settings.mailFrom },
  );
  return async (mail) => {
    const { id, to, subject } = mail;
    mkdirSync(folder, { recursive: true });
    const sent = await transport.sendMail({
      to,
      subject,
      text: withFooter(mail, settings),
      messageId: messageId(id, settings),
    });
    const file = join(folder, `${id}.eml`);
    // The same mail again replaces itself; a half-written one is never seen.
    await writeFile(`${file}.part`, sent.message as Buffer);
    await rename(`${file}.part`, file);
  };
}

function messageId(id: string, settings: Settings): string {
  return `<${id}@${new URL(settings.publicUrl).hostname}>`;
}

/** The text with the address of the page that it is about. */
function withFooter({ text, link, workspace }: OutgoingMail, settings: Settings): string {
  const base = settings.publicUrl.replace(/\/$/, "");
  const page = link ? `\n\n${base}/w/${workspace}/r/${link.entity}/${link.recordId}` : "";
  return `${text}${page}\n\n-- \nFormwright · ${settings.publicUrl}\n`;
}
