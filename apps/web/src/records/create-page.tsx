import { useMemo } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useNotice } from "../app/notices.tsx";
import { useT, useText } from "../i18n/locale.ts";
import { useMay } from "../model/access.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { Icon } from "../shell/icon.tsx";
import { NoAccessPage } from "../shell/no-access-page.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import { CreateForm } from "./create-form.tsx";
import type { FormValues } from "./form-logic.ts";

/** A page of its own for a new record. `?customer=…` fills fields beforehand. */
export function CreatePage() {
  const t = useT();
  const text = useText();
  const navigate = useNavigate();
  const notice = useNotice();
  const { entity: key = "" } = useParams();
  const [params] = useSearchParams();
  const { slug, model } = useWorkspace();
  const entity = model.entities.get(key);
  const preset = useMemo<FormValues>(
    () => Object.fromEntries([...params].filter(([name]) => entity?.fields.some((field) => field.key === name))),
    [params, entity],
  );
  const may = useMay();
  if (entity === undefined || entity.system) return <NotFoundPage />;
  const label = text(entity.label, entity.key);
  if (!may(entity.key, "create")) return <NoAccessPage title={t("records.mayNotCreate", { entity: label })} />;
  return (
    <>
      <PageHeader
        icon={<Icon name={entity.icon} />}
        title={t("records.newOf", { entity: label })}
        crumbs={[{ label: text(entity.plural ?? entity.label, entity.key), to: `/w/${slug}/r/${entity.key}` }]}
      />
      <div className="panel" style={{ padding: "20px 20px 0", maxWidth: 980 }}>
        <CreateForm
          entity={entity}
          preset={preset}
          keepsDraft
          canAddAnother
          onCreated={(record, goOn) => {
            notice(t("records.created", { entity: label }));
            if (goOn === "open") void navigate(`/w/${slug}/r/${entity.key}/${record.id}`, { replace: true });
          }}
          onCancel={() => void navigate(-1)}
        />
      </div>
    </>
  );
}
