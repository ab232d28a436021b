import type { QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { connection } from "../app/connection.ts";
import { api } from "./api.ts";
import { path } from "./client.ts";
import { ApiProblem } from "./problem.ts";
import { createEventParser, type ServerEvent } from "./sse.ts";

/** What the stream of a workspace tells. */
export interface WorkspaceEvent {
  readonly event: "record" | "notification" | "release" | "job";
  readonly data: Readonly<Record<string, unknown>>;
}

/** Keeps one stream open for the workspace; what it tells marks the answers that are no longer current. */
export function useServerEvents(slug: string, queryClient: QueryClient): void {
  useEffect(() => {
    const stop = new AbortController();
    void follow(slug, stop.signal, {
      tell: (event) => invalidate(slug, queryClient, event),
      // What happened in between was not told.
      onBack: () => void queryClient.invalidateQueries(),
    });
    return () => stop.abort();
  }, [slug, queryClient]);
}

const INVALIDATES = {
  record: (slug, data) => [
    ["record", slug, data.entity, data.id],
    ["records", slug, data.entity],
  ],
  notification: (slug) => [
    ["notifications", slug],
    ["tasks", slug],
  ],
  release: (slug) => [
    ["model", slug],
    ["draft", slug],
    ["releases", slug],
  ],
  job: (slug, data) => [
    ["jobs", slug],
    ["import", slug, data.id],
  ],
} as const satisfies Record<
  WorkspaceEvent["event"],
  (slug: string, data: Readonly<Record<string, unknown>>) => readonly (readonly unknown[])[]
>;

function invalidate(slug: string, queryClient: QueryClient, { event, data }: WorkspaceEvent): void {
  for (const queryKey of INVALIDATES[event](slug, data)) void queryClient.invalidateQueries({ queryKey });
}

interface Follower {
  tell(event: WorkspaceEvent): void;
  /** The stream was cut off and is there again. */
  onBack(): void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

async function follow(slug: string, signal: AbortSignal, { tell, onBack }: Follower): Promise<void> {
  let wait = FIRST_WAIT_MS;
  let wasCut = false;
  while (!signal.aborted) {
    try {
      const response = await api.open("GET", `${path("w", slug)}/events`, {
        signal,
        headers: { Accept: "text/event-stream" },
      });
      connection.set(false);
      if (wasCut) onBack();
      wait = FIRST_WAIT_MS;
      await readStream(response, tell);
    } catch (error) {
      // Cut off or signed out: try again below, more slowly each time.
      if (error instanceof ApiProblem && (error.status === 0 || error.status === 503)) connection.set(true);
    }
    if (signal.aborted) return;
    wasCut = true;
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

async function readStream(response: Response, tell: Follower["tell"]): Promise<void> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const parser = createEventParser();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const event of parser.push(value)) {
      const parsed = parseEvent(event);
      if (parsed !== null) tell(parsed);
    }
  }
}

function parseEvent({ event, data }: ServerEvent): WorkspaceEvent | null {
  if (!Object.hasOwn(INVALIDATES, event)) return null;
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== "object" || value === null) return null;
    return { event: event as WorkspaceEvent["event"], data: value as Readonly<Record<string, unknown>> };
  } catch {
    return null;
  }
}
