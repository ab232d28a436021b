import { useSyncExternalStore } from "react";
import { API_BASE } from "../api/client.ts";
import { ApiProblem } from "../api/problem.ts";
import { connection } from "../app/connection.ts";

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface WorkspaceMembership {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

/** What login, refresh and setup answer. */
export interface SignIn {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly account: Account;
  readonly workspaces: readonly WorkspaceMembership[];
}

export type Session =
  | { readonly state: "unknown" }
  | { readonly state: "signedOut"; readonly expired: boolean }
  | { readonly state: "signedIn"; readonly account: Account; readonly workspaces: readonly WorkspaceMembership[] };

/** Somebody signed in on this device and did not sign out: only then is it worth asking for a new token. */
const HINT_KEY = "formwright.signedIn";

const listeners = new Set<() => void>();
let session: Session = { state: "unknown" };
let accessToken: string | null = null;

/** Who is signed in. The access token lives in memory only; the refresh token is a cookie that no script can read. */
export const sessionStore = {
  get: (): Session => session,
  token: (): string | null => accessToken,

  begin(answer: SignIn): void {
    accessToken = answer.accessToken;
    localStorage.setItem(HINT_KEY, "1");
    set({ state: "signedIn", account: answer.account, workspaces: answer.workspaces });
  },

  end(): void {
    accessToken = null;
    localStorage.removeItem(HINT_KEY);
    set({ state: "signedOut", expired: session.state === "signedIn" });
  },

  async signOut(): Promise<void> {
    const headers: Record<string, string> = accessToken === null ? {} : { Authorization: `Bearer ${accessToken}` };
    await fetch(`${API_BASE}/auth/logout`, { method: "POST", headers, credentials: "same-origin" }).catch(() => null);
    accessToken = null;
    localStorage.removeItem(HINT_KEY);
    set({ state: "signedOut", expired: false });
  },

  /**
   * A new token, or null when the session is over. Tabs share one refresh cookie that changes with each use, so only
   * one of them renews at a time.
   *
   * @throws ApiProblem when the server cannot be reached
   */
  async refresh(): Promise<string | null> {
    return withLock(async () => {
      const answer = await fetch(`${API_BASE}/auth/refresh`, { method: "POST", credentials: "same-origin" }).catch(
        (error: unknown) => {
          throw ApiProblem.offline(error);
        },
      );
      // A server that is away has not said that the session is over.
      if (answer.status >= 500) throw ApiProblem.offline(answer.status);
      if (!answer.ok) {
        accessToken = null;
        return null;
      }
      sessionStore.begin((await answer.json()) as SignIn);
      return accessToken;
    });
  },

  /** At the start of the page: is somebody still signed in? Waits for a server that is away. */
  async resume(): Promise<void> {
    const isLikely = localStorage.getItem(HINT_KEY) !== null;
    const token = isLikely ? await untilReached(() => sessionStore.refresh()) : null;
    if (token === null) set({ state: "signedOut", expired: false });
  },

  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export function useSession(): Session {
  return useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
}

function set(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

const RETRY_MS = 2_000;

async function untilReached<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      const result = await work();
      connection.set(false);
      return result;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      connection.set(true);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

async function withLock<T>(work: () => Promise<T>): Promise<T> {
  if (globalThis.navigator?.locks === undefined) return work();
  let result: T | undefined;
  await navigator.locks.request("formwright.refresh", async () => {
    result = await work();
  });
  return result as T;
}
