import type { RuleData } from "@formwright/rules";
import type { Organisation } from "../organisation.ts";

/** What finding people may look at. */
export interface PeopleContext {
  readonly organisation: Organisation;
  /** Who started the approval; for automations the record's owner. */
  readonly starter: string | null;
  /** The record's owner. */
  readonly owner: string | null;
  readonly record: RuleData;
}

/** One way to find people: gives ids in the order in which they are asked, leavers and repetitions included. */
export type FindPeople<A> = (assignee: A, context: PeopleContext) => readonly string[];
