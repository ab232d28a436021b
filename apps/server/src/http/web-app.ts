import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { Problem } from "@formwright/model";
import type { FastifyInstance } from "fastify";
import { sendProblem } from "./problems.ts";

const YEAR_SECONDS = 31_536_000;

/**
 * Serves the built web app: its files as they are (those with a hash in their name for ever), and its page for every
 * other address, so that a link into the app works. Below /api there are no pages.
 */
export async function webApp(server: FastifyInstance, folder: string | null): Promise<void> {
  const page = folder !== null && existsSync(join(folder, "index.html"));
  if (page) {
    await server.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      setHeaders: (reply, path) => {
        const isHashed = /[\\/]assets[\\/]/.test(path);
        reply.header("cache-control", isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : "no-cache");
      },
    });
    server.get("/", (_, reply) => reply.header("cache-control", "no-cache").sendFile("index.html"));
  }
  server.setNotFoundHandler((request, reply) => {
    const wantsPage =
      request.method === "GET" && !request.url.startsWith("/api/") && !/\.\w{2,5}(\?|$)/.test(request.url);
    if (page && wantsPage) return reply.header("cache-control", "no-cache").sendFile("index.html");
    return sendProblem(
      request,
      reply,
      new Problem("notFound", { en: "There is no such address.", "zh-CN": "没有这个地址。" }),
    );
  });
}
