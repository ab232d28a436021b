import type { EntityDocument, Form } from "@formwright/model";
import { Spin } from "antd";
import { useMemo } from "react";
import { useParams } from "react-router";
import { useT } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { definitionsOf, useDraft, useEditorEpoch } from "./draft/use-draft.ts";
import { EntityDesigner } from "./entity-designer.tsx";

/** `/admin/entities/:key`: one entity with its forms. Reads the draft once; from then on the editor holds the truth. */
export function EntityPage() {
  const t = useT();
  const { slug } = useWorkspace();
  const { key = "" } = useParams();
  const draft = useDraft();
  const epoch = useEditorEpoch();
  const entity = definitionsOf(draft.data, "entity").find((item) => item.key === key) as EntityDocument | undefined;
  const forms = useMemo(
    () => definitionsOf(draft.data, "form").filter((form) => form.entity === key) as readonly Form[],
    [draft.data, key],
  );
  if (draft.isError) return <NotFoundPage error={draft.error} onRetry={() => void draft.refetch()} />;
  if (!draft.data) return <Spin className="page-wait" />;
  if (!entity) return <EmptyState title={t("designer.entityGone")} hint={t("designer.entityGoneHint")} />;
  return <EntityDesigner key={`${slug}/${key}/${epoch}`} initial={{ entity, forms }} />;
}
