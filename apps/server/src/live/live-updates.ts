import type { Database } from "@formwright/database";
import {
  type Context,
  type LoggedEvent,
  type LogPosition,
  logEnd,
  readableVersions,
  tailEvents,
  type Workspace,
} from "@formwright/engine";
import type { Metrics } from "../http/metrics.ts";
import type { MemberContexts } from "../sign-in/member-contexts.ts";
import type { EventStream } from "./event-stream.ts";

const TICK_MS = 1_000;
const BATCH = 500;
/** More records of one entity than this in one batch are told as "many": the screen reads its list again anyway. */
const MAX_RECORDS = 50;

/** Somebody who watches a workspace. */
export interface Watcher {
  readonly stream: EventStream;
  readonly account: string;
  readonly session: string;
  readonly member: string;
}

interface Watched {
  readonly workspace: Workspace;
  readonly watchers: Set<Watcher>;
  position: LogPosition;
  release: number;
  isLooking: boolean;
  again: boolean;
}

/**
 * Tells open event streams what changed. It reads the event log from where it was, and asks access for each watcher and
 * record before it says a word.
 */
export class LiveUpdates {
  readonly #database: Database;
  readonly #metrics: Metrics;
  readonly #now: () => Date;
  readonly #watched = new Map<string, Watched>();
  #members: MemberContexts | null = null;
  #clock: NodeJS.Timeout | null = null;

  constructor(database: Database, metrics: Metrics, now: () => Date) {
    this.#database = database;
    this.#metrics = metrics;
    this.#now = now;
  }

  use(members: MemberContexts): void {
    this.#members = members;
  }

  async watch(context: Context, watcher: Watcher): Promise<void> {
    const { slug } = context.workspace;
    let watched = this.#watched.get(slug);
    if (!watched) {
      const position = await logEnd(this.#database.kysely);
      watched = this.#watched.get(slug) ?? {
        workspace: context.workspace,
        watchers: new Set(),
        position,
        release: context.model.release,
        isLooking: false,
        again: false,
      };
      this.#watched.set(slug, watched);
    }
    watched.watchers.add(watcher);
    this.#metrics.eventStreams.inc();
    this.#clock ??= setInterval(() => this.lookEverywhere(), TICK_MS).unref();
    watcher.stream.onClose(() => {
      this.#metrics.eventStreams.dec();
      watched.watchers.delete(watcher);
      if (watched.watchers.size === 0 && this.#watched.get(slug) === watched) this.#watched.delete(slug);
    });
  }

  /** Something may have happened in that workspace (its slug or id). */
  look(workspaceName: string): void {
    const watched = this.#watched.get(workspaceName) ?? this.#byId(workspaceName);
    if (!watched) return;
    if (watched.isLooking) {
      watched.again = true;
      return;
    }
    watched.isLooking = true;
    void this.#tell(watched)
      .catch(() => {}) // the database is away: the next tick looks again from the same place
      .finally(() => {
        watched.isLooking = false;
        if (!watched.again) return;
        watched.again = false;
        this.look(workspaceName);
      });
  }

  #byId(id: string): Watched | undefined {
    return [...this.#watched.values()].find(({ workspace }) => workspace.id === id);
  }

  lookEverywhere(): void {
    for (const slug of this.#watched.keys()) this.look(slug);
  }

  /** A message for one member alone, e.g. that a notification came. */
  tellMember(slug: string, member: string, event: string, data: object): void {
    for (const watcher of this.#watched.get(slug)?.watchers ?? []) {
      if (watcher.member === member) watcher.stream.send(event, data);
    }
  }

  /** Ends the streams of a session that was ended. */
  endSession(session: string): void {
    for (const { watchers } of this.#watched.values()) {
      for (const watcher of watchers) if (watcher.session === session) watcher.stream.close();
    }
  }

  close(): void {
    if (this.#clock) clearInterval(this.#clock);
    this.#clock = null;
    for (const { watchers } of this.#watched.values()) for (const { stream } of watchers) stream.close();
    this.#watched.clear();
  }

  async #tell(watched: Watched): Promise<void> {
    for (;;) {
      const events = await tailEvents(this.#database.kysely, watched.workspace.schema, watched.position, BATCH);
      const last = events.at(-1);
      if (!last) break;
      watched.position = { xid: last.xid, seq: last.seq };
      for (const watcher of [...watched.watchers]) await this.#tellOne(watched, watcher, events);
      if (events.length < BATCH) break;
    }
    await this.#tellRelease(watched);
  }

  async #tellOne(watched: Watched, watcher: Watcher, events: readonly LoggedEvent[]): Promise<void> {
    const context = await this.#contextOf(watched, watcher);
    if (!context) return watcher.stream.close();
    for (const [entity, records] of latestByEntity(events)) {
      if (!context.model.entities.has(entity)) continue;
      const versions = await readableVersions(this.#database.kysely, context, entity, [...records.keys()]);
      if (versions.size > MAX_RECORDS) {
        watcher.stream.send("record", { entity, id: null, kind: "many", version: null });
        continue;
      }
      for (const [id, kind] of records) {
        const version = versions.get(id);
        if (version !== undefined) watcher.stream.send("record", { entity, id, kind, version });
      }
    }
  }

  async #tellRelease(watched: Watched): Promise<void> {
    const [first] = watched.watchers;
    const context = first && (await this.#contextOf(watched, first));
    if (!context || context.model.release === watched.release) return;
    watched.release = context.model.release;
    for (const { stream } of watched.watchers) stream.send("release", { n: watched.release });
  }

  /** Null once they may no longer enter. */
  async #contextOf(watched: Watched, watcher: Watcher): Promise<Context | null> {
    try {
      return (
        (await this.#members?.contextOf({
          account: watcher.account,
          workspace: watched.workspace.slug,
          door: "api",
          requestId: `live ${this.#now().toISOString()}`,
          locale: null,
        })) ?? null
      );
    } catch {
      return null;
    }
  }
}

/** For each entity the records that changed, each with the last thing that happened to it. */
function latestByEntity(events: readonly LoggedEvent[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const entities = new Map<string, Map<string, string>>();
  for (const { entity, recordId, kind } of events) {
    const records = entities.get(entity) ?? new Map<string, string>();
    entities.set(entity, records.set(recordId, kind));
  }
  return entities;
}
