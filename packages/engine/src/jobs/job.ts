import type { JsonObject } from "@formwright/model";

export type JobKind = "timer" | "automation" | "mail" | "import" | "index";
export type JobState = "waiting" | "queued" | "done" | "failed" | "cancelled";

/** A row of the workspace's job table: something that must happen, from `runAt` on. */
export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly payload: JsonObject;
  /** ISO 8601 UTC. */
  readonly runAt: string;
  readonly dedupeKey: string | null;
  readonly state: JobState;
  readonly attempts: number;
  readonly lastError: string | null;
}

/** How a job of a kind is tried again. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly firstDelaySeconds: number;
  readonly longestDelaySeconds: number;
}

const DEFAULT_POLICY: RetryPolicy = { attempts: 5, firstDelaySeconds: 10, longestDelaySeconds: 3600 };

const POLICIES: { readonly [kind: string]: RetryPolicy } = {
  mail: { attempts: 8, firstDelaySeconds: 30, longestDelaySeconds: 6 * 3600 },
};

/**
 * When a job that failed is tried again: exponential backoff with full jitter over the upper half
 * (delay = cap/2 + random * cap/2, cap doubling each time), so that jobs that failed together do not come back together.
 *
 * @param attempts how often it has failed, this time included
 * @param random from 0 to 1
 * @returns ISO 8601 UTC, or null when it is given up
 */
export function nextAttemptAt(kind: string, attempts: number, now: string, random: number): string | null {
  const policy = POLICIES[kind] ?? DEFAULT_POLICY;
  if (attempts >= policy.attempts) return null;
  const cap = Math.min(policy.longestDelaySeconds, policy.firstDelaySeconds * 2 ** (attempts - 1));
  const delaySeconds = cap / 2 + (random * cap) / 2;
  return new Date(Date.parse(now) + delaySeconds * 1000).toISOString();
}
