import { endSession, findAccount, findAccountByEmail, rotateRefreshToken, sessionOfToken } from "@formwright/engine";
import { Problem } from "@formwright/model";
import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { unauthenticated } from "../sign-in/access-tokens.ts";
import { refuseLockedOut, rememberAttempt } from "../sign-in/lockout.ts";
import { answerSignIn, signIn } from "../sign-in/open-session.ts";
import { passwordFits } from "../sign-in/passwords.ts";
import { clearRefreshCookie, refreshExpiry, refreshTokenOf, setRefreshCookie } from "../sign-in/refresh-cookie.ts";
import { hashSecret, newSecret } from "../sign-in/secrets.ts";

const LOGIN = {
  type: "object",
  required: ["email", "password"],
  additionalProperties: false,
  properties: { email: { type: "string", maxLength: 320 }, password: { type: "string", maxLength: 200 } },
} as const;

/** Sign in, renew, sign out. */
export function authRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { kysely: db } = app.database;

    server.post<{ Body: { email: string; password: string } }>(
      "/auth/login",
      { schema: { body: LOGIN }, config: { rateLimit: { max: 30, timeWindow: "1 minute" } } },
      async (request, reply) => {
        const { email, password } = request.body;
        await refuseLockedOut(db, email, request.ip);
        const account = await findAccountByEmail(db, email);
        const isActive = account?.state === "active";
        const fits = await passwordFits(isActive ? account.passwordHash : null, password);
        await rememberAttempt(db, email, request.ip, fits);
        if (!fits || !account) {
          throw new Problem("unauthenticated", {
            en: "E-mail or password is wrong.",
            "zh-CN": "邮箱或密码不正确。",
          });
        }
        return signIn(app, db, account, request, reply);
      },
    );

    server.post(
      "/auth/refresh",
      { config: { rateLimit: { max: 120, timeWindow: "1 minute" } } },
      async (request, reply) => {
        const token = refreshTokenOf(request);
        if (!token) throw unauthenticated();
        const next = newSecret();
        const rotation = await db
          .transaction()
          .execute((tx) => rotateRefreshToken(tx, hashSecret(token), hashSecret(next), refreshExpiry(app.now())));
        if (rotation.outcome !== "rotated") {
          if (rotation.outcome === "reused") {
            request.log.warn({ session: rotation.session }, "a refresh token was used twice; its session was ended");
            await app.sessionEnded(rotation.session);
          }
          clearRefreshCookie(reply);
          throw unauthenticated();
        }
        const account = await findAccount(db, rotation.account);
        if (!account) throw unauthenticated();
        setRefreshCookie(reply, next, app.isSecure);
        return answerSignIn(app, db, account, rotation.session);
      },
    );

    server.post("/auth/logout", async (request, reply) => {
      const token = refreshTokenOf(request);
      const session = token ? await sessionOfToken(db, hashSecret(token)) : sessionOfBearer(app, request.headers);
      if (session) {
        await endSession(db, session, "logout");
        await app.sessionEnded(session);
      }
      clearRefreshCookie(reply);
      return reply.code(204).send();
    });
  };
}

function sessionOfBearer(app: App, headers: { authorization?: string }): string | null {
  try {
    return app.tokens.verify(headers.authorization).session;
  } catch {
    return null;
  }
}
