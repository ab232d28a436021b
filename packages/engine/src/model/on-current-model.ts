import type { Context, Db, Tx } from "../context.ts";
import { forgetModel, loadModel } from "./load-model.ts";

/** SQLSTATEs that mean that the tables changed under a statement that was made for an earlier release. */
const OUTDATED: ReadonlySet<string> = new Set(["0A000", "42703", "42P01", "42804", "42883"]);

/**
 * Does something with the caller's model and, when a release that was published meanwhile got in the way, once more with
 * the new one. In somebody else's transaction the error is passed on: that transaction is over either way.
 */
export async function onCurrentModel<T>(db: Db | Tx, ctx: Context, work: (ctx: Context) => Promise<T>): Promise<T> {
  try {
    return await work(ctx);
  } catch (error) {
    if (db.isTransaction || !OUTDATED.has((error as { code?: string } | null)?.code ?? "")) throw error;
    forgetModel(ctx.workspace.id);
    const model = await loadModel(db, ctx.workspace);
    if (model.release === ctx.model.release) throw error;
    return work({ ...ctx, model });
  }
}
