import type { Assignee } from "@formwright/model";
import { describe, expect, it } from "vitest";
import type { Organisation, OrganisationMember } from "../organisation.ts";
import { findPeople, type PeopleContext } from "./index.ts";

const member = (id: string, more: Partial<OrganisationMember> = {}): OrganisationMember => ({
  id,
  department: null,
  manager: null,
  roles: [],
  isAdmin: false,
  isActive: true,
  ...more,
});

const people = [
  member("ceo", { department: "company", roles: ["director"] }),
  member("head", { department: "sales", manager: "ceo", roles: ["director"] }),
  member("lead", { department: "north", manager: "head", roles: ["buddy"] }),
  member("rep", { department: "north", manager: "lead", roles: ["buddy"] }),
  member("south", { department: "south", manager: "head", roles: ["director", "buddy"] }),
  member("gone", { department: "north", manager: "lead", roles: ["buddy"], isActive: false }),
  member("ghost", { manager: "ghost", isActive: false }),
];

const organisation: Organisation = {
  members: new Map(people.map((each) => [each.id, each])),
  departments: new Map(
    [
      { id: "company", parent: null, head: "ceo" },
      { id: "sales", parent: "company", head: "head" },
      { id: "north", parent: "sales", head: "gone" },
      { id: "south", parent: "sales", head: null },
      { id: "round", parent: "round", head: "rep" },
    ].map((each) => [each.id, each]),
  ),
};

const find = (who: Assignee | readonly Assignee[], context: Partial<PeopleContext> = {}) =>
  findPeople(Array.isArray(who) ? who : [who as Assignee], {
    organisation,
    starter: "rep",
    owner: "south",
    record: { reviewer: "head", watchers: ["rep", "lead"], customer: { id: "c1", owner: "ceo" } },
    ...context,
  });

describe("finding people", () => {
  it("names members, each once and in order", () => {
    expect(find({ type: "members", members: ["rep", "ceo", "rep"] })).toEqual(["rep", "ceo"]);
  });

  it("puts the manager in the place of somebody who left, and drops those with nobody above them", () => {
    expect(find({ type: "members", members: ["gone", "ghost", "unknown"] })).toEqual(["lead"]);
  });

  it("finds everybody with a role, those of the starter's department, or those above it", () => {
    expect(find({ type: "role", role: "director" })).toEqual(["ceo", "head", "south"]);
    expect(find({ type: "role", role: "buddy", within: "department" })).toEqual(["lead", "rep"]);
    expect(find({ type: "role", role: "director", within: "departmentTree" })).toEqual(["ceo", "head"]);
    expect(find({ type: "role", role: "director", within: "department" }, { starter: null })).toEqual([]);
  });

  it("finds the head of the starter's department, of one above, or of a named one", () => {
    expect(find({ type: "departmentHead" })).toEqual(["lead"]); // the head left: their manager
    expect(find({ type: "departmentHead", levelsUp: 1 })).toEqual(["head"]);
    expect(find({ type: "departmentHead", levelsUp: 9 })).toEqual([]);
    expect(find({ type: "departmentHead", department: "company" })).toEqual(["ceo"]);
    expect(find({ type: "departmentHead", department: "south" })).toEqual([]);
    expect(find({ type: "departmentHead", department: "round", levelsUp: 1 })).toEqual([]);
  });

  it("climbs the managers of the starter or the owner", () => {
    expect(find({ type: "manager" })).toEqual(["lead"]);
    expect(find({ type: "manager", levelsUp: 2 })).toEqual(["head"]);
    expect(find({ type: "manager", levelsUp: 9 })).toEqual([]);
    expect(find({ type: "manager", of: "owner" })).toEqual(["head"]);
    expect(find({ type: "manager", of: "owner" }, { owner: null })).toEqual([]);
  });

  it("reads member fields of the record and of what it refers to", () => {
    expect(find({ type: "memberField", field: "reviewer" })).toEqual(["head"]);
    expect(find({ type: "memberField", field: "watchers" })).toEqual(["rep", "lead"]);
    expect(find({ type: "memberField", field: "customer.owner" })).toEqual(["ceo"]);
    expect(find({ type: "memberField", field: "customer.owner.name" })).toEqual([]);
    expect(find({ type: "memberField", field: "constructor" })).toEqual([]);
  });

  it("adds several ways up", () => {
    expect(find([{ type: "manager" }, { type: "memberField", field: "watchers" }])).toEqual(["lead", "rep"]);
  });
});
