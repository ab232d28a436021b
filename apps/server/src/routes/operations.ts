import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import type { Metrics } from "../http/metrics.ts";

/** For those who run the server: alive, can serve, figures. */
export function operationRoutes(app: App, metrics: Metrics, notReady: () => string | null): FastifyPluginAsync {
  return async (server) => {
    server.get("/healthz", async () => ({ status: "alive" }));

    server.get("/readyz", async (_, reply) => {
      const reason = notReady() ?? (await databaseTrouble(app));
      if (reason === null) return { status: "ready" };
      return reply.code(503).send({ status: "not ready", reason });
    });

    server.get("/metrics", async (_, reply) =>
      reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
    );
  };
}

async function databaseTrouble(app: App): Promise<string | null> {
  try {
    await app.database.pool.query("select 1");
    return null;
  } catch {
    return "the database does not answer";
  }
}
