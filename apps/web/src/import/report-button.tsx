import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useT } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { importApi } from "./import-api.ts";

/** Downloads every row that failed, and why. */
export function ReportButton({ entity, job }: { readonly entity: string; readonly job: string }) {
  const t = useT();
  const { slug } = useWorkspace();
  const download = useMutation({
    mutationFn: () => importApi.report(slug, entity, job),
    onSuccess: (blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = `${entity}-import-report.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
    },
  });
  return (
    <Button size="small" icon={<DownloadOutlined />} loading={download.isPending} onClick={() => download.mutate()}>
      {t("importing.report")}
    </Button>
  );
}
