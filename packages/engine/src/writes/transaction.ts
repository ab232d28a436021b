import type { Db, Tx } from "../context.ts";

/** Runs in the caller's transaction when there is one, else in one of its own. */
export async function inTransaction<T>(db: Db | Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Tx) : db.transaction().execute(work);
}
