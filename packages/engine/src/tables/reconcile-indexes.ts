import type { Model } from "@formwright/model";
import { sql } from "kysely";
import type { Db, Tx, Workspace } from "../context.ts";
import { deriveIndexes, INDEX_PREFIX, type IndexSpec } from "./derive-indexes.ts";
import { type ActualTable, readTables } from "./read-tables.ts";

export interface IndexReport {
  readonly created: readonly string[];
  /** Those that nothing published asks for any more: dropped only on purpose. */
  readonly unused: readonly string[];
  readonly dropped: readonly string[];
  /** What could not be made, with PostgreSQL's reason. */
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Makes the indexes that a model calls for and that are missing. Outside a transaction they are built beside the running
 * work (CONCURRENTLY); an attempt that broke off earlier is cleared away and made anew.
 */
export async function reconcileIndexes(
  db: Db | Tx,
  workspace: Workspace,
  model: Model,
  options: { readonly dropUnused?: boolean } = {},
): Promise<IndexReport> {
  const actual = await readTables(db, workspace.schema);
  const wanted = deriveIndexes(model, workspace.schema);
  const names = new Set(wanted.map((spec) => spec.name));
  const created: string[] = [];
  const failed: { name: string; reason: string }[] = [];
  for (const spec of wanted) {
    const there = actual.get(spec.table)?.indexes.get(spec.name);
    if (there?.isValid || !actual.has(spec.table)) continue;
    try {
      if (there) await sql`drop index if exists ${sql.id(workspace.schema, spec.name)}`.execute(db);
      await createIndex(db, workspace.schema, spec);
      created.push(spec.name);
    } catch (error) {
      if (db.isTransaction) throw error;
      failed.push({ name: spec.name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  const unused = unusedIndexes(actual, names);
  const dropped = options.dropUnused ? unused : [];
  for (const name of dropped) await sql`drop index if exists ${sql.id(workspace.schema, name)}`.execute(db);
  return { created, unused: options.dropUnused ? [] : unused, dropped, failed };
}

/** The indexes of tables that are being made: nobody waits for them, and they are there with the first record. */
export async function createIndexesOf(
  tx: Tx,
  workspace: Workspace,
  model: Model,
  isNew: (table: string) => boolean,
): Promise<void> {
  for (const spec of deriveIndexes(model, workspace.schema))
    if (isNew(spec.table)) await createIndex(tx, workspace.schema, spec);
}

async function createIndex(db: Db | Tx, schema: string, spec: IndexSpec): Promise<void> {
  const how = sql.raw(db.isTransaction ? "" : "concurrently");
  await sql`create index ${how} if not exists ${sql.id(spec.name)} on ${sql.id(schema, spec.table)} ${sql.raw(spec.definition)}`.execute(
    db,
  );
}

function unusedIndexes(actual: ReadonlyMap<string, ActualTable>, wanted: ReadonlySet<string>): readonly string[] {
  return [...actual.values()].flatMap((table) =>
    [...table.indexes.values()].flatMap(({ name, isUnique }) =>
      !isUnique && name.startsWith(`${INDEX_PREFIX}_`) && !wanted.has(name) ? [name] : [],
    ),
  );
}
