import { parseArgs } from "node:util";

export interface Options {
  /** Opportunities in the table; customers are a fifth of them. */
  readonly rows: number;
  readonly connections: number;
  /** Of one measurement; each server is measured `rounds` times in turns. */
  readonly seconds: number;
  readonly rounds: number;
  /** Keys of the measurements wanted; all when empty. */
  readonly only: readonly string[];
  /** Where the PostgreSQL server is: a database is made on it and dropped at the end. */
  readonly databaseUrl: string;
  readonly keepsDatabase: boolean;
  /** Takes a CPU profile of Formwright's server into this folder. */
  readonly profile: string | null;
  readonly json: boolean;
}

const HELP = `npm run bench -- [options]

Formwright against a hand-written Fastify + pg server, on the same tables, in turns.
Needs a PostgreSQL server: BENCH_DATABASE_URL, TEST_DATABASE_URL or DATABASE_URL; a database is made on it and dropped.

  --rows 100000      opportunities (and a fifth as many customers); 5000 for a quick look
  --connections 16
  --seconds 4        of one measurement
  --rounds 3         measurements of each server, in turns; the median counts
  --only get,list    some of: get list list-count create update deep search aggregate bulk page-1
  --profile DIR      CPU profile of Formwright's server
  --keep             leave the database
  --json             figures as JSON
`;

/** @throws Error with one line for the person who started it */
export function parseOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: "string", default: "100000" },
      connections: { type: "string", default: "16" },
      seconds: { type: "string", default: "4" },
      rounds: { type: "string", default: "3" },
      only: { type: "string", default: "" },
      profile: { type: "string" },
      keep: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return null;
  }
  const databaseUrl = env.BENCH_DATABASE_URL || env.TEST_DATABASE_URL || env.DATABASE_URL;
  if (!databaseUrl)
    throw new Error("set BENCH_DATABASE_URL to a PostgreSQL server, e.g. postgres://localhost/postgres");
  return {
    rows: positive("rows", values.rows),
    connections: positive("connections", values.connections),
    seconds: positive("seconds", values.seconds),
    rounds: positive("rounds", values.rounds),
    only: values.only.split(",").filter(Boolean),
    databaseUrl,
    keepsDatabase: values.keep,
    profile: values.profile ?? null,
    json: values.json,
  };
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} has to be a whole number above zero`);
  return number;
}
