import type { Locale } from "@formwright/model";
import { type Expression, type RawBuilder, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Actor, Context, Db, Door, Member, Workspace } from "../context.ts";
import { loadModel } from "../model/load-model.ts";
import { rememberedMember, rememberMember } from "./member-cache.ts";

interface MemberRow {
  id: string;
  name: string;
  email: string | null;
  roles: string[] | null;
  department: string | null;
  tree: string[];
  manager: string | null;
  locale: Locale | null;
  timeZone: string | null;
}

/**
 * An active member with what access needs to know of them: roles, department and the departments below it.
 * Null when there is no such member, or they left.
 */
export async function loadMember(db: Db, workspace: Workspace, memberId: string): Promise<Member | null> {
  const model = await loadModel(db, workspace);
  const known = rememberedMember(workspace.id, model.release, memberId);
  if (known) return known;
  const row = await readMember(db, workspace, memberId);
  if (!row) return null;
  const roles = row.roles ?? [];
  const member: Member = {
    id: row.id,
    name: row.name,
    email: row.email,
    roles,
    isAdmin: roles.some((key) => model.roles.get(key)?.admin === true),
    department: row.department,
    departmentTree: row.tree ?? [],
    manager: row.manager,
    locale: row.locale ?? workspace.locale,
    timeZone: row.timeZone ?? workspace.timeZone,
  };
  rememberMember(workspace.id, model.release, member);
  return member;
}

async function readMember(db: Db, workspace: Workspace, memberId: string): Promise<MemberRow | null> {
  const member = sql.id(workspace.schema, "member");
  const found = await sql<MemberRow>`
    select m.id, m.name, m.email, m.roles, m.department, m.manager, m.locale, m.time_zone as "timeZone",
      ${departmentTreeSql(workspace.schema, sql.ref("m.department"))} as tree
    from ${member} m where m.id = ${memberId} and m.deleted_at is null and coalesce(m.state, 'active') = 'active'`.execute(
    db,
  );
  return found.rows[0] ?? null;
}

/** SQL of a department and all below it, as an array of ids; none for nobody's department. */
export function departmentTreeSql(schema: string, of: Expression<unknown>): RawBuilder<string[]> {
  const department = sql.id(schema, "department");
  return sql<string[]>`case when ${of} is null then '{}'::uuid[] else (
    with recursive below as (
      select d.id from ${department} d where d.id = ${of}
      union select c.id from ${department} c join below b on c.parent = b.id where c.deleted_at is null)
    select array_agg(id) from below) end`;
}

/** What a call brings with it beside who makes it. */
export interface CallOptions {
  readonly door?: Door;
  readonly requestId?: string;
  /** ISO 8601 UTC; the caller's clock. */
  readonly now: string;
  readonly locale?: Locale;
}

/** Everything that a command needs, for a member; null when they are no active member of the workspace. */
export async function memberContext(
  db: Db,
  workspace: Workspace,
  memberId: string,
  options: CallOptions,
): Promise<Context | null> {
  const member = await loadMember(db, workspace, memberId);
  if (!member) return null;
  return callContext(db, workspace, { kind: "member", member }, options);
}

/** The same for the platform itself: automations, templates, the clock. */
export async function systemContext(
  db: Db,
  workspace: Workspace,
  name: string,
  options: CallOptions,
): Promise<Context> {
  return callContext(db, workspace, { kind: "system", name }, { door: "system", ...options });
}

async function callContext(db: Db, workspace: Workspace, actor: Actor, options: CallOptions): Promise<Context> {
  const person = actor.kind === "member" ? actor.member : workspace;
  return {
    workspace,
    model: await loadModel(db, workspace),
    actor,
    door: options.door ?? "api",
    requestId: options.requestId ?? uuidv7(),
    locale: options.locale ?? person.locale,
    timeZone: person.timeZone,
    now: options.now,
    newId: uuidv7,
  };
}
