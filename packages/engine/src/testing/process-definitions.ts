import type { Approval, ApproveStep, Automation, Flow, Role, Step } from "@formwright/model";
import { CUSTOMER, DEAL } from "./sales-definitions.ts";

const label = (en: string) => ({ en, "zh-CN": en });

export function approveStep(key: string, more: Partial<ApproveStep>): ApproveStep {
  return {
    type: "approve",
    key,
    label: label(key),
    who: [{ type: "role", role: "boss" }],
    mode: "any",
    onNobody: "block",
    onStarter: "decide",
    allow: ["return", "comment"],
    requireComment: ["reject"],
    ...more,
  };
}

/** The manager always; above 20 %, two directors as well, both. */
export const DISCOUNT: Approval = {
  kind: "approval",
  key: "discount",
  label: label("Discount"),
  entity: "deal",
  start: { on: "transition" },
  samePersonOnce: false,
  keepsRecordOpen: false,
  steps: [
    approveStep("manager", { who: [{ type: "manager", of: "starter" }] }),
    {
      type: "branch",
      key: "size",
      label: label("Size"),
      paths: [
        {
          key: "large",
          label: label("Large"),
          when: { ">": [{ var: "rate" }, 20] },
          steps: [approveStep("directors", { who: [{ type: "role", role: "director" }], mode: "all" })],
        },
        { key: "small", label: label("Small"), steps: [] },
      ],
    },
    { type: "setFields", key: "mark", label: label("Mark"), set: { urgent: true } },
  ],
  onStarted: [],
  onApproved: [
    {
      type: "notify",
      key: "tell",
      label: label("Tell"),
      who: [{ type: "memberField", field: "owner" }],
      title: { en: "Discount of {rate} for {name}", "zh-CN": "{name} 折扣 {rate}" },
    },
  ],
  onRejected: [],
  onWithdrawn: [],
};

export const FLOW: Flow = {
  kind: "flow",
  key: "sales",
  label: label("Sales"),
  entity: "deal",
  field: "stage",
  start: "open",
  stages: [
    {
      key: "open",
      label: label("Open"),
      category: "open",
      criteria: [{ key: "big", label: label("Worth it"), rule: { ">": [{ var: "amount" }, 0] } }],
      required: ["customer"],
      checklist: [{ key: "call", label: label("First call"), within: "PT48H", required: true }],
      limit: "P7D",
      onOverdue: ["remindOwner", "remindManager"],
    },
    {
      key: "quoted",
      label: label("Quoted"),
      category: "open",
      criteria: [],
      required: [],
      checklist: [],
      onOverdue: [],
    },
    {
      key: "won",
      label: label("Won"),
      category: "won",
      criteria: [],
      required: ["close_on"],
      checklist: [],
      onOverdue: [],
    },
    { key: "lost", label: label("Lost"), category: "lost", criteria: [], required: [], checklist: [], onOverdue: [] },
  ],
  transitions: [
    {
      key: "quote_approved",
      from: "open",
      to: "quoted",
      roles: [],
      ask: ["rate"],
      when: { ">": [{ var: "rate" }, 10] },
      approval: "discount",
    },
    { key: "quote", from: "open", to: "quoted", roles: [], ask: [] },
    { key: "win", from: "quoted", to: "won", roles: [], ask: [] },
    { key: "lose", from: "*", to: "lost", roles: [], ask: [], requireComment: true },
  ],
};

const everything = { create: "all", read: "all", update: "all", delete: "all", transfer: "all" } as const;
const ENTITIES = { deal: { actions: everything }, customer: { actions: everything } };

const role = (key: string, entities: Role["entities"]): Role => {
  return { kind: "role", key, label: label(key), admin: false, entities };
};

/** A guest sees nothing. */
export const ROLES: readonly Role[] = [
  ...["seller", "boss", "director"].map((key) => role(key, ENTITIES)),
  role("guest", {}),
];

export const PROCESS_DEFINITIONS = [CUSTOMER, DEAL, FLOW, DISCOUNT, ...ROLES];

export function automation(
  key: string,
  trigger: Automation["trigger"],
  steps: readonly Step[],
  more: Partial<Automation> = {},
): Automation {
  return { kind: "automation", key, label: label(key), enabled: true, trigger, steps, ...more };
}

export function tellOwner(key: string, title: string): Step {
  return {
    type: "notify",
    key,
    label: label(key),
    who: [{ type: "memberField", field: "owner" }],
    title: label(title),
    channels: ["inbox", "email"],
  };
}
