import type { RouteObject } from "react-router";
import { AdminOnly } from "./shell/admin-only.tsx";

/** First run: outside of any workspace. */
export const setupRoutes: RouteObject[] = [
  { path: "/setup", lazy: async () => ({ Component: (await import("./setup/setup-page.tsx")).SetupPage }) },
];

/** Pages for administrators, relative to /w/:ws. Each is loaded lazily, as in routes.tsx. */
export const adminRoutes: RouteObject[] = [
  {
    path: "r/:entity/import",
    lazy: async () => ({ Component: (await import("./import/import-page.tsx")).ImportPage }),
  },
  { path: "people", lazy: async () => ({ Component: (await import("./people/people-page.tsx")).PeoplePage }) },
  {
    Component: AdminOnly,
    children: [
      {
        path: "admin/entities",
        lazy: async () => ({ Component: (await import("./designer/entities-page.tsx")).EntitiesPage }),
      },
      {
        path: "admin/entities/:key",
        lazy: async () => ({ Component: (await import("./designer/entity-page.tsx")).EntityPage }),
      },
      {
        path: "admin/definitions",
        lazy: async () => ({
          Component: (await import("./designer/definitions/definitions-page.tsx")).DefinitionsPage,
        }),
      },
      {
        path: "admin/definitions/:kind/:key",
        lazy: async () => ({ Component: (await import("./designer/definitions/definition-page.tsx")).DefinitionPage }),
      },
      {
        path: "admin/releases",
        lazy: async () => ({ Component: (await import("./releases/releases-page.tsx")).ReleasesPage }),
      },
      {
        path: "admin/releases/:n",
        lazy: async () => ({ Component: (await import("./releases/release-page.tsx")).ReleasePage }),
      },
      {
        path: "admin/templates",
        lazy: async () => ({ Component: (await import("./templates/templates-page.tsx")).TemplatesPage }),
      },
      { path: "admin/jobs", lazy: async () => ({ Component: (await import("./operations/jobs-page.tsx")).JobsPage }) },
      { path: "admin/runs", lazy: async () => ({ Component: (await import("./operations/runs-page.tsx")).RunsPage }) },
      {
        path: "admin/outbox",
        lazy: async () => ({ Component: (await import("./operations/outbox-page.tsx")).OutboxPage }),
      },
    ],
  },
];
