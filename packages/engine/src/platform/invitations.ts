import { sql } from "kysely";
import type { Db } from "../context.ts";

export interface Invitation {
  readonly id: string;
  readonly workspace: string;
  readonly slug: string;
  readonly workspaceName: string;
  readonly memberId: string;
  readonly email: string | null;
  readonly expiresAt: string;
}

export interface NewInvitation {
  readonly id: string;
  readonly tokenHash: string;
  readonly workspace: string;
  readonly memberId: string;
  readonly email: string | null;
  readonly createdBy: string | null;
  readonly expiresAt: string;
}

/** A new link for a member; links made before for the same member stop working. */
export async function createInvitation(db: Db, input: NewInvitation): Promise<void> {
  await sql`delete from platform.invitation
    where workspace = ${input.workspace} and member_id = ${input.memberId} and accepted_at is null`.execute(db);
  await sql`
    insert into platform.invitation (id, token_hash, workspace, member_id, email, created_by, expires_at)
    values (${input.id}, ${input.tokenHash}, ${input.workspace}, ${input.memberId}, ${input.email}, ${input.createdBy},
      ${input.expiresAt})`.execute(db);
}

/** Null when unknown, used or expired. */
export async function findInvitation(db: Db, tokenHash: string): Promise<Invitation | null> {
  const found = await sql<Invitation>`
    select i.id, i.workspace, w.slug, w.name as "workspaceName", i.member_id as "memberId", i.email,
      i.expires_at as "expiresAt"
    from platform.invitation i join platform.workspace w on w.id = i.workspace
    where i.token_hash = ${tokenHash} and i.accepted_at is null and i.expires_at > now() and w.state = 'active'`.execute(
    db,
  );
  return found.rows[0] ?? null;
}

/** False when somebody accepted it first. */
export async function acceptInvitation(db: Db, id: string): Promise<boolean> {
  const done = await sql`update platform.invitation set accepted_at = now()
    where id = ${id} and accepted_at is null returning id`.execute(db);
  return done.rows.length > 0;
}
