import { describe, expect, it } from "vitest";
import { editorPath, fieldOfPointer, subjectOf } from "./definition-names.ts";

describe("where a finding leads", () => {
  it("reads kind, key and place from the pointer of a plan", () => {
    expect(subjectOf({ pointer: "/view/project_list/columns/0", code: "x", message: "" })).toEqual({
      kind: "view",
      key: "project_list",
      pointer: "/columns/0",
    });
    expect(subjectOf({ pointer: "/schema/properties/a", code: "x", message: "" })).toBeNull();
  });
  it("believes a finding that names its definition", () => {
    const finding = { pointer: "/label", kind: "flow", key: "sales", code: "x", message: "" } as const;
    expect(subjectOf(finding)).toEqual({ kind: "flow", key: "sales", pointer: "/label" });
  });
  it("opens the designer at the field, and other kinds at the place in their text", () => {
    expect(editorPath("acme", "entity", "project", "/schema/properties/due/x-options")).toBe(
      "/w/acme/admin/entities/project?field=due",
    );
    expect(editorPath("acme", "view", "list", "/columns/0")).toBe(
      "/w/acme/admin/definitions/view/list?at=%2Fcolumns%2F0",
    );
    expect(fieldOfPointer("/label")).toBeNull();
  });
});
