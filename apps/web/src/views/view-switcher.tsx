import { ProjectOutlined, TableOutlined } from "@ant-design/icons";
import type { View } from "@formwright/model";
import { Segmented } from "antd";
import { useNavigate } from "react-router";
import { useT, useText } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";

interface Props {
  readonly view: View;
  readonly app: string;
}

/** From the list to the board of the same records and back. */
export function ViewSwitcher({ view, app }: Props) {
  const t = useT();
  const text = useText();
  const navigate = useNavigate();
  const { slug, model } = useWorkspace();
  const siblings = [...model.views.values()].filter((other) => other.entity === view.entity);
  const list = view.type === "list" ? view : siblings.find((other) => other.type === "list");
  const board = view.type === "kanban" ? view : siblings.find((other) => other.type === "kanban");
  if (list === undefined || board === undefined) return null;
  return (
    <Segmented
      aria-label={t("views.otherViews")}
      value={view.key}
      onChange={(key) => void navigate(`/w/${slug}/a/${app}/v/${key}`)}
      options={[
        { value: list.key, icon: <TableOutlined aria-label={text(list.label, list.key)} /> },
        { value: board.key, icon: <ProjectOutlined aria-label={text(board.label, board.key)} /> },
      ]}
    />
  );
}
