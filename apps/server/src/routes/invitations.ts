import {
  acceptInvitation,
  addMembership,
  createAccount,
  findAccount,
  findAccountByEmail,
  findInvitation,
  findWorkspace,
  type Invitation,
  loadMember,
} from "@formwright/engine";
import { Problem } from "@formwright/model";
import type { FastifyPluginAsync } from "fastify";
import { v7 as uuidv7 } from "uuid";
import type { App } from "../app.ts";
import { refuseLockedOut, rememberAttempt } from "../sign-in/lockout.ts";
import { signIn } from "../sign-in/open-session.ts";
import { hashPassword, PASSWORD_SCHEMA, passwordFits } from "../sign-in/passwords.ts";
import { hashSecret } from "../sign-in/secrets.ts";

const ACCEPT = {
  type: "object",
  required: ["password"],
  additionalProperties: false,
  properties: { name: { type: "string", minLength: 1, maxLength: 200, pattern: "\\S" }, password: PASSWORD_SCHEMA },
} as const;

type Token = { Params: { token: string } };

/** What somebody sees and does who was sent an invitation link. */
export function invitationRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { kysely: db } = app.database;
    const limits = { rateLimit: { max: 30, timeWindow: "1 minute" } };

    server.get<Token>("/invitations/:token", { config: limits }, async (request) => {
      const { invitation, email, name } = await find(app, request.params.token);
      const account = await findAccountByEmail(db, email);
      return {
        workspace: { slug: invitation.slug, name: invitation.workspaceName },
        email,
        name,
        hasAccount: account !== null,
        expiresAt: invitation.expiresAt,
      };
    });

    server.post<Token & { Body: { name?: string; password: string } }>(
      "/invitations/:token",
      { schema: { body: ACCEPT }, config: { ...limits, repeatable: true } },
      async (request, reply) => {
        const { invitation, email, name, locale, timeZone } = await find(app, request.params.token);
        const { password } = request.body;
        const known = await findAccountByEmail(db, email);
        if (known) await proveIdentity(app, known.passwordHash, email, password, request.ip);
        const passwordHash = known ? null : await hashPassword(password);
        const account = await db.transaction().execute(async (tx) => {
          if (!(await acceptInvitation(tx, invitation.id))) throw gone();
          const who =
            known ??
            (await createAccount(tx, {
              id: uuidv7(),
              email,
              name: request.body.name?.trim() ?? name,
              passwordHash,
              locale,
              timeZone,
            }));
          await addMembership(tx, who.id, invitation.workspace, invitation.memberId);
          return who;
        });
        app.members.forget(invitation.slug);
        const current = (await findAccount(db, account.id)) ?? account;
        return signIn(app, db, current, request, reply);
      },
    );
  };
}

async function find(app: App, token: string) {
  const { kysely: db } = app.database;
  const invitation: Invitation | null = await findInvitation(db, hashSecret(token));
  const workspace = invitation && (await findWorkspace(db, invitation.slug));
  const member = invitation && workspace ? await loadMember(db, workspace, invitation.memberId) : null;
  const email = member?.email ?? invitation?.email;
  if (!invitation || !member || !email) throw gone();
  return { invitation, email, name: member.name, locale: member.locale, timeZone: member.timeZone };
}

async function proveIdentity(app: App, hash: string | null, email: string, password: string, client: string) {
  const { kysely: db } = app.database;
  await refuseLockedOut(db, email, client);
  const fits = await passwordFits(hash, password);
  await rememberAttempt(db, email, client, fits);
  if (fits) return;
  throw new Problem("unauthenticated", {
    en: "There is already an account with this e-mail. Its password is needed to join.",
    "zh-CN": "该邮箱已有账号，请输入该账号的密码加入。",
  });
}

function gone(): Problem {
  return new Problem("notFound", {
    en: "This invitation does not exist, was used, or has expired.",
    "zh-CN": "邀请不存在、已被使用或已过期。",
  });
}
