/** A person as step trees see them. */
export interface OrganisationMember {
  readonly id: string;
  readonly department: string | null;
  readonly manager: string | null;
  readonly roles: readonly string[];
  readonly isAdmin: boolean;
  /** False for people who left: they are never asked, their manager is. */
  readonly isActive: boolean;
}

export interface OrganisationDepartment {
  readonly id: string;
  readonly parent: string | null;
  readonly head: string | null;
}

/** Everything that finding people needs, passed in as a value. Keys are ids. */
export interface Organisation {
  readonly members: ReadonlyMap<string, OrganisationMember>;
  readonly departments: ReadonlyMap<string, OrganisationDepartment>;
}

/**
 * The person to ask in place of `id`: themselves while active, else the first active manager above them.
 * Circles in the chain of managers end the search.
 *
 * @returns null when nobody is left
 */
export function activeInPlaceOf(organisation: Organisation, id: string): string | null {
  const seen = new Set<string>();
  let current: string | null = id;
  while (current !== null && !seen.has(current)) {
    seen.add(current);
    const member = organisation.members.get(current);
    if (!member) return null;
    if (member.isActive) return member.id;
    current = member.manager;
  }
  return null;
}

/** The department itself and every one above it, nearest first; circles end it. */
export function departmentAndAbove(organisation: Organisation, id: string | null): readonly string[] {
  const chain: string[] = [];
  let current = id;
  while (current !== null && !chain.includes(current)) {
    const department = organisation.departments.get(current);
    if (!department) break;
    chain.push(current);
    current = department.parent;
  }
  return chain;
}
