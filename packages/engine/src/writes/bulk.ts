import { findingsAt, PROBLEM_STATUS, Problem } from "@formwright/model";
import { sql } from "kysely";
import type { Context, Db, Tx } from "../context.ts";
import { entityOf } from "../records/read-record.ts";
import { createMany } from "./create-many.ts";
import { createRecord } from "./create-record.ts";
import { deleteRecord } from "./delete-record.ts";
import { inTransaction } from "./transaction.ts";
import { updateRecord } from "./update-record.ts";
import type { RecordInput, WriteOptions } from "./write-input.ts";

export interface BulkUpdate extends RecordInput {
  readonly id: string;
  readonly version?: number;
}

export interface BulkInput {
  readonly create?: readonly RecordInput[];
  readonly update?: readonly BulkUpdate[];
  readonly delete?: readonly (string | { readonly id: string; readonly version?: number })[];
}

export interface BulkOptions {
  /** All or nothing: the first problem undoes everything. Otherwise each row stands alone. */
  readonly atomic?: boolean;
  /** Answers with ids and versions alone. */
  readonly silent?: boolean;
  readonly trusted?: boolean;
}

/** What became of one row; rows are numbered through: creates, then updates, then deletes. */
export interface BulkResult {
  readonly index: number;
  readonly status: number;
  /** Ready JSON text of the record, or `{id, version}` when silent. */
  readonly json?: string;
  readonly id?: string;
  readonly problem?: Problem;
}

export const MAX_BULK_ROWS = 20_000;
/** Past this many rows the answer holds ids and versions alone. */
const WHOLE_RECORDS_UP_TO = 500;
/** From here on new records are written many at a time. */
const MANY = 20;
const BATCH = 500;

/**
 * Many writes in one call. New records are written in batches; a batch in which one row fails is done again row by row,
 * so that the others still get in.
 *
 * @throws Problem `tooLarge`; when atomic, the first row's problem with `extra.index`
 */
export async function bulk(
  db: Db | Tx,
  ctx: Context,
  entityKey: string,
  input: BulkInput,
  options: BulkOptions = {},
): Promise<readonly BulkResult[]> {
  entityOf(ctx, entityKey);
  const rows = (input.create?.length ?? 0) + (input.update?.length ?? 0) + (input.delete?.length ?? 0);
  if (rows > MAX_BULK_ROWS)
    throw new Problem("tooLarge", {
      en: `At most ${MAX_BULK_ROWS} rows at once.`,
      "zh-CN": `一次最多 ${MAX_BULK_ROWS} 行。`,
    });
  const write: WriteOptions = {
    silent: options.silent ?? rows > WHOLE_RECORDS_UP_TO,
    ...(options.trusted && { trusted: true }),
  };
  if (options.atomic) return inTransaction(db, (tx) => runAll(tx, ctx, entityKey, input, write, true));
  return runAll(db, ctx, entityKey, input, write, false);
}

async function runAll(
  db: Db | Tx,
  ctx: Context,
  entity: string,
  input: BulkInput,
  write: WriteOptions,
  atomic: boolean,
): Promise<readonly BulkResult[]> {
  const results: BulkResult[] = [];
  const create = input.create ?? [];
  for (let start = 0; start < create.length; start += BATCH) {
    const batch = create.slice(start, start + BATCH);
    results.push(...(await createBatch(db, ctx, entity, batch, start, write, atomic)));
  }
  const add = async (place: string, work: (tx: Tx) => Promise<{ id: string; version: number; json: string }>) =>
    results.push(await one(db, { index: results.length, place, status: 200 }, atomic, work));
  for (const [at, { id, version, ...change }] of (input.update ?? []).entries())
    await add(`/update/${at}`, (tx) =>
      updateRecord(tx, ctx, entity, id, change, { ...write, ...(version !== undefined && { version }) }),
    );
  for (const [at, row] of (input.delete ?? []).entries()) {
    const { id, version } = typeof row === "string" ? { id: row, version: undefined } : row;
    await add(`/delete/${at}`, (tx) =>
      deleteRecord(tx, ctx, entity, id, { ...write, ...(version !== undefined && { version }) }),
    );
  }
  return results;
}

async function createBatch(
  db: Db | Tx,
  ctx: Context,
  entity: string,
  batch: readonly RecordInput[],
  start: number,
  write: WriteOptions,
  atomic: boolean,
): Promise<readonly BulkResult[]> {
  if (batch.length >= MANY) {
    const made = await tryBatch(db, ctx, entity, batch, write);
    if (made) return made.map(({ id, json }, index) => ({ index: start + index, status: 201, id, json }));
  }
  const results: BulkResult[] = [];
  for (const [at, input] of batch.entries()) {
    const index = start + at;
    const row = { index, place: `/create/${index}`, status: 201 };
    results.push(await one(db, row, atomic, (tx) => createRecord(tx, ctx, entity, input, write)));
  }
  return results;
}

/** Null when any row of the batch cannot be written: then each is asked alone what is wrong with it. */
async function tryBatch(db: Db | Tx, ctx: Context, entity: string, batch: readonly RecordInput[], write: WriteOptions) {
  try {
    return await guarded(db, (tx) => createMany(tx, ctx, entity, batch, write));
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** Where a row stands in the answer and in what was sent, and the status it has when it went well. */
interface Row {
  readonly index: number;
  readonly place: string;
  readonly status: number;
}

async function one(
  db: Db | Tx,
  { index, place, status }: Row,
  atomic: boolean,
  work: (tx: Tx) => Promise<{ id: string; version: number; json: string }>,
): Promise<BulkResult> {
  try {
    const { id, version, json } = await (atomic ? inTransaction(db, work) : guarded(db, work));
    return { index, status, id, json: json === "" ? JSON.stringify({ id, version }) : json };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // The whole request fails, so the pointers are into the whole request; a row's own problem speaks of the row.
    if (atomic) {
      const errors = findingsAt(place, error.errors);
      throw new Problem(error.code, error.detail, { errors, extra: { ...error.extra, index } });
    }
    return { index, status: PROBLEM_STATUS[error.code], problem: error };
  }
}

/** In a transaction of its own, or behind a savepoint in the caller's: what fails leaves nothing and stops nobody else. */
async function guarded<T>(db: Db | Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (!db.isTransaction) return db.transaction().execute(work);
  const tx = db as Tx;
  await sql`savepoint bulk_row`.execute(tx);
  try {
    const result = await work(tx);
    await sql`release savepoint bulk_row`.execute(tx);
    return result;
  } catch (error) {
    await sql`rollback to savepoint bulk_row`.execute(tx);
    throw error;
  }
}
