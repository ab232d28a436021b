import { sql } from "kysely";
import type { Db } from "../context.ts";

/** One sign-in on one device: a family of refresh tokens, of which the newest alone is good. */
export interface Session {
  readonly id: string;
  readonly account: string;
  readonly userAgent: string | null;
  readonly address: string | null;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
}

export interface NewSession {
  readonly id: string;
  readonly account: string;
  readonly userAgent: string | null;
  readonly address: string | null;
  /** ISO 8601. */
  readonly expiresAt: string;
  /** Hash of the first refresh token; the token itself is never stored. */
  readonly tokenHash: string;
}

export async function openSession(db: Db, input: NewSession): Promise<void> {
  await sql`
    with s as (
      insert into platform.session (id, account, user_agent, address, expires_at)
      values (${input.id}, ${input.account}, ${input.userAgent}, ${input.address}, ${input.expiresAt}) returning id)
    insert into platform.refresh_token (hash, session, expires_at)
    select ${input.tokenHash}, ${input.id}, ${input.expiresAt}::timestamptz from s`.execute(db);
}

export type Rotation =
  | { readonly outcome: "rotated"; readonly session: string; readonly account: string }
  /** The token was used before: somebody has a copy, so the whole family is ended. */
  | { readonly outcome: "reused"; readonly session: string }
  | { readonly outcome: "unknown" };

/** How long a token that was just replaced is still taken as a race of two tabs rather than as theft, in seconds. */
const GRACE_SECONDS = 10;

/**
 * Exchanges a refresh token for its successor. A token that was replaced more than a few seconds ago ends the session.
 */
export async function rotateRefreshToken(
  db: Db,
  oldHash: string,
  newHash: string,
  expiresAt: string,
): Promise<Rotation> {
  const found = await sql<{ session: string; account: string; usedAgo: number | null; isGood: boolean }>`
    select t.session, s.account, extract(epoch from now() - t.used_at)::float8 as "usedAgo",
      s.revoked_at is null and t.expires_at > now() and a.state = 'active' as "isGood"
    from platform.refresh_token t join platform.session s on s.id = t.session join platform.account a on a.id = s.account
    where t.hash = ${oldHash} for update of t`.execute(db);
  const token = found.rows[0];
  if (!token?.isGood) return { outcome: "unknown" };
  if (token.usedAgo !== null && token.usedAgo > GRACE_SECONDS) {
    await endSession(db, token.session, "reuse");
    return { outcome: "reused", session: token.session };
  }
  await sql`
    with used as (update platform.refresh_token set used_at = coalesce(used_at, now()), replaced_by = ${newHash} where hash = ${oldHash}),
      touched as (update platform.session set last_used_at = now(), expires_at = ${expiresAt}::timestamptz where id = ${token.session})
    insert into platform.refresh_token (hash, session, expires_at)
    values (${newHash}, ${token.session}, ${expiresAt}::timestamptz)`.execute(db);
  return { outcome: "rotated", session: token.session, account: token.account };
}

export async function endSession(db: Db, session: string, reason: string): Promise<void> {
  await sql`update platform.session set revoked_at = now(), revoked_reason = ${reason}
    where id = ${session} and revoked_at is null`.execute(db);
}

export async function sessionOfToken(db: Db, hash: string): Promise<string | null> {
  const found = await sql<{ session: string }>`
    select session from platform.refresh_token where hash = ${hash}`.execute(db);
  return found.rows[0]?.session ?? null;
}

export async function listSessions(db: Db, account: string): Promise<readonly Session[]> {
  const found = await sql<Session>`
    select id, account, user_agent as "userAgent", address, created_at as "createdAt",
      last_used_at as "lastUsedAt", expires_at as "expiresAt"
    from platform.session where account = ${account} and revoked_at is null and expires_at > now()
    order by last_used_at desc`.execute(db);
  return found.rows;
}

export async function recordLoginAttempt(db: Db, key: string, succeeded: boolean): Promise<void> {
  await sql`insert into platform.login_attempt (key, succeeded) values (${key}, ${succeeded})`.execute(db);
}

/** Failures since the last success, within the window. */
export async function recentLoginFailures(db: Db, key: string, windowSeconds: number): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*) as n from platform.login_attempt a
    where a.key = ${key} and not a.succeeded and a.at > now() - make_interval(secs => ${windowSeconds})
      and not exists (select 1 from platform.login_attempt b where b.key = a.key and b.succeeded and b.at > a.at)`.execute(
    db,
  );
  return Number(found.rows[0]?.n ?? 0);
}
