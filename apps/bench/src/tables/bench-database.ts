import { randomBytes } from "node:crypto";
import pg from "pg";

export interface BenchDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  drop(): Promise<void>;
}

/** A new database on the server. */
export async function createBenchDatabase(serverUrl: string): Promise<BenchDatabase> {
  const name = `fw_bench_${randomBytes(4).toString("hex")}`;
  await onServer(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 2, options: "-c timezone=UTC" });
  const drop = async () => {
    await pool.end();
    await onServer(serverUrl, `drop database ${name} with (force)`);
  };
  return { url: url.href, pool, drop };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
