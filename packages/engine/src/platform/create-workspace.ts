import { FIELD_KINDS } from "@formwright/fields/model";
import {
  isClean,
  type Locale,
  Problem,
  type PublishedDefinition,
  parseDefinition,
  type Role,
  SYSTEM_ENTITIES,
} from "@formwright/model";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Tx, Workspace } from "../context.ts";
import { writeRelease } from "../publish/write-release.ts";
import { migrateWorkspace } from "./run-migrations.ts";
import { addMembership } from "./workspaces.ts";

export interface NewWorkspace {
  readonly slug: string;
  readonly name: string;
  readonly locale: Locale;
  readonly timeZone: string;
  /** The account of its first member, who becomes its admin; null for a workspace that nobody signs in to (tests). */
  readonly account: string | null;
  readonly member: { readonly name: string; readonly email: string | null };
  /** ISO 8601 UTC. */
  readonly now: string;
}

export interface CreatedWorkspace {
  readonly workspace: Workspace;
  readonly memberId: string;
}

const SLUG = /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/;

/** The role that may do everything; every workspace has it from the start. */
export const ADMIN_ROLE: Role = {
  kind: "role",
  key: "admin",
  label: { en: "Admin", "zh-CN": "管理员" },
  admin: true,
  entities: {},
};

/**
 * Makes a workspace: its schema, runtime tables, release 1 with members, departments and the admin role, and its first
 * member.
 *
 * @throws Problem `invalid` for a slug that cannot name a schema, `conflict` when it is taken
 */
export async function createWorkspace(tx: Tx, input: NewWorkspace): Promise<CreatedWorkspace> {
  const workspace = await register(tx, input);
  await sql`create schema ${sql.id(workspace.schema)}`.execute(tx);
  await migrateWorkspace(tx, workspace.schema);
  const actor = { kind: "system", name: "Formwright" } as const;
  const definitions = [...SYSTEM_ENTITIES, ADMIN_ROLE].map(completed);
  await writeRelease(tx, { workspace, actor, now: input.now }, null, definitions, {
    number: 1,
    message: input.locale === "zh-CN" ? "创建工作区" : "Workspace created",
    source: "create",
    changes: [],
  });
  const memberId = uuidv7();
  await sql`insert into ${sql.id(workspace.schema, "member")}
    (id, owner, created_at, updated_at, name, email, roles, state, locale, time_zone)
    values (${memberId}, ${memberId}, ${input.now}, ${input.now}, ${input.member.name}, ${input.member.email},
      ${[ADMIN_ROLE.key]}, 'active', ${input.locale}, ${input.timeZone})`.execute(tx);
  if (input.account) await addMembership(tx, input.account, workspace.id, memberId);
  return { workspace, memberId };
}

async function register(tx: Tx, input: NewWorkspace): Promise<Workspace> {
  if (!SLUG.test(input.slug))
    throw new Problem("invalid", {
      en: "An address has 3 to 40 small letters, digits and dashes, and begins with a letter.",
      "zh-CN": "地址须为 3 到 40 个小写字母、数字或连字符，并以字母开头。",
    });
  const schema = `w_${input.slug.replaceAll("-", "_")}`;
  const workspace = {
    id: uuidv7(),
    slug: input.slug,
    schema,
    name: input.name,
    locale: input.locale,
    timeZone: input.timeZone,
  };
  const made = await sql`
    insert into platform.workspace (id, slug, schema, name, locale, time_zone, created_at)
    values (${workspace.id}, ${workspace.slug}, ${schema}, ${workspace.name}, ${workspace.locale}, ${workspace.timeZone},
      ${input.now})
    on conflict do nothing returning id`.execute(tx);
  if (made.rows.length === 0)
    throw new Problem("conflict", { en: "This address is taken.", "zh-CN": "该地址已被使用。" });
  return workspace;
}

function completed(definition: PublishedDefinition): PublishedDefinition {
  const parsed = parseDefinition(definition.kind, definition, FIELD_KINDS);
  if (!parsed.ok || !isClean(parsed.findings))
    throw new Error(`built-in ${definition.kind} ${definition.key} does not parse`);
  return parsed.value as PublishedDefinition;
}
