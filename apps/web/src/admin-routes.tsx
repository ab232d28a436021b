import type { RouteObject } from "react-router";

/** First run: outside of any workspace. */
export const setupRoutes: RouteObject[] = [];

/** Pages for administrators, relative to /w/:ws. Each is loaded lazily, as in routes.tsx. */
export const adminRoutes: RouteObject[] = [
  {
    path: "admin/entities",
    lazy: async () => ({ Component: (await import("./designer/entities-page.tsx")).EntitiesPage }),
  },
  {
    path: "admin/entities/:key",
    lazy: async () => ({ Component: (await import("./designer/entity-page.tsx")).EntityPage }),
  },
];
