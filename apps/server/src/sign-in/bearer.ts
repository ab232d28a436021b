import type { FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import type { App } from "../app.ts";
import { type Bearer, unauthenticated } from "./access-tokens.ts";

/** A hook that lets nobody through who is not signed in. */
export function requireBearer(app: App): onRequestAsyncHookHandler {
  return async (request) => {
    request.bearer = app.tokens.verify(request.headers.authorization);
  };
}

/** Who sent this request, behind {@link requireBearer}. */
export function bearerOf(request: FastifyRequest): Bearer {
  if (!request.bearer) throw unauthenticated();
  return request.bearer;
}

declare module "fastify" {
  interface FastifyRequest {
    bearer: Bearer | null;
  }
}
