import autocannon from "autocannon";
import type { RunningServer } from "../processes.ts";

/** A request of a measurement; each is made anew, so that ids and bodies differ. */
export interface Ask {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

export interface Figures {
  /** Requests a second; rows a second for bulk. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** CPU milliseconds of the server process for one request; null where the system does not say. */
  readonly cpu: number | null;
}

export interface Load {
  readonly connections: number;
  readonly seconds: number;
  readonly token: string;
}

const WARM_UP_SECONDS = 1;

/**
 * Asks as fast as answers come, over a number of connections, after a short warm-up.
 *
 * @throws Error when an answer is no success: figures of failures mean nothing
 */
export async function measure(server: RunningServer, load: Load, ask: () => Ask): Promise<Figures> {
  await run(server, { ...load, seconds: WARM_UP_SECONDS }, ask);
  const before = server.cpu();
  const result = await run(server, load, ask);
  const after = server.cpu();
  return {
    rate: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpu: before === null || after === null ? null : (after - before) / result.requests.total,
  };
}

async function run(server: RunningServer, load: Load, ask: () => Ask) {
  const setupRequest = (request: object) => {
    const { method, path, body } = ask();
    return { ...request, method, path, ...(body !== undefined && { body: JSON.stringify(body) }) };
  };
  const first = ask();
  await assertAnswers(server, load, first);
  const result = await autocannon({
    url: server.url,
    connections: load.connections,
    duration: load.seconds,
    headers: {
      authorization: `Bearer ${load.token}`,
      ...(first.body !== undefined && { "content-type": "application/json" }),
    },
    requests: [{ setupRequest }],
  });
  if (result.errors || result.timeouts || result.non2xx)
    throw new Error(
      `${first.method} ${first.path}: ${result.non2xx} answers of failure, ${result.errors} errors, ${result.timeouts} timeouts`,
    );
  return result;
}

/** One request by hand, so that a refusal is shown with its words. */
async function assertAnswers(server: RunningServer, load: Load, ask: Ask): Promise<void> {
  const response = await send(server, load.token, ask);
  if (!response.ok)
    throw new Error(`${ask.method} ${ask.path}: ${response.status} ${(await response.text()).slice(0, 1000)}`);
  await response.arrayBuffer();
}

export function send(server: RunningServer, token: string, { method, path, body }: Ask): Promise<Response> {
  return fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** Sends batches one after the other, as an import does; the rate is in rows a second. */
export async function measureBatches(
  server: RunningServer,
  token: string,
  batches: readonly Ask[],
  rowsInABatch: number,
): Promise<Figures> {
  const before = server.cpu();
  const started = performance.now();
  const times: number[] = [];
  for (const batch of batches) {
    const sent = performance.now();
    const response = await send(server, token, batch);
    const text = await response.text();
    if (!response.ok) throw new Error(`${batch.method} ${batch.path}: ${response.status} ${text.slice(0, 1000)}`);
    times.push(performance.now() - sent);
  }
  const seconds = (performance.now() - started) / 1000;
  const after = server.cpu();
  const rows = batches.length * rowsInABatch;
  times.sort((a, b) => a - b);
  return {
    rate: rows / seconds,
    p50: times[Math.floor(times.length / 2)] ?? 0,
    p99: times.at(-1) ?? 0,
    cpu: before === null || after === null ? null : (after - before) / rows,
  };
}
