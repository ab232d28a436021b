import { type Entity, type Field, type Model, rowScope, ruleScope } from "@formwright/model";
import type { Rule, RuleScope } from "@formwright/rules";
import { ruleToCondition, ruleToSql, type SqlEnvironment, type SqlRows, type SqlScope } from "@formwright/rules/sql";
import { type Expression, type RawBuilder, sql } from "kysely";
import { contextSlots } from "../records/statement.ts";
import { shortName } from "../tables/short-name.ts";
import { subformTable } from "../tables/table-spec.ts";
import { type PathStep, propertiesOf, walkPath } from "./paths.ts";

/** Gives the SQL of one property reached by a path, e.g. `t."amount"` or a subselect through a reference. */
export type PathToSql = (steps: readonly PathStep[]) => Expression<unknown>;

/** Says whether the caller may know of a property at all. Hidden ones do not exist for them. */
export type IsVisible = (step: PathStep) => boolean;

const scopes = new WeakMap<Model, Map<string, RuleScope>>();

/** The variables that a rule on an entity may name; kept, because rules are prepared once for each scope. */
export function scopeOf(model: Model, entity: Entity): RuleScope {
  let byEntity = scopes.get(model);
  if (!byEntity) {
    byEntity = new Map();
    scopes.set(model, byEntity);
  }
  let scope = byEntity.get(entity.key);
  if (!scope) {
    scope = ruleScope(model, entity.key);
    byEntity.set(entity.key, scope);
  }
  return scope;
}

/** The same for somebody from whom some fields are hidden. */
export function visibleScope(model: Model, entity: Entity, isVisible: IsVisible): RuleScope {
  const whole = scopeOf(model, entity);
  const isOpen = (path: string) => walkPath(model, entity, path)?.every(isVisible) ?? false;
  return { resolve: (path) => (isOpen(path) ? whole.resolve(path) : null) };
}

/** A table that a rule reads, and how its paths lie in it. */
export interface RuleTable {
  readonly schema: string;
  readonly entity: Entity;
  readonly alias: string;
  readonly toSql: PathToSql;
}

/**
 * A checked rule as a condition for WHERE. The asking member, now and the time zone are named parameters, so the SQL
 * can be kept for everyone.
 */
export function conditionSql(model: Model, rule: Rule, table: RuleTable): RawBuilder<boolean> {
  return sql<boolean>`${ruleToCondition(rule, sqlScope(model, table), environment())}`;
}

/** A checked rule as a value. */
export function valueSql(model: Model, rule: Rule, table: RuleTable): RawBuilder<unknown> {
  return sql`${ruleToSql(rule, sqlScope(model, table), environment())}`;
}

function sqlScope(model: Model, table: RuleTable): SqlScope {
  return {
    ...scopeOf(model, table.entity),
    column: (path) => table.toSql(stepsOf(model, table.entity, path)),
    rows: (path) => rowsOf(model, table, path),
  };
}

function rowsOf(model: Model, table: RuleTable, path: string): SqlRows {
  const field = propertiesOf(table.entity).get(path)?.field;
  if (field?.kind !== "subform") throw new Error(`${path} has no rows`);
  const alias = `${field.key}_rows`.slice(0, 60);
  const row = rowEntity(table.entity, field);
  return {
    scope: {
      ...rowScope(model, field),
      column: (inner) => plainPath(table.schema, alias, stepsOf(model, row, inner)),
    },
    subquery: (selection) => sql`(select ${selection} from ${sql.id(table.schema, row.key)} ${sql.id(alias)}
      where ${sql.ref(`${alias}.parent_id`)} = ${sql.ref(`${table.alias}.id`)})`,
  };
}

/** A subform's rows seen as an entity, so that paths inside a row are walked like any other. */
function rowEntity(entity: Entity, field: Field): Entity {
  return { ...entity, key: subformTable(entity.key, field.key), fields: field.fields ?? [] };
}

function stepsOf(model: Model, entity: Entity, path: string): readonly PathStep[] {
  const steps = walkPath(model, entity, path);
  if (!steps) throw new Error(`rule names ${path}, which ${entity.key} does not have`);
  return steps;
}

function environment(): SqlEnvironment {
  return {
    now: contextSlots.now(),
    today: sql<string>`(${contextSlots.now()} at time zone ${contextSlots.timeZone()})::date`,
    me: contextSlots.me(),
    myDepartment: contextSlots.department(),
    timeZone: contextSlots.timeZone(),
  };
}

/** A path as plain subselects: for conditions that stand on their own, without looking at who asks. */
export function plainPath(schema: string, alias: string, steps: readonly PathStep[]): Expression<unknown> {
  const [first, ...rest] = steps;
  const column = first?.property.column;
  if (!first || !column) throw new Error("a path without a column");
  const here = sql`${sql.ref(`${alias}.${column}`)}`;
  const target = first.property.target;
  if (rest.length === 0 || !target) return here;
  const inner = shortName(alias, first.property.key);
  return sql`(select ${plainPath(schema, inner, rest)} from ${sql.id(schema, target)} ${sql.id(inner)} where ${sql.ref(`${inner}.id`)} = ${here})`;
}
