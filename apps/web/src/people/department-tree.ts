/** A department as the tree needs it. */
export interface DepartmentRow {
  readonly id: string;
  readonly parent: string | null;
  readonly name: string;
}

export interface DepartmentNode<T extends DepartmentRow> {
  readonly department: T;
  readonly children: readonly DepartmentNode<T>[];
}

/**
 * Departments as a tree, each level in the order given. One whose parent is missing, or that stands below itself, is
 * shown at the top, so that nothing disappears.
 */
export function departmentTree<T extends DepartmentRow>(departments: readonly T[]): readonly DepartmentNode<T>[] {
  const byParent = new Map<string | null, T[]>();
  for (const department of departments) {
    const parent = reachesTop(department, departments) ? department.parent : null;
    byParent.set(parent, [...(byParent.get(parent) ?? []), department]);
  }
  const nodesBelow = (parent: string | null): readonly DepartmentNode<T>[] =>
    (byParent.get(parent) ?? []).map((department) => ({ department, children: nodesBelow(department.id) }));
  return nodesBelow(null);
}

function reachesTop(department: DepartmentRow, all: readonly DepartmentRow[]): boolean {
  const seen = new Set<string>();
  for (let at: DepartmentRow | undefined = department; at; ) {
    if (at.parent === null) return true;
    if (seen.has(at.id)) return false;
    seen.add(at.id);
    const parent: string = at.parent;
    at = all.find((item) => item.id === parent);
  }
  return false;
}

/** True when `inner` is `outer` or somewhere below it: a department cannot move there. */
export function isWithin(departments: readonly DepartmentRow[], inner: string, outer: string): boolean {
  const seen = new Set<string>();
  for (let at: string | null = inner; at !== null && !seen.has(at); ) {
    if (at === outer) return true;
    seen.add(at);
    const id: string = at;
    at = departments.find((item) => item.id === id)?.parent ?? null;
  }
  return false;
}
