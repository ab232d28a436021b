import type { FastifyInstance } from "fastify";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What `/metrics` tells: one registry for each server, so that two in one process do not meet. */
export class Metrics {
  readonly registry = new Registry();
  readonly jobs = new Counter({
    name: "formwright_jobs_total",
    help: "Background jobs by kind and result",
    labelNames: ["kind", "result"],
    registers: [this.registry],
  });
  readonly eventStreams = new Gauge({
    name: "formwright_event_streams",
    help: "Open event streams (SSE)",
    registers: [this.registry],
  });
  readonly #requests = new Histogram({
    name: "formwright_http_request_seconds",
    help: "Time to answer by method, route and status",
    labelNames: ["method", "route", "status"],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [this.registry],
  });

  constructor(options: { readonly ofProcess: boolean }) {
    if (options.ofProcess) collectDefaultMetrics({ register: this.registry, prefix: "formwright_" });
  }

  /** Measures every request. The route's pattern is the label, never the address itself. */
  measure(server: FastifyInstance): void {
    server.addHook("onResponse", (request, reply, done) => {
      this.#requests.observe(
        { method: request.method, route: request.routeOptions.url ?? "none", status: reply.statusCode },
        reply.elapsedTime / 1000,
      );
      done();
    });
  }
}
