import { MailOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Drawer, Skeleton, Table } from "antd";
import { useState } from "react";
import { api } from "../api/api.ts";
import { path } from "../api/client.ts";
import { Pill } from "../designer/pill.tsx";
import { useT } from "../i18n/locale.ts";
import type { MessageKey } from "../i18n/messages.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { Moment } from "../releases/moment.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { MoreButton } from "./jobs-page.tsx";
import css from "./operations.module.css";
import { type MailJson, useOperationPages } from "./operations-api.ts";
import { OperationsHeader } from "./operations-header.tsx";

const STATES = {
  waiting: { label: "operations.mailWaiting", color: "blue" },
  sent: { label: "operations.mailSent", color: "green" },
  failed: { label: "operations.mailFailed", color: "red" },
} as const satisfies Record<MailJson["state"], { label: MessageKey; color: string }>;

/** `/admin/outbox`: every mail, as it went out or would go out. */
export function OutboxPage() {
  const t = useT();
  const [opened, setOpened] = useState<MailJson | null>(null);
  const mails = useOperationPages<MailJson>("outbox");
  if (mails.isError) return <NotFoundPage error={mails.error} onRetry={() => void mails.refetch()} />;
  return (
    <div>
      <OperationsHeader page="outbox" icon={<MailOutlined />} />
      <Table<MailJson>
        size="small"
        rowKey="id"
        dataSource={mails.data?.pages.flatMap((page) => page.items) ?? []}
        loading={mails.isPending}
        pagination={false}
        scroll={{ x: 640 }}
        locale={{
          emptyText: (
            <EmptyState
              compact
              icon={<MailOutlined />}
              title={t("operations.noMails")}
              hint={t("operations.noMailsHint")}
            />
          ),
        }}
        columns={[
          {
            title: t("operations.subject"),
            key: "subject",
            width: 260,
            render: (_, mail) => (
              <button type="button" className={css.open} onClick={() => setOpened(mail)}>
                {mail.subject}
              </button>
            ),
          },
          { title: t("operations.to"), dataIndex: "address" },
          {
            title: t("operations.when"),
            key: "createdAt",
            width: 170,
            render: (_, mail) => <Moment at={mail.createdAt} />,
          },
          {
            title: t("operations.state"),
            key: "state",
            width: 140,
            render: (_, mail) => <Pill color={STATES[mail.state].color}>{t(STATES[mail.state].label)}</Pill>,
          },
        ]}
      />
      <MoreButton pages={mails} />
      <Drawer
        open={opened !== null}
        title={opened?.subject}
        size={560}
        onClose={() => setOpened(null)}
        styles={{ wrapper: { maxWidth: "100vw" } }}
      >
        {opened && <MailView id={opened.id} />}
      </Drawer>
    </div>
  );
}

function MailView({ id }: { readonly id: string }) {
  const t = useT();
  const { slug } = useWorkspace();
  const mail = useQuery({
    queryKey: ["outbox", slug, id],
    queryFn: ({ signal }) => api.get<MailJson>(path("w", slug, "outbox", id), { signal }),
  });
  if (mail.isError) return <NotFoundPage error={mail.error} onRetry={() => void mail.refetch()} />;
  if (!mail.data) return <Skeleton active />;
  const { address, state, sentAt, attempts, lastError, html, text } = mail.data;
  return (
    <div className={css.mail}>
      <dl className={css.facts}>
        <dt>{t("operations.to")}</dt>
        <dd>{address}</dd>
        <dt>{t("operations.state")}</dt>
        <dd>
          <Pill color={STATES[state].color}>{t(STATES[state].label)}</Pill>
          <Moment at={sentAt} />
          {attempts > 0 && <span className="muted"> {t("operations.attempts", { n: attempts })}</span>}
        </dd>
      </dl>
      {lastError && <Alert type="error" title={lastError} />}
      {html ? (
        <iframe className={css.frame} sandbox="" srcDoc={html} title={t("operations.subject")} />
      ) : (
        <pre className={css.body}>{text}</pre>
      )}
    </div>
  );
}
