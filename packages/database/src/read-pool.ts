import pg from "pg";

/**
 * Reads outside transactions: a few connections, each carrying many statements at once (pipelining), with named
 * statements so that the server parses and plans a repeated one once. About twice the throughput of an ordinary pool.
 */
export interface ReadPoolOptions {
  readonly url: string;
  readonly session: string;
  readonly connections: number;
  readonly types: pg.CustomTypesConfig;
  /** A statement that takes longer is cancelled, so that it does not hold up those behind it. */
  readonly timeoutMs: number;
}

/** How many named statements a connection may hold before it is replaced by a fresh one. */
const MAX_NAMES = 1_000;
/** A statement is worth a name when its text is seen again within this many distinct texts. */
const REMEMBERED_TEXTS = 2_000;
/** Statements that begin with this are planned with their values each time (a substring search is, for one). */
export const REPLAN = "/* replan */";
/** The plan of a named statement no longer fits its table (0A000), or the name is gone (26000). */
const OUTDATED: ReadonlySet<string> = new Set(["0A000", "26000"]);

interface Lane {
  readonly client: pg.Client;
  readonly names: Map<string, string>;
  made: number;
  inFlight: number;
  retired: boolean;
}

/** The pool behind `Database.reads`. Has what Kysely's PostgresDialect wants of a pool, and refuses transactions. */
export class ReadPool {
  readonly options = {};
  readonly #settings: ReadPoolOptions;
  readonly #seen = new Set<string>();
  #lanes: Lane[] = [];
  #filling: Promise<void> | null = null;
  #ended = false;

  constructor(settings: ReadPoolOptions) {
    this.#settings = settings;
  }

  async connect() {
    return { query: (text: string, values?: readonly unknown[]) => this.query(text, values), release: () => {} };
  }

  /**
   * Runs one statement on the least busy connection.
   *
   * @throws Error for `begin` and the like: statements here have no connection of their own
   */
  async query(text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> {
    if (/^\s*(begin|start transaction|savepoint|declare)/i.test(text)) {
      throw new Error("Database.reads has no transactions: use Database.kysely");
    }
    const lane = await this.#lane();
    lane.inFlight += 1;
    try {
      const name = this.#nameFor(lane, text);
      if (!name) return await lane.client.query(text, values as unknown[]);
      try {
        return await lane.client.query({ name, text, values: values as unknown[] });
      } catch (error) {
        if (!OUTDATED.has((error as { code?: string }).code ?? "")) throw error;
        return await lane.client.query({ name: newName(lane, text), text, values: values as unknown[] });
      }
    } finally {
      lane.inFlight -= 1;
      if (lane.retired && lane.inFlight === 0) void lane.client.end().catch(() => {});
    }
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#filling?.catch(() => {});
    await Promise.allSettled(this.#lanes.map((lane) => lane.client.end()));
    this.#lanes = [];
  }

  async #lane(): Promise<Lane> {
    if (this.#lanes.length < this.#settings.connections) {
      const filling = this.#fill();
      if (this.#lanes.length === 0) await filling;
      else filling.catch(() => {}); // those that are open serve meanwhile
    }
    const [first, ...others] = this.#lanes;
    if (!first) return this.#lane();
    const best = others.reduce((a, b) => (b.inFlight < a.inFlight ? b : a), first);
    if (best.made >= MAX_NAMES) this.#drop(best);
    return best;
  }

  #fill(): Promise<void> {
    if (this.#ended) return Promise.reject(new Error("The database is closed"));
    this.#filling ??= this.#open().finally(() => {
      this.#filling = null;
    });
    return this.#filling;
  }

  async #open(): Promise<void> {
    const missing = this.#settings.connections - this.#lanes.length;
    await Promise.all(
      Array.from({ length: missing }, async () => {
        const lane = await connect(this.#settings, (broken) => this.#drop(broken));
        if (!lane.retired) this.#lanes.push(lane);
      }),
    );
  }

  /** Takes the connection out: it finishes what it has, and another is opened in its place. */
  #drop(lane: Lane): void {
    lane.retired = true;
    this.#lanes = this.#lanes.filter((one) => one !== lane);
  }

  #nameFor(lane: Lane, text: string): string | null {
    if (text.startsWith(REPLAN)) return null;
    const name = lane.names.get(text);
    if (name) return name;
    if (this.#seen.has(text)) return newName(lane, text);
    if (this.#seen.size >= REMEMBERED_TEXTS) this.#seen.clear();
    this.#seen.add(text);
    return null;
  }
}

/** Never used twice on a connection: a name whose plan is outdated stays outdated there for ever. */
function newName(lane: Lane, text: string): string {
  lane.made += 1;
  const name = `r${lane.made}`;
  lane.names.set(text, name);
  return name;
}

async function connect(settings: ReadPoolOptions, onBroken: (lane: Lane) => void): Promise<Lane> {
  const client = new pg.Client({
    connectionString: settings.url,
    pipeline: true,
    options: `${settings.session} -c statement_timeout=${settings.timeoutMs}`,
    types: settings.types,
    keepAlive: true,
  });
  const lane: Lane = { client, names: new Map(), made: 0, inFlight: 0, retired: false };
  client.on("error", () => onBroken(lane));
  client.on("end", () => onBroken(lane));
  await client.connect();
  return lane;
}
