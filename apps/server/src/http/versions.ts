import { Problem } from "@formwright/model";
import type { FastifyReply, FastifyRequest } from "fastify";

/** Sends ready JSON text with the record's version as its ETag. */
export function sendRecord(
  reply: FastifyReply,
  record: { readonly json: string; readonly version: number },
): FastifyReply {
  return sendJson(reply.header("etag", `"${record.version}"`), record.json);
}

/** Sends ready JSON text as it is. */
export function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.type("application/json; charset=utf-8").send(json);
}

/**
 * The version that the caller made the change on: `If-Match: "3"`; null when they do not say (or `*`).
 *
 * @throws Problem `malformed`
 */
export function expectedVersion(request: FastifyRequest): number | null {
  const header = request.headers["if-match"];
  if (header === undefined || header.trim() === "*") return null;
  const version = /^\s*(?:W\/)?"(\d{1,9})"\s*$/.exec(header)?.[1];
  if (version !== undefined) return Number(version);
  throw new Problem("malformed", {
    en: 'If-Match must be a version in quotes, such as "3".',
    "zh-CN": 'If-Match 须为带引号的版本号，例如 "3"。',
  });
}
