import { createBrowserRouter, type RouteObject } from "react-router";
import { adminRoutes, setupRoutes } from "./admin-routes.tsx";
import { BrokenPage } from "./app/error-boundary.tsx";
import { RootPage } from "./session/root-page.tsx";
import { NotFoundPage } from "./shell/not-found-page.tsx";
import { WorkspaceLayout } from "./shell/workspace-layout.tsx";

/** Pages inside a workspace: each is a chunk that loads when somebody goes there. */
const workspaceRoutes: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import("./home/home-page.tsx")).HomePage }) },
  { path: "inbox", lazy: async () => ({ Component: (await import("./inbox/inbox-page.tsx")).InboxPage }) },
  { path: "tasks", lazy: async () => ({ Component: (await import("./tasks/tasks-page.tsx")).TasksPage }) },
  { path: "a/:app/v/:view", lazy: async () => ({ Component: (await import("./views/view-page.tsx")).ViewPage }) },
  { path: "r/:entity", lazy: async () => ({ Component: (await import("./views/entity-page.tsx")).EntityPage }) },
  { path: "r/:entity/new", lazy: async () => ({ Component: (await import("./records/create-page.tsx")).CreatePage }) },
  {
    path: "r/:entity/bin",
    lazy: async () => ({ Component: (await import("./records/recycle-bin-page.tsx")).RecycleBinPage }),
  },
  ...adminRoutes,
  { path: "r/:entity/:id", lazy: async () => ({ Component: (await import("./records/record-page.tsx")).RecordPage }) },
  { path: "*", Component: NotFoundPage },
];

export const router = createBrowserRouter([{ HydrateFallback: () => null, children: rootRoutes() }]);

function rootRoutes(): RouteObject[] {
  return [
    { path: "/", Component: RootPage, ErrorBoundary: BrokenPage },
    { path: "/login", lazy: async () => ({ Component: (await import("./session/login-page.tsx")).LoginPage }) },
    {
      path: "/invite/:token",
      lazy: async () => ({ Component: (await import("./session/invite-page.tsx")).InvitePage }),
    },
    ...setupRoutes,
    { path: "/w/:ws", Component: WorkspaceLayout, ErrorBoundary: BrokenPage, children: workspaceRoutes },
    { path: "*", Component: NotFoundPage },
  ];
}
