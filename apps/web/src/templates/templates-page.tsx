import { AppstoreAddOutlined } from "@ant-design/icons";
import type { PublishedKind } from "@formwright/model";
import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { Pill } from "../designer/pill.tsx";
import { useT, useText } from "../i18n/locale.ts";
import type { MessageKey } from "../i18n/messages.ts";
import { useModel, useWorkspace } from "../model/workspace-context.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { Icon } from "../shell/icon.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import { namedColor } from "../theme/tokens.ts";
import { InstallDialog } from "./install-dialog.tsx";
import css from "./templates.module.css";
import { type TemplateCard, templatesApi } from "./templates-api.ts";

const CONTENTS = {
  app: "setup.apps",
  entity: "setup.entities",
  form: "setup.forms",
  view: "setup.views",
  flow: "setup.flows",
  approval: "setup.approvals",
  automation: "setup.automations",
  role: "setup.roles",
} as const satisfies Record<PublishedKind, MessageKey>;

/** `/admin/templates`: what can be installed. Right after the set-up it is the first page. */
export function TemplatesPage() {
  const t = useT();
  const { slug } = useWorkspace();
  const [params] = useSearchParams();
  const isFirst = params.get("first") !== null;
  const [chosen, setChosen] = useState<TemplateCard | null>(null);
  const templates = useQuery({
    queryKey: ["templates"],
    queryFn: ({ signal }) => templatesApi.list(signal),
    staleTime: 60_000,
  });
  if (templates.isError) return <NotFoundPage error={templates.error} onRetry={() => void templates.refetch()} />;
  const items = templates.data?.items ?? [];
  return (
    <div>
      <PageHeader
        icon={<AppstoreAddOutlined />}
        title={isFirst ? t("setup.welcomeTitle") : t("setup.templatesTitle")}
        hint={isFirst ? t("setup.welcomeHint") : t("setup.templatesHint")}
        actions={
          isFirst && (
            <Link to={`/w/${slug}/admin/entities`}>
              <Button>{t("setup.startEmpty")}</Button>
            </Link>
          )
        }
      />
      {templates.isPending && <Skeleton active />}
      {templates.data && items.length === 0 && (
        <EmptyState title={t("setup.noTemplates")} hint={t("setup.noTemplatesHint")} />
      )}
      <div className={css.gallery}>
        {items.map((template) => (
          <Card key={template.key} template={template} onInstall={() => setChosen(template)} />
        ))}
      </div>
      <InstallDialog template={chosen} onClose={() => setChosen(null)} />
    </div>
  );
}

function Card({ template, onInstall }: { readonly template: TemplateCard; readonly onInstall: () => void }) {
  const t = useT();
  const text = useText();
  const isInstalled = useModel().apps.has(template.key);
  const color = namedColor(template.color);
  const contents = (Object.keys(CONTENTS) as PublishedKind[]).filter((kind) => (template.contents?.[kind] ?? 0) > 0);
  return (
    <article className={css.card} data-template={template.key}>
      <div className={css.banner} style={{ background: color.soft, color: color.text }}>
        <Icon name={template.icon} fallback="app" />
      </div>
      <div className={css.body}>
        <div className={css.head}>
          <h2>{text(template.label, template.key)}</h2>
          <span className="muted">{t("setup.version", { version: template.version })}</span>
          {isInstalled && <Pill color="green">{t("setup.installed")}</Pill>}
        </div>
        <p className={css.description}>{text(template.description)}</p>
        {contents.length > 0 && (
          <ul className={css.contents} aria-label={t("setup.inside")}>
            {contents.map((kind) => (
              <li key={kind}>{t(CONTENTS[kind], { n: template.contents?.[kind] ?? 0 })}</li>
            ))}
          </ul>
        )}
        <Button type={isInstalled ? "default" : "primary"} className={css.install} onClick={onInstall}>
          {isInstalled ? t("setup.reinstall") : t("setup.install")}
        </Button>
      </div>
    </article>
  );
}
