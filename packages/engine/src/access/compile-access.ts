import type { Action, Entity, EntityGrant, FieldAccess, Model, Scope } from "@formwright/model";
import { type RawBuilder, sql } from "kysely";
import type { Context } from "../context.ts";
import { conditionSql, plainPath } from "../model/rule-sql.ts";
import { contextSlots } from "../records/statement.ts";

/** Which records: all of them, none, or those for which some SQL holds. */
export type Reach = "all" | "none" | "some";

/** What one set of roles may do with one entity. The same for everybody who has these roles. */
export interface EntityAccess {
  /** Whether the action is possible at all, before any record is looked at. */
  reach(action: Action): Reach;
  /** SQL that holds for the records of `alias` on which the actor may act so. */
  condition(action: Action, alias: string): RawBuilder<boolean>;
  /** The same for records that the actor is known to read, as those of a statement that asks for that already. */
  conditionOfReadable(action: Action, alias: string): RawBuilder<boolean>;
  field(key: string): FieldAccess | "open";
}

const ALWAYS = sql<boolean>`true`;
const NEVER = sql<boolean>`false`;

/** The actor's roles as a key: everybody with the same key gets the same SQL. */
export function rolesKey(ctx: Context): string {
  if (ctx.actor.kind === "system") return "*system";
  return ctx.actor.member.isAdmin ? "*admin" : [...ctx.actor.member.roles].sort().join(",");
}

const compiled = new WeakMap<Model, Map<string, EntityAccess>>();

/**
 * What the actor may do with an entity: its roles added up, scopes turned into SQL.
 * Every way to data goes through this; the platform itself and admins pass everything.
 */
export function accessOf(ctx: Context, entity: Entity): EntityAccess {
  let byKey = compiled.get(ctx.model);
  if (!byKey) {
    byKey = new Map();
    compiled.set(ctx.model, byKey);
  }
  const key = `${entity.key} ${rolesKey(ctx)}`;
  let access = byKey.get(key);
  if (!access) {
    access = isUnlimited(ctx) ? UNLIMITED : fromGrants(ctx, entity, grantsOf(ctx, entity));
    byKey.set(key, access);
  }
  return access;
}

/** True for the platform itself and for admins. */
export function isUnlimited(ctx: Context): boolean {
  return ctx.actor.kind === "system" || ctx.actor.member.isAdmin;
}

const UNLIMITED: EntityAccess = {
  reach: () => "all",
  condition: () => ALWAYS,
  conditionOfReadable: () => ALWAYS,
  field: () => "open",
};

/** Everybody who is signed in may read names of people and departments, and nothing else of them is theirs to change. */
const DIRECTORY_GRANT: EntityGrant = { actions: { read: "all" } };

function grantsOf(ctx: Context, entity: Entity): readonly EntityGrant[] {
  if (ctx.actor.kind !== "member") return [];
  if (entity.system) return [DIRECTORY_GRANT];
  return ctx.actor.member.roles.flatMap((key) => ctx.model.roles.get(key)?.entities[entity.key] ?? []);
}

/** Whether a role of the actor's gives the action at all: being asked to decide, which lets read as well, is none. */
export function isGranted(ctx: Context, entity: Entity, action: Action): boolean {
  return isUnlimited(ctx) || reachOf(grantsOf(ctx, entity), action) !== "none";
}

function fromGrants(ctx: Context, entity: Entity, grants: readonly EntityGrant[]): EntityAccess {
  const fields = openFields(grants);
  const readable = (action: Action) =>
    action === "read" || action === "create" ? [action] : [action, "read" as const];
  return {
    reach(action) {
      const reaches = readable(action).map((each) => reachOf(grants, each));
      if (reaches.includes("none") && !(action === "read" && ctx.model.approvals.size > 0)) return "none";
      return reaches.every((reach) => reach === "all") ? "all" : "some";
    },
    condition(action, alias) {
      const parts = readable(action).map((each) => actionSql(ctx, entity, grants, each, alias));
      return parts.includes(NEVER)
        ? NEVER
        : joined(
            parts.filter((part) => part !== ALWAYS),
            " and ",
            ALWAYS,
          );
    },
    conditionOfReadable: (action, alias) => actionSql(ctx, entity, grants, action, alias),
    field: (key) => fields.get(key) ?? "open",
  };
}

function scopeOf(grant: EntityGrant, action: Action): Scope {
  return grant.actions[action] ?? "none";
}

/** Actions on records that are there; the others are a plain yes or no. */
const ON_RECORDS: ReadonlySet<Action> = new Set(["read", "update", "delete", "transfer"]);

function reachOf(grants: readonly EntityGrant[], action: Action): Reach {
  const given = grants.filter((grant) => scopeOf(grant, action) !== "none");
  if (given.length === 0) return "none";
  if (!ON_RECORDS.has(action)) return "all";
  return given.some((grant) => scopeOf(grant, action) === "all" && grant.rule === undefined) ? "all" : "some";
}

function actionSql(
  ctx: Context,
  entity: Entity,
  grants: readonly EntityGrant[],
  action: Action,
  alias: string,
): RawBuilder<boolean> {
  const reach = reachOf(grants, action);
  if (reach === "all") return ALWAYS;
  const parts = grants
    .filter((grant) => scopeOf(grant, action) !== "none")
    .map((grant) => grantSql(ctx, entity, grant, action, alias));
  // Whoever was asked to decide about a record may read it, with or without a role.
  if (action === "read" && ctx.model.approvals.size > 0 && !entity.system) parts.push(taskSql(ctx, entity, alias));
  return joined(parts, " or ", NEVER);
}

function grantSql(ctx: Context, entity: Entity, grant: EntityGrant, action: Action, alias: string) {
  const scope = SCOPE_SQL[scopeOf(grant, action)](alias);
  if (grant.rule === undefined) return scope;
  const { schema } = ctx.workspace;
  const rule = conditionSql(ctx.model, grant.rule, {
    schema,
    entity,
    alias,
    toSql: (steps) => plainPath(schema, alias, steps),
  });
  return scope === ALWAYS ? rule : sql<boolean>`(${scope} and ${rule})`;
}

const SCOPE_SQL = {
  none: () => NEVER,
  all: () => ALWAYS,
  own: (alias) => sql<boolean>`${sql.ref(`${alias}.owner`)} = ${contextSlots.me()}`,
  department: (alias) =>
    sql<boolean>`(${sql.ref(`${alias}.owner_department`)} = ${contextSlots.department()} or ${sql.ref(`${alias}.owner`)} = ${contextSlots.me()})`,
  departmentTree: (alias) =>
    sql<boolean>`(${sql.ref(`${alias}.owner_department`)} = any(${contextSlots.departmentTree()}) or ${sql.ref(`${alias}.owner`)} = ${contextSlots.me()})`,
} as const satisfies Record<Scope, (alias: string) => RawBuilder<boolean>>;

function taskSql(ctx: Context, entity: Entity, alias: string): RawBuilder<boolean> {
  const table = sql.id(ctx.workspace.schema, "fw_task");
  return sql<boolean>`exists (select 1 from ${table} task where task.entity = ${sql.lit(entity.key)}
    and task.record_id = ${sql.ref(`${alias}.id`)} and task.assignee = ${contextSlots.me()})`;
}

const OPENNESS = { hidden: 0, readOnly: 1, open: 2 } as const satisfies Record<FieldAccess | "open", number>;

/** The most open access that any grant gives to each field; a grant that does not let read does not count. */
function openFields(grants: readonly EntityGrant[]): ReadonlyMap<string, FieldAccess | "open"> {
  const reading = grants.filter((grant) => scopeOf(grant, "read") !== "none" || scopeOf(grant, "create") !== "none");
  const counted = reading.length > 0 ? reading : grants;
  const keys = new Set(counted.flatMap((grant) => Object.keys(grant.fields ?? {})));
  const result = new Map<string, FieldAccess | "open">();
  for (const key of keys) {
    const levels = counted.map((grant) => grant.fields?.[key] ?? "open");
    result.set(
      key,
      levels.reduce((best, level) => (OPENNESS[level] > OPENNESS[best] ? level : best)),
    );
  }
  return result;
}

function joined(parts: readonly RawBuilder<boolean>[], word: " and " | " or ", none: RawBuilder<boolean>) {
  const [first] = parts;
  if (!first) return none;
  return parts.length === 1 ? first : sql<boolean>`(${sql.join(parts, sql.raw(word))})`;
}
