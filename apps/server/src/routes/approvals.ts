import {
  type ApprovalActionInput,
  type ApprovalActionName,
  actOnApproval,
  actOnTask,
  listTasks,
  readApproval,
  type TaskActionInput,
  type TaskActionName,
  type TaskBox,
} from "@formwright/engine";
import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { notFound } from "../http/problems.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";
import { ID, PAGE } from "./schemas.ts";

const TASKS = {
  ...PAGE,
  properties: { ...PAGE.properties, box: { enum: ["open", "done", "started"] } },
} as const;

const COMMENT = { type: "string", maxLength: 10_000 } as const;
const MEMBERS = { type: "array", minItems: 1, maxItems: 50, items: ID } as const;

const nullable = (properties: object) => ({
  anyOf: [{ type: "null" }, { type: "object", additionalProperties: false, properties }],
});

const TASK_ACTION = nullable({ comment: COMMENT, members: MEMBERS });
const APPROVAL_ACTION = nullable({ comment: COMMENT, members: MEMBERS, task: ID });

const TASK_ACTIONS: ReadonlySet<string> = new Set<TaskActionName>([
  "approve",
  "reject",
  "return",
  "comment",
  "reassign",
  "resubmit",
]);
const APPROVAL_ACTIONS: ReadonlySet<string> = new Set<ApprovalActionName>([
  "withdraw",
  "resubmit",
  "comment",
  "reassign",
  "end",
]);

/** Approval tasks and the approvals that they belong to. */
export function approvalRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { kysely: db } = app.database;

    server.get<{ Querystring: { box?: TaskBox; limit?: number; cursor?: string } }>(
      "/tasks",
      { schema: { querystring: TASKS } },
      (request) => listTasks(db, contextOf(request), request.query),
    );

    server.post<{ Params: { id: string; action: string }; Body: TaskActionInput | null }>(
      "/tasks/:id/:action",
      { schema: { body: TASK_ACTION } },
      async (request) => {
        const { id, action } = request.params;
        if (!TASK_ACTIONS.has(action)) throw notFound();
        return actOnTask(db, contextOf(request), id, action as TaskActionName, request.body ?? {});
      },
    );

    server.get<{ Params: { id: string } }>("/approvals/:id", (request) =>
      readApproval(db, contextOf(request), request.params.id),
    );

    server.post<{ Params: { id: string; action: string }; Body: ApprovalActionInput | null }>(
      "/approvals/:id/:action",
      { schema: { body: APPROVAL_ACTION } },
      async (request) => {
        const { id, action } = request.params;
        if (!APPROVAL_ACTIONS.has(action)) throw notFound();
        return actOnApproval(db, contextOf(request), id, action as ApprovalActionName, request.body ?? {});
      },
    );
  };
}
