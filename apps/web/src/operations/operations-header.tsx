import { Segmented } from "antd";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { useT } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { PageHeader } from "../shell/page-header.tsx";

type Page = "jobs" | "runs" | "outbox";

const PAGES = {
  jobs: { title: "operations.jobsTitle", hint: "operations.jobsHint" },
  runs: { title: "operations.runsTitle", hint: "operations.runsHint" },
  outbox: { title: "operations.outboxTitle", hint: "operations.outboxHint" },
} as const;

/** The head of the three pages about what goes on behind the screens, and the way between them. */
export function OperationsHeader({ page, icon }: { readonly page: Page; readonly icon: ReactNode }) {
  const t = useT();
  const { slug } = useWorkspace();
  const navigate = useNavigate();
  return (
    <PageHeader
      icon={icon}
      title={t(PAGES[page].title)}
      hint={t(PAGES[page].hint)}
      actions={
        <Segmented
          value={page}
          onChange={(next) => void navigate(`/w/${slug}/admin/${next}`)}
          options={[
            { value: "jobs", label: t("operations.jobs") },
            { value: "runs", label: t("operations.runs") },
            { value: "outbox", label: t("operations.outbox") },
          ]}
        />
      }
    />
  );
}
