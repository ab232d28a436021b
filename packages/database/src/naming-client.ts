import pg from "pg";
import { REPLAN } from "./read-pool.ts";

/** How many named statements a connection may hold: each keeps its plan in the server's memory. */
const MAX_NAMES = 400;
/** A statement is worth a name when its text is seen again within this many distinct texts. */
const REMEMBERED_TEXTS = 2_000;
/** The plan of a named statement no longer fits its table (0A000), or the name is gone (26000). */
const OUTDATED: ReadonlySet<string> = new Set(["0A000", "26000"]);

type Callback = (error: Error | null, result?: pg.QueryResult) => void;

/**
 * A connection that gives names to the parameterized statements it sees again: the server then parses and plans them
 * once, and their text travels once. That matters for writes, whose statements are long.
 *
 * A statement whose plan no longer fits (a column changed its type) fails once, inside whatever transaction it is part
 * of, and has another name the next time.
 *
 * @returns the class for the connections of one pool: what is worth a name is remembered among them
 */
export function namingClient(): new () => pg.ClientBase {
  const seen = new Set<string>();

  class NamingClient extends pg.Client {
    readonly #names = new Map<string, string>();
    #made = 0;

    // biome-ignore lint/suspicious/noExplicitAny: pg declares this method with eight overloads.
    override query(config: any, values?: any, callback?: any): any {
      const name = typeof config === "string" && Array.isArray(values) ? this.#nameFor(config) : null;
      if (name === null) return super.query(config, values, callback);
      const query = { name, text: config as string, values: values as unknown[] };
      if (typeof callback !== "function") return super.query(query).catch((error: Error) => this.#failed(query, error));
      const done: Callback = (error, result) => {
        if (error) this.#forget(query.text, error);
        (callback as Callback)(error, result);
      };
      return super.query(query, done as never);
    }

    #failed(query: { text: string }, error: Error): never {
      this.#forget(query.text, error);
      throw error;
    }

    #forget(text: string, error: Error): void {
      if (OUTDATED.has((error as { code?: string }).code ?? "")) this.#names.delete(text);
    }

    #nameFor(text: string): string | null {
      const known = this.#names.get(text);
      if (known) return known;
      if (text.startsWith(REPLAN) || this.#made >= MAX_NAMES) return null;
      if (!seen.has(text)) {
        if (seen.size >= REMEMBERED_TEXTS) seen.clear();
        seen.add(text);
        return null;
      }
      // Never used twice on a connection: a name whose plan is outdated stays outdated there for ever.
      this.#made += 1;
      const name = `w${this.#made}`;
      this.#names.set(text, name);
      return name;
    }
  }
  return NamingClient;
}
