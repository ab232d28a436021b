import type { Locale } from "@formwright/model";
import { sql } from "kysely";
import type { Db, Workspace } from "../context.ts";

const COLUMNS = sql.raw(`w.id, w.slug, w.schema, w.name, w.locale, w.time_zone as "timeZone"`);

export async function findWorkspace(db: Db, slug: string): Promise<Workspace | null> {
  const found = await sql<Workspace>`
    select ${COLUMNS} from platform.workspace w where w.slug = ${slug} and w.state = 'active'`.execute(db);
  return found.rows[0] ?? null;
}

/** Every open workspace: for workers and the clock, which belong to nobody. */
export async function listWorkspaces(db: Db): Promise<readonly Workspace[]> {
  const found = await sql<Workspace>`
    select ${COLUMNS} from platform.workspace w where w.state = 'active' order by w.created_at`.execute(db);
  return found.rows;
}

/** A workspace as one of its members sees it in the list of those they may enter. */
export interface Membership {
  readonly workspace: Workspace;
  readonly memberId: string;
}

interface MembershipRow {
  id: string;
  slug: string;
  schema: string;
  name: string;
  locale: Locale;
  timeZone: string;
  memberId: string;
}

function toMembership({ memberId, ...workspace }: MembershipRow): Membership {
  return { workspace, memberId };
}

export async function membershipsOf(db: Db, account: string): Promise<readonly Membership[]> {
  const found = await sql<MembershipRow>`
    select ${COLUMNS}, m.member_id as "memberId"
    from platform.membership m join platform.workspace w on w.id = m.workspace
    where m.account = ${account} and m.state = 'active' and w.state = 'active' order by w.name, w.id`.execute(db);
  return found.rows.map(toMembership);
}

/** The one way from an account to a workspace: null when they are no member, whether or not it exists. */
export async function membershipIn(db: Db, account: string, slug: string): Promise<Membership | null> {
  const found = await sql<MembershipRow>`
    select ${COLUMNS}, m.member_id as "memberId"
    from platform.membership m join platform.workspace w on w.id = m.workspace
    where m.account = ${account} and w.slug = ${slug} and m.state = 'active' and w.state = 'active'`.execute(db);
  return found.rows[0] ? toMembership(found.rows[0]) : null;
}

export async function addMembership(db: Db, account: string, workspace: string, memberId: string): Promise<void> {
  await sql`
    insert into platform.membership (account, workspace, member_id) values (${account}, ${workspace}, ${memberId})
    on conflict (account, workspace) do update set member_id = excluded.member_id, state = 'active'`.execute(db);
}

/** The account that signs in as a member; null when none was linked yet. */
export async function accountOfMember(db: Db, workspace: string, memberId: string): Promise<string | null> {
  const found = await sql<{ account: string }>`
    select account from platform.membership where workspace = ${workspace} and member_id = ${memberId}`.execute(db);
  return found.rows[0]?.account ?? null;
}
