export interface ServerEvent {
  readonly id: string | null;
  readonly event: string;
  readonly data: string;
}

/**
 * Reads a text/event-stream as the HTML standard's "event stream interpretation" says: fields by line, an empty line
 * sends. `push` takes any pieces of text and gives the events they complete.
 */
export function createEventParser(): { push(chunk: string): readonly ServerEvent[] } {
  let buffer = "";
  let event = "message";
  let data: string[] = [];
  let id: string | null = null;

  const line = (text: string): ServerEvent | null => {
    if (text === "") {
      const complete = data.length === 0 ? null : { id, event, data: data.join("\n") };
      event = "message";
      data = [];
      return complete;
    }
    const colon = text.indexOf(":");
    if (colon === 0) return null;
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(colon + 1).replace(/^ /, "");
    if (field === "event") event = value;
    else if (field === "data") data.push(value);
    else if (field === "id") id = value;
    return null;
  };

  return {
    push(chunk) {
      buffer += chunk;
      const lines = buffer.split(/\r\n|\n|\r(?!$)/);
      buffer = lines.pop() ?? "";
      return lines.map(line).filter((item): item is ServerEvent => item !== null);
    },
  };
}
