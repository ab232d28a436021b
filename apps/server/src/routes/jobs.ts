import { dropJob, type JobState, listJobs, listRuns, retryJob } from "@formwright/engine";
import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { notFound } from "../http/problems.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";
import { ID, KEY, PAGE } from "./schemas.ts";

interface JobsQuery {
  state?: JobState;
  kind?: string;
  limit?: number;
  cursor?: string;
}

const JOBS = {
  ...PAGE,
  properties: {
    ...PAGE.properties,
    state: { enum: ["waiting", "queued", "done", "failed", "cancelled"] },
    kind: { type: "string", maxLength: 40 },
    cursor: ID,
  },
} as const;

interface RunsQuery {
  automation?: string;
  state?: "done" | "skipped" | "failed";
  limit?: number;
  cursor?: string;
}

const RUNS = {
  ...PAGE,
  properties: { ...PAGE.properties, automation: KEY, state: { enum: ["done", "skipped", "failed"] }, cursor: ID },
} as const;

/** What runs behind the screens, for admins. */
export function jobRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { kysely: db } = app.database;

    server.get<{ Querystring: JobsQuery }>("/jobs", { schema: { querystring: JOBS } }, (request) =>
      listJobs(db, contextOf(request), request.query),
    );

    server.post<{ Params: { id: string; action: string } }>("/jobs/:id/:action", async (request, reply) => {
      const { id, action } = request.params;
      const act = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
      if (!act || !new RegExp(ID.pattern).test(id)) throw notFound();
      await act(db, contextOf(request), id);
      return reply.code(204).send();
    });

    server.get<{ Querystring: RunsQuery }>("/runs", { schema: { querystring: RUNS } }, (request) =>
      listRuns(db, contextOf(request), request.query),
    );
  };
}

const ACTIONS: Readonly<Record<string, typeof retryJob>> = { retry: retryJob, drop: dropJob };
