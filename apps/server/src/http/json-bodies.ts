import { finding, Problem } from "@formwright/model";
import type { FastifyInstance } from "fastify";
import { INVALID } from "./validation.ts";

/** How deep objects and lists may be nested in a body. */
export const MAX_DEPTH = 64;

/** JSON bodies: 400 when they are not JSON, 422 when they are nested too deeply, none when they are empty. */
export function jsonBodies(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser("error", "error");
  server.removeContentTypeParser("application/json");
  server.removeContentTypeParser("text/plain");
  server.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    const text = body as string;
    if (text.trim() === "") return done(null, undefined);
    if (isDeeperThan(text, MAX_DEPTH)) {
      return done(new Problem("invalid", INVALID, { errors: [finding("tooDeep", "")] }), undefined);
    }
    return parse(request, text, done);
  });
}

/** Looks at the brackets outside texts alone, so that nothing has to be built to find out. */
export function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isInText) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) isInText = false;
    } else if (code === 0x22) isInText = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > limit) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
}
