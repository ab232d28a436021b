import { describe, expect, it } from "vitest";
import { type DepartmentNode, type DepartmentRow, departmentTree, isWithin } from "./department-tree.ts";

const row = (id: string, parent: string | null = null): DepartmentRow => ({ id, parent, name: id });
const names = (nodes: readonly DepartmentNode<DepartmentRow>[]): unknown =>
  nodes.map(({ department, children }) => (children.length > 0 ? [department.name, names(children)] : department.name));

describe("the tree of departments", () => {
  it("nests departments below their parents in the order given", () => {
    expect(names(departmentTree([row("sales"), row("north", "sales"), row("east", "sales"), row("ops")]))).toEqual([
      ["sales", ["north", "east"]],
      "ops",
    ]);
  });
  it("loses none whose parent is missing or that stand in a circle", () => {
    expect(names(departmentTree([row("a", "gone"), row("b", "c"), row("c", "b")]))).toEqual(["a", "b", "c"]);
  });
  it("knows what lies within a department", () => {
    const all = [row("a"), row("b", "a"), row("c", "b"), row("d")];
    expect(isWithin(all, "c", "a")).toBe(true);
    expect(isWithin(all, "a", "a")).toBe(true);
    expect(isWithin(all, "d", "a")).toBe(false);
  });
});
