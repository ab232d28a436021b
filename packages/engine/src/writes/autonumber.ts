import { formatNumber, numberPeriod } from "@formwright/fields/model";
import type { Entity, Field } from "@formwright/model";
import { type RawBuilder, sql } from "kysely";
import { DateTime } from "luxon";
import type { Context, Tx } from "../context.ts";
import { type SlotValues, slot } from "../records/statement.ts";

export function autonumbers(entity: Entity): readonly Field[] {
  return entity.fields.filter((field) => field.kind === "autonumber");
}

/** The name of the part of a statement that counts for a field. */
export function counterName(field: Field): string {
  return `counter_${field.key}`;
}

/**
 * The next number of a counter. Its row stays locked until the transaction ends, so a number that was not used after all
 * is given to the next record: no gaps and no doubles, at the price of one record of this entity after the other
 * (docs/decisions/0001).
 *
 * @param condition holds when the record is going to be written at all
 */
export function counterSql(schema: string, entity: Entity, field: Field, condition: RawBuilder<unknown>) {
  const table = sql.id(schema, "fw_counter");
  return sql`${sql.id(counterName(field))} as (
    insert into ${table} as c (entity, field, period, value)
    select ${sql.lit(entity.key)}, ${sql.lit(field.key)}, ${slot(`period_${field.key}`, "text")}, 1
    from checks where ${condition}
    on conflict (entity, field, period) do update set value = c.value + 1 returning value)`;
}

/** The number as text, made inside the statement from what {@link counterSql} gives. */
export function numberSql(field: Field): RawBuilder<unknown> {
  const digits = sql.lit(COUNTER.exec(String(field.options.pattern))?.[1]?.length ?? 1);
  const value = sql`${sql.id(counterName(field))}.value::text`;
  const padded = sql`lpad(${value}, greatest(${digits}, length(${value})), '0')`;
  return sql`${slot(`head_${field.key}`, "text")} || ${padded} || ${slot(`tail_${field.key}`, "text")}`;
}

const COUNTER = /\{(0+)\}/;

/** What stands before and after the digits, and the period that they count in. */
export function numberValues(ctx: Context, field: Field): SlotValues {
  const pattern = String(field.options.pattern);
  const day = today(ctx);
  const [head = "", , tail = ""] = pattern.split(COUNTER);
  return {
    [`period_${field.key}`]: numberPeriod(pattern, day),
    [`head_${field.key}`]: formatNumber(head, day, 0),
    [`tail_${field.key}`]: formatNumber(tail, day, 0),
  };
}

/** The next `count` numbers at once, for records that are written together. */
export async function reserveNumbers(
  tx: Tx,
  ctx: Context,
  entity: Entity,
  field: Field,
  count: number,
): Promise<readonly string[]> {
  const pattern = String(field.options.pattern);
  const day = today(ctx);
  const reserved = await sql<{ value: number }>`
    insert into ${sql.id(ctx.workspace.schema, "fw_counter")} as c (entity, field, period, value)
    values (${entity.key}, ${field.key}, ${numberPeriod(pattern, day)}, ${count})
    on conflict (entity, field, period) do update set value = c.value + excluded.value returning value`.execute(tx);
  const last = Number(reserved.rows[0]?.value ?? count);
  return Array.from({ length: count }, (_none, index) => formatNumber(pattern, day, last - count + 1 + index));
}

function today(ctx: Context): string {
  return DateTime.fromISO(ctx.now, { zone: ctx.workspace.timeZone }).toISODate() ?? ctx.now.slice(0, 10);
}
