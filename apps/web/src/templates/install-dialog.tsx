import type { Locale } from "@formwright/model";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Form, Modal, Progress, Segmented, Switch } from "antd";
import { useEffect, useId, useState } from "react";
import { useNavigate } from "react-router";
import { describeProblem } from "../app/notices.tsx";
import { FormButtons } from "../designer/form-buttons.tsx";
import { useLocale, useT, useText } from "../i18n/locale.ts";
import type { ModelDocument } from "../model/read-model.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { firstViewOf } from "./first-view.ts";
import css from "./templates.module.css";
import { type TemplateCard, templatesApi } from "./templates-api.ts";

/** Asks how to install a template, installs it, and goes straight to its app. */
export function InstallDialog({
  template,
  onClose,
}: {
  readonly template: TemplateCard | null;
  readonly onClose: () => void;
}) {
  const t = useT();
  const text = useText();
  return (
    <Modal
      open={template !== null}
      title={template && t("setup.installTitle", { name: text(template.label, template.key) })}
      footer={null}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      {template && <InstallForm template={template} onClose={onClose} />}
    </Modal>
  );
}

function InstallForm({ template, onClose }: { readonly template: TemplateCard; readonly onClose: () => void }) {
  const t = useT();
  const text = useText();
  const locale = useLocale();
  const { slug } = useWorkspace();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const switchId = useId();
  const [sampleData, setSampleData] = useState(true);
  const [language, setLanguage] = useState<Locale>(locale);
  const install = useMutation({
    meta: { silent: true },
    mutationFn: () => templatesApi.install(slug, template.key, { sampleData, locale: language }),
    onSuccess: async () => {
      await Promise.all(
        ["model", "draft", "releases", "records"].map((key) =>
          queryClient.invalidateQueries({ queryKey: [key, slug] }),
        ),
      );
      void message.success(t("setup.installDone", { name: text(template.label, template.key) }));
      onClose();
      const model = queryClient.getQueryData<ModelDocument>(["model", slug]);
      await navigate(`/w/${slug}${firstViewOf(model?.definitions ?? [], template.key) ?? ""}`);
    },
  });
  const samples = template.samples;
  return (
    <Form layout="vertical" onFinish={() => install.mutate()}>
      {install.error && (
        <Alert
          type="error"
          showIcon
          style={{ marginBottom: 12 }}
          title={describeProblem(install.error).title}
          description={describeProblem(install.error).lines.join(" ")}
        />
      )}
      {samples !== 0 && (
        <label className={css.choice} htmlFor={switchId}>
          <Switch id={switchId} checked={sampleData} onChange={setSampleData} disabled={install.isPending} />
          <span>
            <strong>{t("setup.sampleData")}</strong>
            <span className="muted">
              {samples === undefined ? t("setup.sampleDataNone") : t("setup.sampleDataHint", { n: samples })}
            </span>
          </span>
        </label>
      )}
      {sampleData && samples !== 0 && (
        <Form.Item label={t("setup.contentLanguage")}>
          <Segmented
            value={language}
            disabled={install.isPending}
            onChange={(next) => setLanguage(next as Locale)}
            options={[
              { value: "en", label: "English" },
              { value: "zh-CN", label: "中文" },
            ]}
          />
        </Form.Item>
      )}
      {install.isPending && <InstallProgress />}
      <FormButtons submit={t("setup.install")} isBusy={install.isPending} onCancel={onClose} />
    </Form>
  );
}

/** One request that takes seconds: a bar that slows down as it nears the end, so that it never claims to be done. */
function InstallProgress() {
  const t = useT();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((known) => known + 0.25), 250);
    return () => clearInterval(timer);
  }, []);
  return (
    <div role="status">
      <p className="muted">{t("setup.installing")}</p>
      <Progress percent={Math.round(95 * (1 - Math.exp(-seconds / 3)))} showInfo={false} status="active" />
    </div>
  );
}
