import { LockOutlined } from "@ant-design/icons";
import { Link } from "react-router";
import { useT } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { EmptyState } from "./empty-state.tsx";

interface Props {
  /** What this person may not do; without it the page is for administrators. */
  readonly title?: string;
}

/** A page that this person may not use: says why, and whom to ask. */
export function NoAccessPage({ title }: Props) {
  const t = useT();
  const { slug } = useWorkspace();
  return (
    <EmptyState
      icon={<LockOutlined aria-hidden />}
      title={title ?? t("common.adminsOnly")}
      hint={t("common.noAccessHint")}
      action={<Link to={`/w/${slug}`}>{t("common.toHome")}</Link>}
    />
  );
}
