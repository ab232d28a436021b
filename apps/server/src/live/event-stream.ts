import type { FastifyReply } from "fastify";

const HEARTBEAT_MS = 20_000;
/** A reader that is so far behind is cut off: it reads everything again when it is back. */
const MAX_PENDING_BYTES = 1_048_576;

/** One open `text/event-stream` answer. */
export class EventStream {
  readonly #reply: FastifyReply;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #end: NodeJS.Timeout;
  #isOpen = true;

  /** @param lifetimeMs ends by itself then, so that the reader comes back with a fresh token */
  constructor(reply: FastifyReply, lifetimeMs: number) {
    this.#reply = reply;
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    reply.raw.write(": welcome\n\n");
    this.#heartbeat = setInterval(() => reply.raw.write(": still here\n\n"), HEARTBEAT_MS).unref();
    this.#end = setTimeout(() => this.close(), lifetimeMs).unref();
    reply.raw.on("error", () => this.close());
    this.onClose(() => this.#stop());
  }

  send(event: string, data: object): void {
    if (!this.#isOpen) return;
    if (this.#reply.raw.writableLength > MAX_PENDING_BYTES) this.close();
    else this.#reply.raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  onClose(listener: () => void): void {
    this.#reply.raw.once("close", listener);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#stop();
    this.#reply.raw.end();
    // A reader that does not take the end would keep the server from closing.
    setTimeout(() => this.#reply.raw.destroy(), 1_000).unref();
  }

  #stop(): void {
    this.#isOpen = false;
    clearInterval(this.#heartbeat);
    clearTimeout(this.#end);
  }
}
