import { CompassOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Link } from "react-router";
import { ApiProblem } from "../api/problem.ts";
import { useT } from "../i18n/locale.ts";
import { EmptyState } from "./empty-state.tsx";

interface Props {
  /** Why it could not be shown; without it the address itself is wrong. */
  readonly error?: unknown;
  readonly onRetry?: () => void;
}

/** Nothing at this address, no access to it, or the server could not be reached. */
export function NotFoundPage({ error, onRetry }: Props) {
  const t = useT();
  const isPassing = error instanceof ApiProblem && (error.status === 0 || error.status >= 500);
  if (isPassing) {
    return (
      <EmptyState
        icon={<CompassOutlined aria-hidden />}
        title={error.status === 0 ? t("common.offline") : error.detail}
        action={onRetry !== undefined && <Button onClick={onRetry}>{t("common.retry")}</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon={<CompassOutlined aria-hidden />}
      title={t("common.notFound")}
      hint={t("common.notFoundHint")}
      action={<Link to="/">{t("common.toHome")}</Link>}
    />
  );
}
