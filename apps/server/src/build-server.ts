import cookie from "@fastify/cookie";
import jwt from "@fastify/jwt";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import type { Database } from "@formwright/database";
import { forgetMembers, forgetModel } from "@formwright/engine";
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { v7 as uuidv7 } from "uuid";
import type { App } from "./app.ts";
import { idempotency } from "./http/idempotency.ts";
import { jsonBodies } from "./http/json-bodies.ts";
import { Metrics } from "./http/metrics.ts";
import { presentProblems } from "./http/problems.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { strictRoutes } from "./http/validation.ts";
import { webApp } from "./http/web-app.ts";
import { LiveUpdates } from "./live/live-updates.ts";
import { hearNews, tellNews } from "./live/news.ts";
import { catalogRoutes } from "./openapi/route-catalog.ts";
import { platformRoutes, workspaceRoutes } from "./routes/index.ts";
import type { Settings } from "./settings.ts";
import { AccessTokens } from "./sign-in/access-tokens.ts";
import { MemberContexts } from "./sign-in/member-contexts.ts";
import { workspaceScope } from "./sign-in/workspace-scope.ts";

export interface BuildOptions {
  readonly database: Database;
  readonly settings: Settings;
  readonly jwtSecret: string;
  /** Folder of the built web app; null serves the API alone. */
  readonly webFolder?: string | null;
  readonly now?: () => Date;
  readonly metrics?: Metrics;
  /** Called after each successful write with the workspace's slug: background work looks at once. */
  readonly onChange?: (workspaceSlug: string) => void;
  /** Tells `/readyz` what else must be there, e.g. the queue; null when all is well. */
  readonly notReady?: () => string | null;
  readonly log?: FastifyBaseLogger;
  /** False lets one client ask as often as it likes: tests. */
  readonly isRateLimited?: boolean;
}

export interface BuiltServer {
  readonly server: FastifyInstance;
  readonly app: App;
}

const BODY_LIMIT = 1_048_576;

/**
 * The HTTP server over an open, migrated database. `server.close()` ends its event streams and forgets its listeners;
 * the database stays open.
 */
export async function buildServer(options: BuildOptions): Promise<BuiltServer> {
  const { database, settings } = options;
  const now = options.now ?? (() => new Date());
  const metrics = options.metrics ?? new Metrics({ ofProcess: false });
  const server = Fastify({
    ...(options.log ? { loggerInstance: options.log } : { logger: false }),
    genReqId: () => uuidv7(),
    requestIdHeader: false,
    bodyLimit: BODY_LIMIT,
    trustProxy: settings.trustsProxy,
    logController: new Fastify.LogController({
      disableRequestLogging: settings.logLevel !== "debug" && settings.logLevel !== "trace",
    }),
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 300 },
  });
  server.decorateRequest("bearer", null);
  server.decorateRequest("context", null);
  server.decorateRequest("memberLocale", null);
  const always = await securityHeaders(isHttps(settings));
  server.addHook("onRequest", (request, reply, done) => {
    reply.headers(always).header("x-request-id", request.id);
    done();
  });
  presentProblems(server);
  jsonBodies(server);
  strictRoutes(server);
  const catalog = catalogRoutes(server);
  metrics.measure(server);

  await server.register(cookie);
  await server.register(jwt, {
    secret: options.jwtSecret,
    sign: { algorithm: "HS256", iss: "formwright" },
    verify: { algorithms: ["HS256"], allowedIss: "formwright" },
  });
  await server.register(rateLimit, {
    global: false,
    ...(options.isRateLimited === false && { allowList: () => true }),
  });
  await server.register(multipart, { limits: { files: 1, fileSize: 100 * BODY_LIMIT, fields: 0 } });

  const live = new LiveUpdates(database, metrics, now);
  const members = new MemberContexts(database, now);
  const app: App = {
    database,
    settings,
    tokens: new AccessTokens(server.jwt, () => now().getTime()),
    members,
    live,
    catalog,
    isSecure: isHttps(settings),
    now,
    sessionEnded: async (session) => {
      app.tokens.endSession(session);
      live.endSession(session);
      await tellNews(database, { type: "session", session });
    },
    released: ({ id, slug }) => {
      forgetModel(id);
      forgetMembers(id);
      members.forget(slug);
    },
    changed: (workspace) => {
      live.look(workspace);
      options.onChange?.(workspace);
    },
  };
  live.use(members);
  const stopListening = await hearNews(app);
  server.addHook("preClose", async () => {
    live.close();
    stopListening();
  });
  idempotency(server, app);

  await server.register(platformRoutes(app, metrics, options.notReady ?? (() => null)));
  await server.register(
    async (scoped) => {
      workspaceScope(scoped, app);
      await scoped.register(workspaceRoutes(app));
    },
    { prefix: "/api/v1/w/:ws" },
  );
  await webApp(server, options.webFolder ?? null);
  await server.ready();
  return { server, app };
}

function isHttps(settings: Settings): boolean {
  return settings.publicUrl.startsWith("https:");
}
