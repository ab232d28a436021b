import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  claimIdempotencyKey,
  finishIdempotencyKey,
  type IdempotencyClaim,
  releaseIdempotencyKey,
} from "@formwright/engine";
import { finding, Problem } from "@formwright/model";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { App } from "../app.ts";
import { INVALID } from "./validation.ts";

/** How long a second request with the same key waits for the first one's answer. */
const WAIT_MS = 10_000;
const POLL_MS = 100;
const KEPT_HEADERS = ["content-type", "location", "etag"] as const;
const MAX_KEPT_BODY = 1_000_000;

interface Claimed {
  readonly scope: string;
  readonly key: string;
}

/**
 * `Idempotency-Key` on any POST that changes something: the same key gives the first answer again, and nothing happens
 * twice. The same key with another body is refused. A request that failed on our side (5xx) may be tried again.
 */
export function idempotency(server: FastifyInstance, app: App): void {
  server.decorateRequest("claimedKey", null);

  server.addHook("preHandler", async (request, reply) => {
    const key = keyOf(request);
    if (key === null) return;
    const scope = scopeOf(request);
    const claim = await claimOrWait(app, scope, key, fingerprintOf(request));
    if (claim.outcome === "first") {
      request.claimedKey = { scope, key };
      return;
    }
    if (claim.outcome === "mismatch") throw reusedKey();
    if (claim.outcome === "running") throw stillRunning();
    reply.code(claim.status).headers(claim.headers).header("idempotency-replayed", "true");
    return reply.send(claim.body);
  });

  server.addHook("onSend", async (request, reply, payload) => {
    const claimed = request.claimedKey;
    if (!claimed) return payload;
    request.claimedKey = null;
    const { kysely: db } = app.database;
    const body = typeof payload === "string" ? payload : payload === undefined || payload === null ? "" : null;
    const isFinal = reply.statusCode < 500 && reply.statusCode !== 429 && body !== null && body.length <= MAX_KEPT_BODY;
    if (isFinal) {
      const headers = Object.fromEntries(
        KEPT_HEADERS.flatMap((name) => {
          const value = reply.getHeader(name);
          return value === undefined ? [] : [[name, String(value)]];
        }),
      );
      await finishIdempotencyKey(db, claimed.scope, claimed.key, { status: reply.statusCode, headers, body });
    } else {
      await releaseIdempotencyKey(db, claimed.scope, claimed.key);
    }
    return payload;
  });
}

function keyOf(request: FastifyRequest): string | null {
  if (request.method !== "POST" || request.routeOptions.config.repeatable) return null;
  const key = request.headers["idempotency-key"];
  if (key === undefined) return null;
  if (typeof key === "string" && key.length > 0 && key.length <= 200) return key;
  throw new Problem("invalid", INVALID, {
    errors: [finding("maxLength", "/Idempotency-Key", { limit: 200 })],
  });
}

/** Whose key it is: two people may use the same one. */
function scopeOf(request: FastifyRequest): string {
  const account = request.bearer?.account ?? `address ${request.ip}`;
  return `${account} ${request.context?.workspace.id ?? ""}`;
}

function fingerprintOf(request: FastifyRequest): string {
  return createHash("sha256")
    .update(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest("base64url");
}

async function claimOrWait(app: App, scope: string, key: string, fingerprint: string): Promise<IdempotencyClaim> {
  for (let waited = 0; ; waited += POLL_MS) {
    const claim = await claimIdempotencyKey(app.database.kysely, scope, key, fingerprint);
    if (claim.outcome !== "running" || waited >= WAIT_MS) return claim;
    await sleep(POLL_MS);
  }
}

function reusedKey(): Problem {
  return new Problem("invalid", {
    en: "This Idempotency-Key was used for another request.",
    "zh-CN": "该 Idempotency-Key 已用于另一个请求。",
  });
}

function stillRunning(): Problem {
  return new Problem("conflict", {
    en: "The first request with this Idempotency-Key is still running.",
    "zh-CN": "使用该 Idempotency-Key 的首个请求仍在处理中。",
  });
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** A POST that only reads, or whose answer must not be kept (tokens): an Idempotency-Key means nothing to it. */
    repeatable?: boolean;
  }
  interface FastifyRequest {
    claimedKey: Claimed | null;
  }
}
