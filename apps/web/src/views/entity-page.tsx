import { DeleteOutlined } from "@ant-design/icons";
import type { Entity, ListView, Model } from "@formwright/model";
import { Button } from "antd";
import { useMemo } from "react";
import { Link, useParams } from "react-router";
import { useT } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { ListPage } from "./list-page.tsx";

/** All records of an entity, whatever views there are. */
export function EntityPage() {
  const t = useT();
  const { entity: key = "" } = useParams();
  const { slug, model } = useWorkspace();
  const entity = model.entities.get(key);
  const view = useMemo(() => (entity === undefined ? null : allRecordsView(model, entity)), [model, entity]);
  if (entity === undefined || view === null) return <NotFoundPage />;
  const bin = (
    <Link to={`/w/${slug}/r/${entity.key}/bin`}>
      <Button icon={<DeleteOutlined aria-hidden />} aria-label={t("shell.recycleBin")} />
    </Link>
  );
  return <ListPage key={entity.key} entity={entity} view={view} switcher={bin} />;
}

const LONG_KINDS: ReadonlySet<string> = new Set(["subform", "longtext"]);

/** A list of everything: the columns of the entity's first list without its filter, else its first fields. */
export function allRecordsView(model: Model, entity: Entity): ListView {
  const lists = [...model.views.values()].filter((view) => view.entity === entity.key && view.type === "list");
  const known = lists.find((view) => view.filter === undefined) ?? lists[0];
  const fields = entity.fields.filter((field) => !LONG_KINDS.has(field.kind)).map((field) => field.key);
  const paths = [...new Set([entity.titleField, ...fields.slice(0, 6), "owner", "updated_at"])];
  return {
    kind: "view",
    type: "list",
    key: `${entity.key}_all`,
    label: entity.plural ?? entity.label,
    entity: entity.key,
    columns: known?.type === "list" ? known.columns : paths.map((path) => ({ key: path, field: path })),
    sort: [{ field: "updated_at", direction: "desc" }],
  };
}
