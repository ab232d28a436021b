import { sql } from "kysely";
import type { Db } from "../context.ts";

export type IdempotencyClaim =
  | { readonly outcome: "first" }
  | { readonly outcome: "running" }
  /** The key was used for something else. */
  | { readonly outcome: "mismatch" }
  | {
      readonly outcome: "done";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    };

/**
 * Claims a key for one request. `scope` says whose key it is (account and workspace), `fingerprint` what was asked
 * (method, path and a hash of the body). A claim that never finished (a crash) may be taken over after a minute.
 */
export async function claimIdempotencyKey(
  db: Db,
  scope: string,
  key: string,
  fingerprint: string,
): Promise<IdempotencyClaim> {
  const claimed = await sql`
    insert into platform.idempotency (scope, key, fingerprint) values (${scope}, ${key}, ${fingerprint})
    on conflict (scope, key) do update set created_at = now()
      where platform.idempotency.state = 'running' and platform.idempotency.created_at < now() - interval '1 minute'
        and platform.idempotency.fingerprint = excluded.fingerprint
    returning key`.execute(db);
  if (claimed.rows.length > 0) return { outcome: "first" };
  const found = await sql<{
    fingerprint: string;
    state: string;
    status: number;
    headers: Record<string, string> | null;
    body: string;
  }>`select fingerprint, state, status, headers, body from platform.idempotency
    where scope = ${scope} and key = ${key}`.execute(db);
  const row = found.rows[0];
  if (!row) return { outcome: "running" };
  if (row.fingerprint !== fingerprint) return { outcome: "mismatch" };
  if (row.state === "running") return { outcome: "running" };
  return { outcome: "done", status: row.status, headers: row.headers ?? {}, body: row.body };
}

export async function finishIdempotencyKey(
  db: Db,
  scope: string,
  key: string,
  answer: { status: number; headers: Readonly<Record<string, string>>; body: string },
): Promise<void> {
  await sql`update platform.idempotency set state = 'done', status = ${answer.status},
    headers = ${JSON.stringify(answer.headers)}::jsonb, body = ${answer.body}
    where scope = ${scope} and key = ${key}`.execute(db);
}

/** Gives a key back after a failure that a retry may turn into a success. */
export async function releaseIdempotencyKey(db: Db, scope: string, key: string): Promise<void> {
  await sql`delete from platform.idempotency where scope = ${scope} and key = ${key} and state = 'running'`.execute(db);
}
