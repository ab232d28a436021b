import type { Step } from "@formwright/model";
import type { Rule, RuleData, RuleEnvironment, RuleScope, RuleValue } from "@formwright/rules";
import { evaluate } from "@formwright/rules";
import type { PeopleContext } from "../assignees/index.ts";
import { findPeople } from "../assignees/index.ts";
import type { Organisation } from "../organisation.ts";
import type { Effect, FieldValues } from "./effect.ts";
import { applyEntry } from "./replay.ts";
import type { ApprovalState, ClosedWhy, Fact, LogEntry, TaskOfStep, TaskPurpose } from "./state.ts";

/** What a decision may know beside definition, state and event. All of it comes in; nothing is looked up. */
export interface DecideContext {
  readonly organisation: Organisation;
  /** The record: values by field key, system fields included, referenced records nested where rules walk. */
  readonly record: RuleData;
  readonly environment: RuleEnvironment;
  /** The types of the record's variables: rules then read values exactly as SQL does. */
  readonly scope?: RuleScope;
  /** Gives the same ids in the same order for the same event, so that deciding again gives equal effects. */
  newId(): string;
  /** Computes the fields that depend on others, after a step set some. */
  derive?(record: RuleData): RuleData;
}

/** How far a step got. */
export type Entered =
  | { readonly go: "next" }
  | { readonly go: "wait" }
  | { readonly go: "into"; readonly steps: readonly Step[] };

/**
 * One decision while it is being made: collects facts and effects, and the record as the steps so far left it.
 * Lives inside one call of a pure function; never leaves it.
 */
export class Run {
  readonly context: DecideContext;
  readonly actor: string | null;
  readonly #samePersonOnce: boolean;
  readonly log: LogEntry[] = [];
  readonly effects: Effect[] = [];
  #state: ApprovalState | null;
  #record: RuleData;
  /** For runs without an instance (automations): entries still get numbers. */
  #entries: number;

  constructor(context: DecideContext, state: ApprovalState | null, actor: string | null, samePersonOnce = false) {
    this.context = context;
    this.actor = actor;
    this.#samePersonOnce = samePersonOnce;
    this.#state = state;
    this.#record = context.record;
    this.#entries = state?.entries ?? 0;
  }

  /** @throws Error when there is no instance: steps for people cannot run in an automation */
  get state(): ApprovalState {
    if (!this.#state) throw new Error("this step needs an approval instance");
    return this.#state;
  }

  get record(): RuleData {
    return this.#record;
  }

  get isInstance(): boolean {
    return this.#state !== null;
  }

  note(fact: Fact): void {
    const entry = { ...fact, seq: this.#entries++, at: this.context.environment.now, actor: this.actor } as LogEntry;
    this.log.push(entry);
    if (this.#state || fact.kind === "started") this.#state = applyEntry(this.#state, entry);
  }

  emit(effect: Effect): void {
    this.effects.push(effect);
  }

  newId(): string {
    return this.context.newId();
  }

  /** People who need not be asked again in this round. */
  get skipsPeople(): readonly string[] {
    return this.#samePersonOnce ? this.state.approvedBy : [];
  }

  openTask(step: string, purpose: TaskPurpose, assignee: string | null): void {
    const id = this.newId();
    this.note({ kind: "asked", step, task: id, purpose, assignee });
    this.emit({ do: "openTask", id, step, purpose, assignee, round: this.state.round });
  }

  closeTask(task: TaskOfStep, why: ClosedWhy): void {
    this.note({ kind: "closed", step: task.step, task: task.id, why });
    this.emit({ do: "closeTask", id: task.id, result: { is: "closed", why } });
  }

  holds(rule: Rule | undefined): boolean {
    return rule === undefined || this.#evaluate(rule) === true;
  }

  #evaluate(rule: Rule): RuleValue {
    return evaluate(rule, this.#record, this.context.environment, this.context.scope);
  }

  values(set: { readonly [field: string]: Rule }): FieldValues {
    const entries = Object.entries(set).map(([field, rule]): [string, RuleValue] => [field, this.#evaluate(rule)]);
    return Object.fromEntries(entries);
  }

  /** The steps that follow see these values. */
  overlay(values: FieldValues): void {
    const next = { ...this.#record, ...values };
    this.#record = this.context.derive ? this.context.derive(next) : next;
  }

  get people(): PeopleContext {
    const owner = this.#record.owner;
    const ownerId = typeof owner === "string" ? owner : null;
    const starter = this.#state ? this.#state.starter : ownerId;
    return { organisation: this.context.organisation, starter, owner: ownerId, record: this.#record };
  }

  find(who: Parameters<typeof findPeople>[0]): readonly string[] {
    return findPeople(who, this.people);
  }
}
