import type { Database } from "@formwright/database";
import {
  endLease,
  type JobHandler,
  leaseImport,
  memberContext,
  postponeImport,
  readImport,
  systemContext,
  updateImport,
  type Workspace,
} from "@formwright/engine";
import { Problem } from "@formwright/model";
import { dryRun } from "./dry-run.ts";
import { importFiles, keepFiles } from "./import-files.ts";
import { ImportRun } from "./import-run.ts";
import { writeRows } from "./write-rows.ts";

const RENEW_MS = 20_000;
const LOOK_AGAIN_SECONDS = 15;

/** The job that checks or runs an import. It works outside the job's transaction, in batches of its own. */
export function importHandler(database: Database, dataDir: string): JobHandler {
  return async (tx, ctx, job) => {
    const id = String(job.payload.import);
    // A long import is handed over again while it still runs: no worker waits for another one to finish, or to be gone.
    if (!(await leaseImport(tx, ctx.workspace.schema, id, false))) {
      await postponeImport(tx, ctx, job.id, LOOK_AGAIN_SECONDS);
      return null;
    }
    return { run: () => runImport(database, dataDir, ctx.workspace, id), settle: async () => {} };
  };
}

/** Does the import that this process has leased. */
async function runImport(database: Database, dataDir: string, workspace: Workspace, id: string): Promise<void> {
  const db = database.kysely;
  const now = () => new Date().toISOString();
  const renewal = setInterval(() => void leaseImport(db, workspace.schema, id, true).catch(() => {}), RENEW_MS);
  try {
    const system = await systemContext(db, workspace, "Formwright", { door: "import", now: now() });
    const stored = await readImport(db, system, id);
    if (stored.state !== "checking" && stored.state !== "running") return;
    const ctx = await memberContext(db, workspace, stored.member, { door: "import", now: now() });
    if (!ctx) throw gone();
    const files = importFiles(dataDir, workspace.id, id);
    await keepFiles(files, new Date());
    const run = new ImportRun(database, ctx, stored, files);
    await (stored.state === "checking" ? dryRun(run) : writeRows(run));
  } catch (error) {
    if (!(error instanceof Problem)) throw error; // the database was away: the job is tried again and goes on from there
    await updateImport(db, workspace.schema, id, { state: "failed", detail: { problem: error.message }, now: now() });
  } finally {
    clearInterval(renewal);
    await endLease(db, workspace.schema, id).catch(() => {});
  }
}

function gone(): Problem {
  return new Problem("conflict", {
    en: "Whoever started this import has left.",
    "zh-CN": "发起导入的成员已离开。",
  });
}
