import type { Locale } from "@formwright/model";
import type { FastifyRequest } from "fastify";

/** The language that a browser or script asks for; null when it asks for none that we have. */
export function localeOfHeader(header: string | undefined): Locale | null {
  if (!header) return null;
  const wanted = header
    .slice(0, 200)
    .split(",")
    .map((part, index) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
      return { tag: tag.toLowerCase(), quality: quality === undefined ? 1 : Number(quality), index };
    })
    .sort((a, b) => b.quality - a.quality || a.index - b.index);
  for (const { tag, quality } of wanted) {
    if (quality <= 0) continue;
    if (tag.startsWith("zh")) return "zh-CN";
    if (tag.startsWith("en")) return "en";
  }
  return null;
}

/** The language of an answer: what the request asks for, else the member's own, else English. */
export function localeOf(request: FastifyRequest): Locale {
  return localeOfHeader(request.headers["accept-language"]) ?? request.memberLocale ?? "en";
}

declare module "fastify" {
  interface FastifyRequest {
    /** The signed-in member's own language, once known. */
    memberLocale: Locale | null;
  }
}
