import { createBrowserRouter, type RouteObject } from "react-router";
import { adminRoutes, setupRoutes } from "./admin-routes.tsx";
import { BrokenPage } from "./app/error-boundary.tsx";
import { RootPage } from "./session/root-page.tsx";
import { NotFoundPage } from "./shell/not-found-page.tsx";
import { WorkspaceLayout } from "./shell/workspace-layout.tsx";

/** Pages inside a workspace: each is a chunk that loads when somebody goes there. */
const workspaceRoutes: RouteObject[] = [...adminRoutes, { path: "*", Component: NotFoundPage }];

export const router = createBrowserRouter([
  { path: "/", Component: RootPage, ErrorBoundary: BrokenPage },
  { path: "/login", lazy: async () => ({ Component: (await import("./session/login-page.tsx")).LoginPage }) },
  { path: "/invite/:token", lazy: async () => ({ Component: (await import("./session/invite-page.tsx")).InvitePage }) },
  ...setupRoutes,
  { path: "/w/:ws", Component: WorkspaceLayout, ErrorBoundary: BrokenPage, children: workspaceRoutes },
  { path: "*", Component: NotFoundPage },
]);
