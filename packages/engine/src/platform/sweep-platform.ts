import { sql } from "kysely";
import type { Db } from "../context.ts";
import { ensureEventPartitions } from "../events/event-partitions.ts";
import { listWorkspaces } from "./workspaces.ts";

/**
 * What the clock does for the whole platform: forgets what no check reads any more (old sign-in attempts, dead sessions,
 * old idempotency keys), and makes the event log's partitions of the months to come. Harmless at any time, and often.
 */
export async function sweepPlatform(db: Db): Promise<void> {
  await sql`delete from platform.login_attempt where at < now() - interval '7 days'`.execute(db);
  await sql`delete from platform.session where expires_at < now() - interval '30 days'`.execute(db);
  await sql`delete from platform.idempotency where created_at < now() - interval '24 hours'`.execute(db);
  const clock = await sql<{ now: string }>`select now() as now`.execute(db);
  const now = clock.rows[0]?.now;
  if (!now) return;
  for (const { schema } of await listWorkspaces(db)) await ensureEventPartitions(db, schema, now);
}
