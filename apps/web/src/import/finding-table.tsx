import { Table } from "antd";
import type { ReactNode } from "react";
import { useT } from "../i18n/locale.ts";
import css from "./import.module.css";
import type { ImportFinding } from "./import-api.ts";

interface Props {
  readonly findings: readonly ImportFinding[];
  readonly action?: ReactNode;
}

/** Row by row what is wrong. */
export function FindingTable({ findings, action }: Props) {
  const t = useT();
  if (findings.length === 0) return null;
  return (
    <section className={css.findings}>
      <div className={css.findingsHead}>
        <h2>{t("importing.firstProblems", { n: findings.length })}</h2>
        {action}
      </div>
      <Table<ImportFinding>
        size="small"
        rowKey={(finding) => `${finding.row}/${finding.column}/${finding.code}/${finding.value}`}
        dataSource={[...findings]}
        pagination={findings.length > 50 ? { pageSize: 50, showSizeChanger: false, size: "small" } : false}
        scroll={{ x: 560 }}
        columns={[
          { title: t("importing.row"), dataIndex: "row", width: 80, className: "numeric" },
          {
            title: t("importing.column"),
            key: "column",
            width: 150,
            render: (_, finding) => finding.column,
          },
          {
            title: t("importing.value"),
            key: "value",
            width: 180,
            render: (_, finding) => <span className={css.samples}>{finding.value}</span>,
          },
          {
            title: t("importing.problem"),
            key: "message",
            render: (_, finding) => finding.message,
          },
        ]}
      />
    </section>
  );
}
