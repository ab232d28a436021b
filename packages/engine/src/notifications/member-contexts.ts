import type { Locale } from "@formwright/model";
import { sql } from "kysely";
import { departmentTreeSql } from "../access/member-context.ts";
import type { Context, Db } from "../context.ts";

interface Row {
  id: string;
  name: string;
  email: string | null;
  roles: string[] | null;
  department: string | null;
  tree: string[] | null;
  locale: Locale | null;
}

/** Somebody who is told something: how to reach them, and what they may see. */
export interface Recipient {
  readonly id: string;
  readonly email: string | null;
  readonly locale: Locale;
  /** The same call made by them: what they may see is asked in it. */
  readonly reader: Context;
}

/** The active ones among these members. */
export async function loadRecipients(db: Db, ctx: Context, ids: readonly string[]): Promise<readonly Recipient[]> {
  if (ids.length === 0) return [];
  const found = await sql<Row>`
    select m.id, m.name, m.email, m.roles, m.department, m.locale,
      ${departmentTreeSql(ctx.workspace.schema, sql.ref("m.department"))} as tree
    from ${sql.id(ctx.workspace.schema, "member")} m
    where m.id = any(${[...ids]}::uuid[]) and m.deleted_at is null and m.state is distinct from 'inactive'`.execute(db);
  return found.rows.map((row) => {
    const roles = row.roles ?? [];
    const locale = row.locale ?? ctx.workspace.locale;
    const member = {
      id: row.id,
      name: row.name,
      email: row.email,
      roles,
      isAdmin: roles.some((role) => ctx.model.roles.get(role)?.admin),
      department: row.department,
      departmentTree: row.tree ?? [],
      manager: null,
      locale,
      timeZone: ctx.workspace.timeZone,
    };
    return { id: row.id, email: row.email, locale, reader: { ...ctx, actor: { kind: "member", member } } };
  });
}
