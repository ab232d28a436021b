import { InboxOutlined } from "@ant-design/icons";
import type { Entity } from "@formwright/model";
import { useMutation } from "@tanstack/react-query";
import { Alert, Spin, Upload } from "antd";
import { describeProblem } from "../app/notices.tsx";
import { useT } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import css from "./import.module.css";
import { importApi, type UploadedFile } from "./import-api.ts";

/** Takes the file and sends it to be read. */
export function FileStep({
  entity,
  onFile,
}: {
  readonly entity: Entity;
  readonly onFile: (file: UploadedFile) => void;
}) {
  const t = useT();
  const { slug } = useWorkspace();
  const upload = useMutation({
    meta: { silent: true },
    mutationFn: (file: File) => importApi.upload(slug, entity.key, file),
    onSuccess: onFile,
  });
  const problem = upload.error && describeProblem(upload.error);
  return (
    <>
      {problem && (
        <Alert
          type="error"
          showIcon
          className={css.alert}
          title={problem.title}
          description={problem.lines.join(" ")}
        />
      )}
      <Upload.Dragger
        accept=".csv,.tsv,.txt,.xlsx"
        maxCount={1}
        showUploadList={false}
        disabled={upload.isPending}
        beforeUpload={(file) => {
          upload.mutate(file);
          return false;
        }}
      >
        <div className={css.drop}>
          {upload.isPending ? <Spin size="large" /> : <InboxOutlined className={css.dropIcon} />}
          <strong>
            {upload.isPending ? t("importing.reading", { name: upload.variables.name }) : t("importing.drop")}
          </strong>
          <span className="muted">{t("importing.dropHint")}</span>
        </div>
      </Upload.Dragger>
    </>
  );
}
