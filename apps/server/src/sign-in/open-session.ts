import { type Account, type Db, membershipsOf, openSession } from "@formwright/engine";
import type { FastifyReply, FastifyRequest } from "fastify";
import { v7 as uuidv7 } from "uuid";
import type { App } from "../app.ts";
import { ACCESS_LIFETIME } from "./access-tokens.ts";
import { refreshExpiry, setRefreshCookie } from "./refresh-cookie.ts";
import { hashSecret, newSecret } from "./secrets.ts";

/** What signing in answers. */
export interface SignInAnswer {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly account: PublicAccount;
  readonly workspaces: readonly { id: string; slug: string; name: string }[];
}

export interface PublicAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  readonly timeZone: string;
}

/** Opens a session on this device and answers with its tokens. */
export async function signIn(
  app: App,
  db: Db,
  account: Account,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignInAnswer> {
  const session = uuidv7();
  const token = newSecret();
  await openSession(db, {
    id: session,
    account: account.id,
    userAgent: request.headers["user-agent"]?.slice(0, 300) ?? null,
    address: request.ip,
    expiresAt: refreshExpiry(app.now()),
    tokenHash: hashSecret(token),
  });
  setRefreshCookie(reply, token, app.isSecure);
  return answerSignIn(app, db, account, session);
}

export async function answerSignIn(app: App, db: Db, account: Account, session: string): Promise<SignInAnswer> {
  const memberships = await membershipsOf(db, account.id);
  return {
    accessToken: app.tokens.issue({ account: account.id, session }),
    expiresIn: ACCESS_LIFETIME,
    account: publicAccount(account),
    workspaces: memberships.map(({ workspace }) => ({
      id: workspace.id,
      slug: workspace.slug,
      name: workspace.name,
    })),
  };
}

export function publicAccount({ id, email, name, locale, timeZone }: Account): PublicAccount {
  return { id, email, name, locale, timeZone };
}
