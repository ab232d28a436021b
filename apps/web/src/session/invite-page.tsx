import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Skeleton } from "antd";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { api } from "../api/api.ts";
import { path } from "../api/client.ts";
import { ApiProblem } from "../api/problem.ts";
import { useT } from "../i18n/locale.ts";
import { EntryCard } from "./entry-card.tsx";
import { type SignIn, sessionStore } from "./session-store.ts";

interface Invitation {
  readonly email: string;
  readonly name: string;
  readonly workspace: { readonly slug: string; readonly name: string };
}

interface InviteValues {
  readonly name: string;
  readonly password: string;
}

/** Somebody follows the link they were given, chooses a password, and is in. */
export function InvitePage() {
  const t = useT();
  const { token = "" } = useParams();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const invitation = useQuery({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => api.get<Invitation>(path("invitations", token), { signal, authenticated: false }),
  });

  if (invitation.isError) {
    return (
      <EntryCard title={t("session.title")}>
        <Alert type="warning" title={t("session.inviteGone")} />
      </EntryCard>
    );
  }
  if (invitation.data === undefined) {
    return (
      <EntryCard title="">
        <Skeleton active />
      </EntryCard>
    );
  }
  const { email, name, workspace } = invitation.data;

  const submit = async (values: InviteValues) => {
    setIsBusy(true);
    setProblem(null);
    try {
      sessionStore.begin(await api.post<SignIn>(path("invitations", token), values, { authenticated: false }));
      await navigate(`/w/${workspace.slug}`, { replace: true });
    } catch (error) {
      setProblem(error instanceof ApiProblem ? (error.errors[0]?.message ?? error.detail) : t("common.somethingWrong"));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <EntryCard
      title={t("session.inviteTitle", { workspace: workspace.name })}
      subtitle={t("session.inviteHint", { email })}
    >
      {problem !== null && <Alert role="alert" type="error" title={problem} style={{ marginBottom: 16 }} />}
      <Form<InviteValues>
        layout="vertical"
        requiredMark={false}
        initialValues={{ name }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item
          name="name"
          label={t("session.yourName")}
          rules={[{ required: true, message: t("common.required") }]}
        >
          <Input autoComplete="name" size="large" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t("session.password")}
          rules={[{ required: true, min: 10, message: t("session.passwordRule") }]}
        >
          <Input.Password
            autoComplete="new-password"
            size="large"
            maxLength={200}
            placeholder={t("session.passwordRule")}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={isBusy}>
          {t("session.inviteSubmit")}
        </Button>
      </Form>
    </EntryCard>
  );
}
