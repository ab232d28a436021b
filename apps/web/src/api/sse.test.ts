import { expect, test } from "vitest";
import { createEventParser } from "./sse.ts";

test("events come out whole, however the stream is cut", () => {
  const stream = 'event: record\ndata: {"id":1}\n\n: heartbeat\n\nid: 7\ndata: a\ndata: b\n\n';
  for (const size of [1, 3, 1000]) {
    const parser = createEventParser();
    const events = [];
    for (let at = 0; at < stream.length; at += size) events.push(...parser.push(stream.slice(at, at + size)));
    expect(events).toEqual([
      { id: null, event: "record", data: '{"id":1}' },
      { id: "7", event: "message", data: "a\nb" },
    ]);
  }
});
