import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useFormat } from "../i18n/format.ts";
import { useT } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { fetchPage, type ListQuery } from "../records/use-records.ts";

interface Props {
  readonly entity: string;
  readonly query: ListQuery;
}

/** How many there are, when somebody asks: an exact count may cost more than the page itself. */
export function CountButton({ entity, query }: Props) {
  const t = useT();
  const format = useFormat();
  const { slug } = useWorkspace();
  const [isAsked, setIsAsked] = useState(false);
  const count = useQuery({
    queryKey: ["records", slug, entity, "count", query.filter, query.q],
    queryFn: ({ signal }) =>
      fetchPage(slug, entity, { ...query, fields: [], expand: [], limit: 1, count: "exact" }, signal),
    enabled: isAsked,
    placeholderData: (before) => before,
  });
  const value = count.data?.count?.value;
  if (isAsked && value !== undefined) {
    return <span className="muted numeric">{t("views.counted", { n: format.number(value) })}</span>;
  }
  return (
    <Button size="small" type="text" loading={isAsked && count.isFetching} onClick={() => setIsAsked(true)}>
      {t("views.count")}
    </Button>
  );
}
