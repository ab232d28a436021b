import type { FastifyReply, FastifyRequest } from "fastify";

const NAME = "formwright_refresh";
const PATH = "/api/v1/auth";
export const REFRESH_DAYS = 30;

/** The refresh token travels in a cookie that no script can read and no other site can send. */
export function setRefreshCookie(reply: FastifyReply, token: string, isSecure: boolean): void {
  reply.setCookie(NAME, token, {
    path: PATH,
    httpOnly: true,
    sameSite: "strict",
    secure: isSecure,
    maxAge: REFRESH_DAYS * 86_400,
  });
}

export function clearRefreshCookie(reply: FastifyReply): void {
  reply.clearCookie(NAME, { path: PATH });
}

export function refreshTokenOf(request: FastifyRequest): string | null {
  return request.cookies[NAME] ?? null;
}

/** When a session that is used now ends, ISO 8601. */
export function refreshExpiry(now: Date): string {
  return new Date(now.getTime() + REFRESH_DAYS * 86_400_000).toISOString();
}
