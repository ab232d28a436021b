import { Table } from "antd";
import type { ReactNode } from "react";
import { useT, useText } from "../i18n/locale.ts";
import css from "./import.module.css";
import type { ImportFinding, UploadedColumn } from "./import-api.ts";
import { columnOf } from "./value-problems.ts";

interface Props {
  readonly findings: readonly ImportFinding[];
  readonly columns: readonly UploadedColumn[];
  readonly action?: ReactNode;
}

/** Row by row what is wrong. */
export function FindingTable({ findings, columns, action }: Props) {
  const t = useT();
  const text = useText();
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
            render: (_, finding) => columnOf(finding, columns)?.header ?? "",
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
            render: (_, finding) =>
              typeof finding.message === "string" ? finding.message : text(finding.message, finding.code),
          },
        ]}
      />
    </section>
  );
}
