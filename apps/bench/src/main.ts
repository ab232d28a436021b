import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import {
  type Case,
  type CaseData,
  casesOf,
  listPath,
  NEWEST,
  newOpportunity,
  ROWS_IN_A_BATCH,
} from "./measure/cases.ts";
import { type Figures, measure, measureBatches } from "./measure/measure.ts";
import { medianOf, type Row, tableOf } from "./measure/report.ts";
import { type Options, parseOptions } from "./options.ts";
import { type RunningServer, startServer } from "./processes.ts";
import { createBenchDatabase } from "./tables/bench-database.ts";
import {
  type FormwrightApi,
  makeOrganisation,
  type Organisation,
  publishView,
  SCHEMA,
  setUp,
  signInManager,
  WORKSPACE,
} from "./tables/formwright-api.ts";
import { loadRows, sampleIds } from "./tables/load-rows.ts";

const FORMWRIGHT = fileURLToPath(new URL("../../server/src/main.ts", import.meta.url));
const HANDWRITTEN = fileURLToPath(new URL("./handwritten/server.ts", import.meta.url));
const IMPORTED_ROWS = 10_000;

const options = readOptions();
if (options) await bench(options);

function readOptions(): Options | null {
  try {
    return parseOptions(process.argv.slice(2), process.env);
  } catch (error) {
    console.error(`bench: ${(error as Error).message}`);
    process.exit(2);
  }
}

async function bench(options: Options): Promise<void> {
  const database = await createBenchDatabase(options.databaseUrl);
  const running: RunningServer[] = [];
  try {
    const formwright = await startFormwright(options, database.url);
    running.push(formwright);
    say("Setting up the workspace and the CRM …");
    const owner = await setUp(formwright.url);
    const organisation = await makeOrganisation(owner);
    await publishView(owner);
    say(`Loading ${options.rows.toLocaleString("en")} opportunities …`);
    await loadRows(database.pool, options.rows, organisation);
    const manager = await signInManager(formwright.url);
    const data = await caseData(database.pool, manager, organisation, options.rows);
    const timers = await timersOf(database.pool, manager, data);
    say(`A create writes ${timers.create} timers, an update ${timers.update}; the server by hand does the same.`);
    const handwritten = await startServer(
      HANDWRITTEN,
      {
        DATABASE_URL: database.url,
        JWT_SECRET: randomBytes(32).toString("hex"),
        TIMERS_ON_CREATE: String(timers.create),
        TIMERS_ON_UPDATE: String(timers.update),
      },
      "/ready",
    );
    running.push(handwritten);
    const rows = await compare(options, casesOf(data), formwright, handwritten, organisation.manager);
    console.log(options.json ? JSON.stringify(rows, null, 2) : `\n${tableOf(rows)}`);
    if (rows.some((row) => "failure" in row)) process.exitCode = 1;
  } finally {
    for (const server of running) await server.stop();
    if (options.keepsDatabase) say(`Left: ${database.url}`);
    else await database.drop();
  }
}

function startFormwright(options: Options, databaseUrl: string): Promise<RunningServer> {
  if (options.profile) mkdirSync(options.profile, { recursive: true });
  const flags = options.profile ? ["--cpu-prof", `--cpu-prof-dir=${options.profile}`] : [];
  return startServer(FORMWRIGHT, { DATABASE_URL: databaseUrl, REDIS_URL: "", LOG_LEVEL: "error" }, "/healthz", flags);
}

async function caseData(
  pool: pg.Pool,
  manager: FormwrightApi,
  organisation: Organisation,
  rows: number,
): Promise<CaseData> {
  const customers = await pool.query<{ id: string }>(
    `select id from ${SCHEMA}.customer where owner = any($1::uuid[]) limit 1000`,
    [organisation.sellers.filter((seller) => seller.isSeen).map((seller) => seller.id)],
  );
  const offset = Math.floor(rows * 0.9);
  return {
    ids: await sampleIds(pool, organisation),
    customers: customers.rows.map((row) => row.id),
    deep: { offset, cursor: await cursorAt(manager, offset) },
  };
}

/** Walks the list to a row as a client would; the cursor found there is then asked again and again. */
async function cursorAt(manager: FormwrightApi, row: number): Promise<string> {
  let cursor = "";
  for (let place = 0; place < row; ) {
    const limit = Math.min(500, row - place);
    const path = listPath({ ...NEWEST, fields: "name", limit: String(limit), ...(cursor && { cursor }) });
    const page = await manager.call<{ nextCursor: string | null }>("GET", path.replace("/api/v1", ""));
    if (!page.nextCursor) throw new Error(`the list ends before row ${row}`);
    cursor = page.nextCursor;
    place += limit;
  }
  return cursor;
}

/** How many rows of the outbox one create and one update write. */
async function timersOf(
  pool: pg.Pool,
  manager: FormwrightApi,
  data: CaseData,
): Promise<{ create: number; update: number }> {
  const path = `/w/${WORKSPACE}/records/opportunity`;
  const made = await manager.call<{ id: string }>("POST", path, { values: newOpportunity(data) });
  const create = await jobsOfLastChange(pool, made.id);
  await manager.call("PATCH", `${path}/${made.id}`, { values: { amount: 1 } });
  return { create, update: await jobsOfLastChange(pool, made.id) };
}

async function jobsOfLastChange(pool: pg.Pool, record: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int as n from ${SCHEMA}.fw_job where xmin::text = (
       select (xid::text::bigint % 4294967296)::text from ${SCHEMA}.fw_event where record_id = $1 order by seq desc limit 1)`,
    [record],
  );
  return rows[0]?.n ?? 0;
}

/** Both servers in turns, so that a busy moment of the machine does not fall on one of them alone. */
async function compare(
  options: Options,
  cases: readonly Case[],
  formwright: RunningServer,
  handwritten: RunningServer,
  manager: string,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const answer = await fetch(`${handwritten.url}/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ member: manager }),
  });
  const { token: handToken } = (await answer.json()) as { token: string };
  for (const one of cases) {
    if (options.only.length > 0 && !options.only.includes(one.key)) continue;
    say(`${one.label} …`);
    try {
      const ours: Figures[] = [];
      const theirs: Figures[] = [];
      for (let round = 0; round < options.rounds; round += 1) {
        theirs.push(await figures(options, one, one.handwritten, handwritten, handToken));
        const { token } = await signInManager(formwright.url);
        ours.push(await figures(options, one, one.formwright, formwright, token));
      }
      const [a, b] = [medianOf(ours), medianOf(theirs)];
      rows.push({ case: one, formwright: a, handwritten: b, ratio: a.rate / b.rate });
    } catch (error) {
      console.error(`${one.label}: ${(error as Error).message}`);
      rows.push({ case: one, failure: (error as Error).message });
    }
  }
  return rows;
}

function figures(
  options: Options,
  one: Case,
  ask: Case["formwright"],
  server: RunningServer,
  token: string,
): Promise<Figures> {
  if (one.key !== "bulk") return measure(server, { ...options, token }, ask);
  const rows = Math.min(IMPORTED_ROWS, Math.max(ROWS_IN_A_BATCH, Math.floor(options.rows / 10)));
  const batches = Array.from({ length: rows / ROWS_IN_A_BATCH }, ask);
  return measureBatches(server, token, batches, ROWS_IN_A_BATCH);
}

function say(line: string): void {
  console.error(line);
}
