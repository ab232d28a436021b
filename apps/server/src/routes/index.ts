import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import type { Metrics } from "../http/metrics.ts";
import { approvalRoutes } from "./approvals.ts";
import { authRoutes } from "./auth.ts";
import { draftRoutes } from "./drafts.ts";
import { eventRoutes } from "./events.ts";
import { invitationRoutes } from "./invitations.ts";
import { jobRoutes } from "./jobs.ts";
import { meRoutes } from "./me.ts";
import { memberRoutes } from "./members.ts";
import { modelRoutes } from "./model.ts";
import { notificationRoutes } from "./notifications.ts";
import { operationRoutes } from "./operations.ts";
import { recordRoutes } from "./records.ts";
import { releaseRoutes } from "./releases.ts";
import { setupRoutes } from "./setup.ts";
import { stageRoutes } from "./stages.ts";
import { workspaceListRoutes } from "./workspaces.ts";

/** Everything outside a workspace. */
export function platformRoutes(app: App, metrics: Metrics, notReady: () => string | null): FastifyPluginAsync {
  return async (server) => {
    await server.register(operationRoutes(app, metrics, notReady));
    for (const routes of [setupRoutes, authRoutes, meRoutes, workspaceListRoutes, invitationRoutes]) {
      await server.register(routes(app), { prefix: "/api/v1" });
    }
  };
}

const WORKSPACE_ROUTES = [
  modelRoutes,
  recordRoutes,
  stageRoutes,
  approvalRoutes,
  notificationRoutes,
  eventRoutes,
  memberRoutes,
  draftRoutes,
  releaseRoutes,
  jobRoutes,
];

/** Everything below /w/:ws. */
export function workspaceRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    for (const routes of WORKSPACE_ROUTES) await server.register(routes(app));
  };
}
