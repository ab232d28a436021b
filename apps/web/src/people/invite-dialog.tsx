import { CopyOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Input, Modal, Skeleton } from "antd";
import { api } from "../api/api.ts";
import { path } from "../api/client.ts";
import type { RecordJson } from "../api/wire.ts";
import { describeProblem } from "../app/notices.tsx";
import { useLocale, useT } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import css from "./people.module.css";
import { textOf } from "./people-data.ts";

interface Invitation {
  readonly link: string;
  readonly expiresAt: string;
}

/** Makes an invitation link for a member and lets it be copied. */
export function InviteDialog({ member, onClose }: { readonly member: RecordJson; readonly onClose: () => void }) {
  const t = useT();
  const locale = useLocale();
  const { slug } = useWorkspace();
  const { message } = App.useApp();
  const name = textOf(member, "name");
  const hasEmail = textOf(member, "email") !== "";
  const invitation = useQuery({
    queryKey: ["invitation-link", slug, member.id],
    queryFn: () => api.post<Invitation>(path("w", slug, "members", member.id, "invitation")),
    enabled: hasEmail,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const link = invitation.data && new URL(invitation.data.link, location.origin).href;
  const copy = async () => {
    await navigator.clipboard.writeText(link ?? "");
    void message.success(t("people.linkCopied"));
  };
  return (
    <Modal
      open
      title={t("people.inviteTitle", { name })}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t("common.done")}</Button>}
    >
      {!hasEmail && <Alert type="warning" showIcon title={t("people.inviteNeedsEmail")} />}
      {invitation.isError && <Alert type="error" showIcon title={describeProblem(invitation.error).title} />}
      {hasEmail && invitation.isPending && <Skeleton active paragraph={{ rows: 1 }} />}
      {invitation.data && (
        <>
          <p>
            {t("people.inviteHint", {
              name,
              until: new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(
                new Date(invitation.data.expiresAt),
              ),
            })}
          </p>
          <div className={css.link}>
            <Input readOnly value={link} aria-label={t("people.invite")} onFocus={(event) => event.target.select()} />
            <Button type="primary" icon={<CopyOutlined />} onClick={() => void copy()}>
              {t("people.copyLink")}
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}
