import { useParams } from "react-router";
import { useModel } from "../model/workspace-context.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { BoardPage } from "./board-page.tsx";
import { ListPage } from "./list-page.tsx";
import { ViewSwitcher } from "./view-switcher.tsx";

/** A view of an app: a list or a board. */
export function ViewPage() {
  const { app = "", view: key = "" } = useParams();
  const model = useModel();
  const view = model.views.get(key);
  const entity = view === undefined ? undefined : model.entities.get(view.entity);
  if (view === undefined || entity === undefined) return <NotFoundPage />;
  const switcher = <ViewSwitcher view={view} app={app} />;
  return view.type === "kanban" ? (
    <BoardPage key={view.key} entity={entity} view={view} switcher={switcher} />
  ) : (
    <ListPage key={view.key} entity={entity} view={view} switcher={switcher} />
  );
}
