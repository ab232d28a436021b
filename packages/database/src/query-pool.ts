import type pg from "pg";

/** What `query` resolves to: the part of pg's result that callers may rely on. */
export type QueryResult = pg.QueryResult;

/** A connection that was handed out. It is the caller's alone until `release()`. */
export interface QueryClient {
  // biome-ignore lint/suspicious/noExplicitAny: rows are whatever the statement selects.
  query(text: string, values?: readonly unknown[]): Promise<any>;
  // biome-ignore lint/suspicious/noExplicitAny: the arguments differ by event, as in node's EventEmitter.
  on(event: string, listener: (...args: any[]) => void): this;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  removeListener(event: string, listener: (...args: any[]) => void): this;
  removeAllListeners(event?: string): this;
  /** Gives it back; an open transaction is rolled back. */
  release(destroy?: boolean | Error): void;
}

/** The part of `pg.Pool` that Kysely and the queue use, whichever database is behind it. */
export interface QueryPool {
  readonly options: object;
  connect(): Promise<QueryClient>;
  // biome-ignore lint/suspicious/noExplicitAny: rows are whatever the statement selects.
  query(text: string, values?: readonly unknown[]): Promise<any>;
  // biome-ignore lint/suspicious/noExplicitAny: the arguments differ by event, as in node's EventEmitter.
  on(event: string, listener: (...args: any[]) => void): this;
  removeAllListeners(event?: string): this;
  end(): Promise<void>;
}
