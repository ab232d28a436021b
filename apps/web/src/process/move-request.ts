import type { Flow, LocalText } from "@formwright/model";
import type { ApiProblem, ProblemError } from "../api/problem.ts";
import type { RecordJson } from "../api/wire.ts";
import type { StageMove } from "./stage-status.ts";

/** A move that somebody wants; `problem` when it was tried and refused. */
export interface WantedMove {
  readonly to: string;
  readonly problem?: ApiProblem;
}

/** What the dialog of a move shows. */
export interface MoveNeeds {
  /** Fields to fill in, in order. */
  readonly fields: readonly string[];
  /** Those that must not stay empty. */
  readonly asked: readonly string[];
  /** What is missing and no field alone can mend. */
  readonly remarks: readonly LocalText[];
  /** Items of the checklist that have to be ticked first. */
  readonly ticks: readonly { readonly key: string; readonly label: LocalText }[];
  readonly requireComment: boolean;
  readonly approval: string | null;
}

const NOTHING_ASKED: readonly string[] = [];

/** Brings together what the flow asks for, what the server says is missing, and what it refused. */
export function wantedBy(
  flow: Flow,
  record: RecordJson,
  to: string,
  move: StageMove | undefined,
  problem: ApiProblem | null,
): MoveNeeds {
  const from = record.values[flow.field];
  const transition = flow.transitions.find((one) => one.to === to && (one.from === from || one.from === "*"));
  const asked = move?.ask ?? transition?.ask ?? NOTHING_ASKED;
  const missing = move?.missing ?? [];
  const missingFields = missing.flatMap((one) => one.fields);
  const refusedFields = (problem?.errors ?? []).flatMap(fieldsNamedBy);
  const needed = missing.filter((one) => one.kind === "field").flatMap((one) => one.fields);
  return {
    fields: [...new Set([...asked, ...missingFields, ...refusedFields])].filter((field) => field !== flow.field),
    asked: needed.length === 0 ? asked : [...asked, ...needed],
    remarks: missing.filter((one) => one.kind === "criterion").map((one) => one.message),
    ticks: missing.filter((one) => one.kind === "checklist").map(({ key, label }) => ({ key, label })),
    requireComment: move?.requireComment ?? transition?.requireComment ?? false,
    approval: move === undefined ? (transition?.approval ?? null) : move.needsApproval,
  };
}

/** The fields that a finding is about: those it lists, else the one its pointer names. */
export function fieldsNamedBy(error: ProblemError): readonly string[] {
  const listed = error.params?.fields;
  if (Array.isArray(listed)) return listed.filter((field): field is string => typeof field === "string");
  const match = /^\/values\/([a-z][a-z0-9_]*)/.exec(error.pointer);
  return match?.[1] === undefined ? [] : [match[1]];
}
