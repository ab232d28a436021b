import { expect, test } from "vitest";
import { dueState, isMine } from "./agenda.ts";

test("a list is mine when its filter asks for me as the owner", () => {
  const mine = { "==": [{ var: "owner" }, { me: [] }] };
  expect(isMine(mine as never)).toBe(true);
  expect(isMine({ and: [{ "==": [{ var: "state" }, "open"] }, mine] } as never)).toBe(true);
  expect(isMine({ or: [mine, { isEmpty: [{ var: "owner" }] }] } as never)).toBe(false);
  expect(isMine(undefined)).toBe(false);
});

test("a moment is due by its day where the member is", () => {
  const dayInShanghai = (iso: string) => new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 10);
  expect(dueState("2026-03-01", "2026-03-02", dayInShanghai)).toBe("overdue");
  expect(dueState("2026-03-01T17:00:00Z", "2026-03-02", dayInShanghai)).toBe("today");
  expect(dueState("2026-03-03", "2026-03-02", dayInShanghai)).toBe("later");
});
