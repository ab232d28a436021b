import type { Entity } from "@formwright/model";
import { type Expression, type RawBuilder, sql } from "kysely";
import { accessOf } from "../access/compile-access.ts";
import type { Context } from "../context.ts";
import type { PathStep } from "../model/paths.ts";
import type { IsVisible } from "../model/rule-sql.ts";

/**
 * Collects the joins that a query needs to reach through references. A record that the caller may not read counts as
 * absent, so neither its values nor their order can be found out by filtering or sorting.
 */
export class PathJoins {
  readonly #ctx: Context;
  readonly #root: string;
  readonly #aliases = new Map<string, string>();
  readonly #joins: RawBuilder<unknown>[] = [];

  constructor(ctx: Context, root: string) {
    this.#ctx = ctx;
    this.#root = root;
  }

  /** The SQL of a path's end. */
  readonly column = (steps: readonly PathStep[]): Expression<unknown> => {
    const last = steps.at(-1);
    if (!last?.property.column) throw new Error("a path without a column");
    return sql.ref(`${this.#aliasOf(steps.slice(0, -1))}.${last.property.column}`);
  };

  /** All joins so far, to be put after the root table. */
  get sql(): RawBuilder<unknown> {
    return this.#joins.length === 0 ? sql`` : sql.join(this.#joins, sql` `);
  }

  #aliasOf(prefix: readonly PathStep[]): string {
    if (prefix.length === 0) return this.#root;
    const path = prefix.map((step) => step.property.key).join(".");
    const known = this.#aliases.get(path);
    if (known) return known;
    // Joins that this one starts from come first, and take their aliases first.
    const from = this.column(prefix);
    const alias = `r${this.#aliases.size + 1}`;
    const target = this.#target(prefix);
    this.#aliases.set(path, alias);
    const readable = accessOf(this.#ctx, target).condition("read", alias);
    this.#joins.push(
      sql`left join ${sql.id(this.#ctx.workspace.schema, target.key)} ${sql.id(alias)}
        on ${sql.ref(`${alias}.id`)} = ${from} and ${readable}`,
    );
    return alias;
  }

  #target(prefix: readonly PathStep[]): Entity {
    const key = prefix.at(-1)?.property.target;
    const target = key ? this.#ctx.model.entities.get(key) : undefined;
    if (!target) throw new Error("a path through something that is not a reference");
    return target;
  }
}

/** A step is visible when no role of the caller hides its field. */
export function visibleTo(ctx: Context): IsVisible {
  return ({ entity, property }) => accessOf(ctx, entity).field(property.field?.key ?? property.key) !== "hidden";
}
