import { diffReleases, listReleases, readRelease, restoreRelease } from "@formwright/engine";
import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { notFound } from "../http/problems.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";

type Release = { Params: { n: string } };

const RESTORE = {
  anyOf: [
    { type: "null" },
    { type: "object", additionalProperties: false, properties: { message: { type: "string", maxLength: 2_000 } } },
  ],
} as const;

/** What was published when, and back to it. */
export function releaseRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { kysely: db } = app.database;

    server.get("/releases", async (request) => ({ items: await listReleases(db, contextOf(request)) }));

    server.get<Release>("/releases/:n", (request) =>
      readRelease(db, contextOf(request), releaseNumber(request.params.n)),
    );

    server.get<Release>("/releases/:n/diff", (request) =>
      diffReleases(db, contextOf(request), releaseNumber(request.params.n)),
    );

    server.post<Release & { Body: { message?: string } | null }>(
      "/releases/:n/restore",
      { schema: { body: RESTORE } },
      async (request) => {
        const context = contextOf(request);
        const number = releaseNumber(request.params.n);
        const published = await restoreRelease(db, context, number, request.body?.message);
        app.released(context.workspace);
        return published;
      },
    );
  };
}

function releaseNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw notFound();
  return Number(text);
}
