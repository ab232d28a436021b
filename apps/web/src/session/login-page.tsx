import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { api } from "../api/api.ts";
import { ApiProblem } from "../api/problem.ts";
import { useT } from "../i18n/locale.ts";
import { EntryCard } from "./entry-card.tsx";
import { type SignIn, sessionStore, useSession } from "./session-store.ts";

interface LoginValues {
  readonly email: string;
  readonly password: string;
}

/** Sign-in. Afterwards back to where somebody wanted to go. */
export function LoginPage() {
  const t = useT();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const session = useSession();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const target = safeTarget(params.get("to"));

  if (session.state === "signedIn" && !isBusy) return <Navigate to={target} replace />;

  const submit = async (values: LoginValues) => {
    setIsBusy(true);
    setProblem(null);
    try {
      sessionStore.begin(await api.post<SignIn>("/auth/login", values, { authenticated: false }));
      await navigate(target, { replace: true });
    } catch (error) {
      setProblem(error instanceof ApiProblem ? wordsFor(error) : t("common.somethingWrong"));
    } finally {
      setIsBusy(false);
    }
  };

  const wordsFor = (error: ApiProblem): string => {
    if (error.status === 401) return t("session.wrong");
    if (error.status === 429) return t("session.tooMany");
    if (error.status === 0) return t("common.offline");
    return error.detail;
  };

  return (
    <EntryCard title={t("session.title")} subtitle={t("session.subtitle")}>
      {session.state === "signedOut" && session.expired && problem === null && (
        <Alert type="info" title={t("session.expired")} style={{ marginBottom: 16 }} />
      )}
      {problem !== null && <Alert role="alert" type="error" title={problem} style={{ marginBottom: 16 }} />}
      <Form<LoginValues> layout="vertical" requiredMark={false} onFinish={(values) => void submit(values)}>
        <Form.Item name="email" label={t("common.email")} rules={[{ required: true, message: t("common.required") }]}>
          <Input type="email" autoComplete="username" autoFocus size="large" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t("session.password")}
          rules={[{ required: true, message: t("common.required") }]}
        >
          <Input.Password autoComplete="current-password" size="large" />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={isBusy}>
          {t("session.submit")}
        </Button>
      </Form>
    </EntryCard>
  );
}

/** Only paths of this app: never another site. */
function safeTarget(to: string | null): string {
  return to?.startsWith("/") && !to.startsWith("//") && !to.startsWith("/\\") ? to : "/";
}
