import pg from "pg";
import type { SharedSession } from "./shared-session.ts";

/**
 * Called for each notification. `null` says that some may have been missed (the connection was lost and is back):
 * whatever was remembered must be read again.
 */
export type OnNotification = (payload: string | null) => void;

export interface Listener {
  /** Resolves once notifications arrive. The result stops it. */
  listen(channel: string, onNotification: OnNotification): Promise<() => void>;
  end(): Promise<void>;
}

const RETRY_MS = 1_000;

/** Listens over a connection of its own, which is opened with the first channel and comes back when it breaks. */
export function serverListener(url: string): Listener {
  const channels = new Map<string, Set<OnNotification>>();
  let client: Promise<pg.Client> | null = null;
  let ended = false;

  const open = async (): Promise<pg.Client> => {
    const opened = new pg.Client({ connectionString: url, keepAlive: true, keepAliveInitialDelayMillis: 10_000 });
    opened.on("error", () => {});
    opened.once("end", () => {
      client = null;
      if (!ended) setTimeout(reopen, RETRY_MS).unref();
    });
    opened.on("notification", ({ channel, payload }) => {
      for (const call of channels.get(channel) ?? []) call(payload ?? "");
    });
    await opened.connect();
    for (const channel of channels.keys()) await opened.query(`listen ${pg.escapeIdentifier(channel)}`);
    return opened;
  };
  const connected = () => {
    client ??= open().catch((error) => {
      client = null;
      throw error;
    });
    return client;
  };
  const reopen = () => {
    if (ended || channels.size === 0) return;
    connected().then(
      () => {
        for (const calls of channels.values()) for (const call of calls) call(null);
      },
      () => setTimeout(reopen, RETRY_MS).unref(),
    );
  };

  return {
    listen: async (channel, onNotification) => {
      const calls = channels.get(channel) ?? new Set();
      calls.add(onNotification);
      channels.set(channel, calls);
      await (await connected()).query(`listen ${pg.escapeIdentifier(channel)}`);
      return () => void calls.delete(onNotification);
    },
    end: async () => {
      ended = true;
      await (await client?.catch(() => null))?.end();
    },
  };
}

/** Listens on the embedded database, whose notifications come from this process alone. */
export function sharedListener(session: SharedSession): Listener {
  const channels = new Map<string, Set<OnNotification>>();
  const pool = session.pool();
  session.onNotification((channel, payload) => {
    for (const call of channels.get(channel) ?? []) call(payload);
  });
  return {
    listen: async (channel, onNotification) => {
      const calls = channels.get(channel) ?? new Set();
      calls.add(onNotification);
      channels.set(channel, calls);
      await pool.query(`listen ${pg.escapeIdentifier(channel)}`);
      return () => void calls.delete(onNotification);
    },
    end: async () => {},
  };
}
