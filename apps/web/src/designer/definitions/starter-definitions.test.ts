import { FIELD_KINDS } from "@formwright/fields/model";
import { PUBLISHED_KINDS, parseDefinition } from "@formwright/model";
import { describe, expect, it } from "vitest";
import { starterDefinition } from "./starter-definitions.ts";

describe("a new definition", () => {
  it.each(PUBLISHED_KINDS)("of kind %s passes the parser as it is", (kind) => {
    const parsed = parseDefinition(kind, starterDefinition(kind, "first", "project"), FIELD_KINDS);
    expect(parsed.findings).toEqual([]);
  });
});
