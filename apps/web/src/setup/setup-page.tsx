import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { Link, Navigate, useNavigate } from "react-router";
import { api } from "../api/api.ts";
import { ApiProblem } from "../api/problem.ts";
import { deriveSlug } from "../designer/edits/derive-key.ts";
import { usePinyin } from "../designer/edits/use-pinyin.ts";
import { getLocale, useT } from "../i18n/locale.ts";
import { EntryCard } from "../session/entry-card.tsx";
import { type SignIn, sessionStore } from "../session/session-store.ts";
import { passwordStrength } from "./password-strength.ts";
import css from "./setup.module.css";

interface SetupValues {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly workspace: string;
  readonly slug: string;
}

/** Where each pointer of the server's findings belongs in this form. */
const FIELD_OF_POINTER: Readonly<Record<string, keyof SetupValues>> = {
  "/account/name": "name",
  "/account/email": "email",
  "/account/password": "password",
  "/workspace/name": "workspace",
  "/workspace/slug": "slug",
};

const SLUG = /^[a-z](-?[a-z0-9]){1,30}$/;

/** The first visit: an account, a workspace, then the template gallery. */
export function SetupPage() {
  const t = useT();
  const navigate = useNavigate();
  const [form] = Form.useForm<SetupValues>();
  const [isSlugTyped, setSlugTyped] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isPinyinThere = usePinyin();
  const slug = Form.useWatch("slug", form);
  const password = Form.useWatch("password", form) ?? "";
  const status = useQuery({
    queryKey: ["status"],
    queryFn: ({ signal }) => api.get<{ readonly setUp: boolean }>("/status", { signal, authenticated: false }),
  });
  useEffect(() => {
    // A Chinese name typed before the dictionary was there.
    const name = form.getFieldValue("workspace");
    if (isPinyinThere && !isSlugTyped && name) form.setFieldValue("slug", deriveSlug(name));
  }, [isPinyinThere, isSlugTyped, form]);
  if (status.data?.setUp && !isBusy) return <Navigate to="/" replace />;

  const required = { required: true, whitespace: true, message: t("common.required") };
  const submit = async (values: SetupValues) => {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await api.post<SignIn>(
        "/setup",
        {
          account: { name: values.name.trim(), email: values.email.trim(), password: values.password },
          workspace: {
            name: values.workspace.trim(),
            slug: values.slug,
            timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          },
          locale: getLocale(),
        },
        { authenticated: false },
      );
      sessionStore.begin(answer);
      await navigate(`/w/${values.slug}/admin/templates?first=1`, { replace: true });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const inPlace = error.errors.flatMap(({ pointer, message }) => {
        const name = FIELD_OF_POINTER[pointer];
        return name ? [{ name, errors: [message] }] : [];
      });
      form.setFields(inPlace);
      setProblem(inPlace.length === error.errors.length && inPlace.length > 0 ? null : error);
      setBusy(false);
    }
  };

  return (
    <EntryCard title={t("setup.title")} subtitle={t("setup.subtitle")} wide>
      {problem && (
        <Alert
          role="alert"
          type="error"
          showIcon
          title={
            problem.status === 0
              ? t("common.offline")
              : problem.status === 409
                ? t("setup.alreadyDone")
                : problem.detail
          }
          action={problem.status === 409 && <Link to="/login">{t("setup.toSignIn")}</Link>}
          style={{ marginBottom: 16 }}
        />
      )}
      <Form<SetupValues>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => void submit(values)}
        scrollToFirstError
      >
        <h2 className={css.part}>
          {t("setup.account")} <span className="muted">{t("setup.accountHint")}</span>
        </h2>
        <div className={css.pair}>
          <Form.Item name="name" label={t("setup.yourName")} rules={[required]}>
            <Input autoComplete="name" autoFocus maxLength={200} />
          </Form.Item>
          <Form.Item
            name="email"
            label={t("common.email")}
            rules={[required, { type: "email", message: t("setup.emailRule") }]}
          >
            <Input type="email" autoComplete="username" maxLength={320} />
          </Form.Item>
        </div>
        <Form.Item
          name="password"
          label={t("setup.password")}
          rules={[{ required: true, min: 10, message: t("setup.passwordRule") }]}
          extra={<Strength password={password} />}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <h2 className={css.part}>{t("setup.workspace")}</h2>
        <div className={css.pair}>
          <Form.Item name="workspace" label={t("setup.workspaceName")} rules={[required]}>
            <Input
              maxLength={200}
              placeholder={t("setup.workspaceExample")}
              onChange={(event) => {
                if (!isSlugTyped) form.setFieldValue("slug", deriveSlug(event.target.value));
              }}
            />
          </Form.Item>
          <Form.Item
            name="slug"
            label={t("setup.slug")}
            rules={[{ required: true, pattern: SLUG, message: t("setup.slugRule") }]}
            extra={t("setup.slugHelp", { slug: slug || "…" })}
          >
            <Input maxLength={40} spellCheck={false} autoCapitalize="none" onChange={() => setSlugTyped(true)} />
          </Form.Item>
        </div>
        <Button type="primary" htmlType="submit" size="large" block loading={isBusy}>
          {t("setup.submit")}
        </Button>
      </Form>
    </EntryCard>
  );
}

const STRENGTH_WORDS = {
  weak: "setup.passwordWeak",
  fair: "setup.passwordFair",
  strong: "setup.passwordStrong",
} as const;

function Strength({ password }: { readonly password: string }) {
  const t = useT();
  if (password === "") return t("setup.passwordRule");
  const strength = passwordStrength(password);
  return (
    <span className={css[strength]} aria-live="polite">
      <span className={css.meter} aria-hidden /> {t(STRENGTH_WORDS[strength])}
    </span>
  );
}
