import { endSession, findAccount, listSessions, membershipsOf, updateAccount } from "@formwright/engine";
import { finding, type Locale, Problem } from "@formwright/model";
import type { FastifyPluginAsync } from "fastify";
import { IANAZone } from "luxon";
import type { App } from "../app.ts";
import { notFound } from "../http/problems.ts";
import { INVALID } from "../http/validation.ts";
import { unauthenticated } from "../sign-in/access-tokens.ts";
import { bearerOf, requireBearer } from "../sign-in/bearer.ts";
import { publicAccount } from "../sign-in/open-session.ts";
import { hashPassword, PASSWORD_SCHEMA, passwordFits } from "../sign-in/passwords.ts";

interface MeChange {
  name?: string;
  locale?: Locale;
  timeZone?: string;
  password?: { current: string; next: string };
}

const CHANGE = {
  type: "object",
  additionalProperties: false,
  properties: {
    name: { type: "string", minLength: 1, maxLength: 200, pattern: "\\S" },
    locale: { enum: ["en", "zh-CN"] },
    timeZone: { type: "string", maxLength: 60 },
    password: {
      type: "object",
      required: ["current", "next"],
      additionalProperties: false,
      properties: { current: { type: "string", maxLength: 200 }, next: PASSWORD_SCHEMA },
    },
  },
} as const;

/** The signed-in account, and the devices that it is signed in on. */
export function meRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { kysely: db } = app.database;
    server.addHook("onRequest", requireBearer(app));

    const answer = async (accountId: string) => {
      const account = await findAccount(db, accountId);
      if (account?.state !== "active") throw unauthenticated();
      const memberships = await membershipsOf(db, accountId);
      return {
        account: publicAccount(account),
        workspaces: memberships.map(({ workspace, memberId }) => ({
          id: workspace.id,
          slug: workspace.slug,
          name: workspace.name,
          locale: workspace.locale,
          timeZone: workspace.timeZone,
          member: memberId,
        })),
      };
    };

    server.get("/me", (request) => answer(bearerOf(request).account));

    server.patch<{ Body: MeChange }>("/me", { schema: { body: CHANGE } }, async (request) => {
      const { account: id, session } = bearerOf(request);
      const { password, ...change } = request.body;
      if (change.timeZone !== undefined && !IANAZone.isValidZone(change.timeZone)) {
        throw new Problem("invalid", INVALID, {
          errors: [finding("format", "/timeZone", { format: "IANA time zone" })],
        });
      }
      if (password) await changePassword(app, id, session, password);
      await updateAccount(db, id, change);
      return answer(id);
    });

    server.get("/me/sessions", async (request) => {
      const { account, session } = bearerOf(request);
      const sessions = await listSessions(db, account);
      return {
        items: sessions.map(({ account: _, ...one }) => ({ ...one, isCurrent: one.id === session })),
      };
    });

    server.delete<{ Params: { id: string } }>("/me/sessions/:id", async (request, reply) => {
      const { account } = bearerOf(request);
      const sessions = await listSessions(db, account);
      const session = sessions.find((one) => one.id === request.params.id);
      if (!session) throw notFound();
      await endSession(db, session.id, "ended by hand");
      await app.sessionEnded(session.id);
      return reply.code(204).send();
    });
  };
}

/** Needs the old password, and ends every other session: whoever knew the old one is out. */
async function changePassword(
  app: App,
  accountId: string,
  session: string,
  password: { current: string; next: string },
): Promise<void> {
  const { kysely: db } = app.database;
  const account = await findAccount(db, accountId);
  if (!account || !(await passwordFits(account.passwordHash, password.current))) {
    throw new Problem(
      "invalid",
      { en: "The current password is wrong.", "zh-CN": "当前密码不正确。" },
      {
        errors: [
          {
            pointer: "/password/current",
            code: "wrongPassword",
            message: { en: "The current password is wrong.", "zh-CN": "当前密码不正确。" },
            severity: "error",
          },
        ],
      },
    );
  }
  await updateAccount(db, accountId, { passwordHash: await hashPassword(password.next) });
  for (const other of await listSessions(db, accountId)) {
    if (other.id === session) continue;
    await endSession(db, other.id, "new password");
    await app.sessionEnded(other.id);
  }
}
