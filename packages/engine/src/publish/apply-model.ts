import type { Field, Model } from "@formwright/model";
import { sql } from "kysely";
import type { Tx, Workspace } from "../context.ts";
import { readTables } from "../tables/read-tables.ts";
import { createIndexesOf } from "../tables/reconcile-indexes.ts";
import { tableChanges } from "../tables/table-changes.ts";
import { tablesOf } from "../tables/table-spec.ts";
import { canChangeKind, conversionOf } from "./kind-changes.ts";

/** How long publishing waits for those who are working in a table before it gives up. */
const LOCK_TIMEOUT = "10s";

/**
 * Changes the tables from what they are to what a model wants. Columns that change their type are converted as the plan
 * allowed; all else is done by table-changes.
 */
export async function applyModel(tx: Tx, workspace: Workspace, live: Model | null, next: Model): Promise<void> {
  await sql`select set_config('lock_timeout', ${LOCK_TIMEOUT}, true)`.execute(tx);
  const actual = await readTables(tx, workspace.schema);
  const wanted = tablesOf(next, workspace.timeZone);
  const using = (table: string, column: string) => {
    const from = findField(live, table, column);
    const to = findField(next, table, column);
    return from && to && canChangeKind(from, to) ? conversionOf(from, to, column) : null;
  };
  for (const statement of tableChanges(workspace.schema, next.release, wanted, actual, using))
    await statement.execute(tx);
  await createIndexesOf(tx, workspace, next, (table) => !actual.has(table));
}

function findField(model: Model | null, table: string, key: string): Field | undefined {
  const [entity = "", subform] = table.split("__");
  const fields = model?.entities.get(entity)?.fields;
  if (subform === undefined) return fields?.find((field) => field.key === key);
  return fields?.find((field) => field.key === subform)?.fields?.find((field) => field.key === key);
}
