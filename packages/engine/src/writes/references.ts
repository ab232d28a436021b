import { type Finding, Problem } from "@formwright/model";
import { type RawBuilder, sql } from "kysely";
import { accessOf } from "../access/compile-access.ts";
import type { Context, Db } from "../context.ts";
import { invalid } from "../lists/list-query.ts";
import { compile, contextValues, run, slot } from "../records/statement.ts";
import { unknownReference } from "./database-errors.ts";
import type { ReferenceUse } from "./write-input.ts";

/** References of subform rows are checked on their own: there is no telling how many there are. */
function ofRecord(references: readonly ReferenceUse[]): readonly ReferenceUse[] {
  return references.filter((use) => use.pointer.split("/").length === 3);
}

/**
 * The checks of all references of one record as columns of one subselect, and the condition that all of them hold:
 * they are looked at inside the statement that writes, not in a round trip before it.
 */
export function referenceSql(ctx: Context, references: readonly ReferenceUse[], hasOwner: boolean) {
  const own = ofRecord(references);
  const checks: RawBuilder<unknown>[] = own.map(
    (use, index) => sql`${isThere(ctx, use.target, slot(`ref_${index}`, "uuid"))} as ${sql.id(`C${index}`)}`,
  );
  if (hasOwner) checks.push(sql`${isThere(ctx, "member", slot("owner", "uuid"))} as "CO"`);
  const names = [
    ...own.map((_use, index) => sql`checks.${sql.id(`C${index}`)}`),
    ...(hasOwner ? [sql`checks."CO"`] : []),
  ];
  return {
    checks: checks.length > 0 ? sql.join(checks) : sql`1`,
    condition: names.length > 0 ? sql.join(names, sql` and `) : sql`true`,
  };
}

export function referenceValues(references: readonly ReferenceUse[]): Record<string, string> {
  return Object.fromEntries(ofRecord(references).map((use, index) => [`ref_${index}`, use.id]));
}

function isThere(ctx: Context, target: string, id: RawBuilder<unknown>): RawBuilder<boolean> {
  const entity = ctx.model.entities.get(target);
  if (!entity) return sql<boolean>`false`;
  return sql<boolean>`exists (select 1 from ${sql.id(ctx.workspace.schema, target)} r
    where r.id = ${id} and r.deleted_at is null and ${accessOf(ctx, entity).condition("read", "r")})`;
}

/** The findings for references to nothing, to the bin, or to what the caller may not read. */
export async function findUnknownReferences(
  db: Db,
  ctx: Context,
  references: readonly ReferenceUse[],
): Promise<readonly Finding[]> {
  const there = new Map<string, ReadonlySet<string>>();
  for (const target of new Set(references.map((use) => use.target))) {
    const ids = references.flatMap((use) => (use.target === target ? use.id.toLowerCase() : []));
    there.set(target, await readableIds(db, ctx, target, [...new Set(ids)]));
  }
  return references.flatMap((use) =>
    there.get(use.target)?.has(use.id.toLowerCase()) ? [] : unknownReference(use.pointer),
  );
}

async function readableIds(db: Db, ctx: Context, target: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const entity = ctx.model.entities.get(target);
  if (!entity) return new Set();
  const statement = compile(sql`select r.id from ${sql.id(ctx.workspace.schema, target)} r
    where r.id = any(${slot("ids", "uuid[]")}) and r.deleted_at is null and ${accessOf(ctx, entity).condition("read", "r")}`);
  const rows = await run<{ id: string }>(db, statement, { ...contextValues(ctx), ids });
  return new Set(rows.map((row) => row.id));
}

/** @throws Problem `invalid` with one finding for each reference that leads nowhere */
export async function checkReferences(db: Db, ctx: Context, references: readonly ReferenceUse[]): Promise<void> {
  if (references.length === 0) return;
  const findings = await findUnknownReferences(db, ctx, references);
  if (findings.length > 0) throw invalid(findings);
}

/** The problem behind a write that its own reference checks held back. */
export async function unknownReferences(
  db: Db,
  ctx: Context,
  references: readonly ReferenceUse[],
  owner: string | null | undefined,
): Promise<Problem> {
  const all = owner ? [...references, { target: "member", id: owner, pointer: "/owner" }] : references;
  const findings = await findUnknownReferences(db, ctx, all);
  if (findings.length > 0) return invalid(findings);
  return new Problem("conflict", {
    en: "A referenced record has just changed. Try again.",
    "zh-CN": "引用的记录刚刚发生变化，请重试。",
  });
}
