import { type Finding, finding, pointerTo } from "../common/finding.ts";
import type { LocalText } from "../common/text.ts";
import type { ApproveStep, BranchStep, Step, StepType } from "./definition.ts";

const STEP_LABELS = {
  approve: { en: "Approve", "zh-CN": "审批" },
  branch: { en: "Branch", "zh-CN": "分支" },
  notify: { en: "Notify", "zh-CN": "通知" },
  setFields: { en: "Set fields", "zh-CN": "设置字段" },
  createRecord: { en: "Create a record", "zh-CN": "新建记录" },
  setRelated: { en: "Set fields of a related record", "zh-CN": "设置关联记录" },
} as const satisfies Record<StepType, LocalText>;

type Complete = { readonly [T in StepType]: (step: Extract<Step, { type: T }>) => Extract<Step, { type: T }> };

const COMPLETE: Complete = {
  approve: (step: ApproveStep): ApproveStep => ({
    ...step,
    mode: step.mode ?? "any",
    onNobody: step.onNobody ?? "toAdmin",
    onStarter: step.onStarter ?? "decide",
    allow: step.allow ?? [],
    requireComment: step.requireComment ?? [],
  }),
  branch: (step: BranchStep): BranchStep => ({
    ...step,
    paths: step.paths.map((path) => ({
      ...path,
      label: path.label ?? { en: "Path", "zh-CN": "路径" },
      steps: completeSteps(path.steps),
    })),
  }),
  notify: (step) => step,
  setFields: (step) => step,
  createRecord: (step) => step,
  setRelated: (step) => step,
};

/** The steps with what authors left out filled in, all the way down. */
export function completeSteps(steps: readonly Step[] | undefined): readonly Step[] {
  return (steps ?? []).map((step) => {
    const complete = COMPLETE[step.type] as (step: Step) => Step;
    return complete({ ...step, label: step.label ?? STEP_LABELS[step.type] });
  });
}

/**
 * What the schema of steps cannot say: keys that differ in the whole tree, a last path to take when no other holds,
 * and only those types of step that make sense at this place.
 */
export function checkSteps(steps: readonly Step[], pointer: string, allowed: ReadonlySet<StepType>): Finding[] {
  const seen = new Set<string>();
  const look = (list: readonly Step[], at: string): Finding[] =>
    list.flatMap((step, index) => {
      const here = pointerTo(at, index);
      const findings: Finding[] = [];
      if (seen.has(step.key)) findings.push(finding("duplicateKey", pointerTo(here, "key"), { key: step.key }));
      seen.add(step.key);
      if (!allowed.has(step.type)) findings.push(finding("stepNotHere", pointerTo(here, "type"), { type: step.type }));
      if (step.type === "branch") findings.push(...checkPaths(step, here), ...insidePaths(step, here, look));
      return findings;
    });
  return look(steps, pointer);
}

function insidePaths(step: BranchStep, at: string, look: (list: readonly Step[], at: string) => Finding[]): Finding[] {
  return step.paths.flatMap((path, index) => look(path.steps, pointerTo(at, "paths", index, "steps")));
}

function checkPaths({ paths }: BranchStep, pointer: string): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  paths.forEach((path, index) => {
    const at = pointerTo(pointer, "paths", index);
    if (seen.has(path.key)) findings.push(finding("duplicateKey", pointerTo(at, "key"), { key: path.key }));
    seen.add(path.key);
    const isLast = index === paths.length - 1;
    if (isLast && path.when !== undefined) findings.push(finding("branchNeedsLast", pointerTo(at, "when")));
    if (!isLast && path.when === undefined) findings.push(finding("branchTooEarly", at));
  });
  return findings;
}
