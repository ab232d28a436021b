import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import type { Metrics } from "../http/metrics.ts";
import { approvalRoutes } from "./approvals.ts";
import { authRoutes } from "./auth.ts";
import { bulkRoutes } from "./bulk.ts";
import { definitionRoutes } from "./definitions.ts";
import { draftRoutes } from "./drafts.ts";
import { eventRoutes } from "./events.ts";
import { exportRoutes } from "./exports.ts";
import { importRoutes } from "./imports.ts";
import { invitationRoutes } from "./invitations.ts";
import { jobRoutes } from "./jobs.ts";
import { meRoutes } from "./me.ts";
import { memberRoutes } from "./members.ts";
import { modelRoutes } from "./model.ts";
import { notificationRoutes } from "./notifications.ts";
import { openapiRoutes } from "./openapi.ts";
import { operationRoutes } from "./operations.ts";
import { recordListRoutes } from "./record-lists.ts";
import { recordRoutes } from "./records.ts";
import { releaseRoutes } from "./releases.ts";
import { savedViewRoutes } from "./saved-views.ts";
import { setupRoutes } from "./setup.ts";
import { stageRoutes } from "./stages.ts";
import { templateListRoutes, templateRoutes } from "./templates.ts";
import { workspaceListRoutes } from "./workspaces.ts";

/** Everything outside a workspace. */
export function platformRoutes(app: App, metrics: Metrics, notReady: () => string | null): FastifyPluginAsync {
  return async (server) => {
    await server.register(operationRoutes(app, metrics, notReady));
    for (const routes of [
      setupRoutes,
      authRoutes,
      meRoutes,
      workspaceListRoutes,
      templateListRoutes,
      invitationRoutes,
      openapiRoutes,
    ]) {
      await server.register(routes(app), { prefix: "/api/v1" });
    }
  };
}

const WORKSPACE_ROUTES = [
  modelRoutes,
  recordRoutes,
  recordListRoutes,
  stageRoutes,
  approvalRoutes,
  notificationRoutes,
  eventRoutes,
  memberRoutes,
  definitionRoutes,
  draftRoutes,
  releaseRoutes,
  jobRoutes,
  templateRoutes,
  bulkRoutes,
  importRoutes,
  exportRoutes,
  savedViewRoutes,
];

/** Everything below /w/:ws. */
export function workspaceRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    for (const routes of WORKSPACE_ROUTES) await server.register(routes(app));
  };
}
