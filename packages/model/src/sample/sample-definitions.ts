import type { JsonObject } from "../common/json.ts";
import type { PublishedDefinition } from "../definition.ts";
import { SYSTEM_ENTITIES } from "../entity/system-entities.ts";

const LABEL = { en: "Label", "zh-CN": "名称" };

/** A field as an author writes it: its kind and options alone. */
export function field(kind: string, options: JsonObject = {}, more: JsonObject = {}): JsonObject {
  return { "x-field": kind, "x-options": options, ...more };
}

const PROJECT = {
  kind: "entity",
  key: "project",
  label: { en: "Project", "zh-CN": "项目" },
  titleField: "name",
  schema: {
    type: "object",
    required: ["name"],
    properties: {
      name: field("text"),
      budget: field("number"),
      due: field("date"),
      lead: field("member"),
      parent: field("reference", { entity: "project" }),
      size: field("select", { choices: [{ value: "small" }, { value: "large" }] }),
      stage: field("stage", { flow: "delivery" }),
      half: field("formula", { rule: { "/": [{ var: "budget" }, 2] } }),
      lines: {
        "x-field": "subform",
        items: {
          type: "object",
          required: ["what"],
          properties: { what: field("text"), cost: field("number") },
        },
      },
    },
  },
};

const WORK = {
  kind: "flow",
  key: "delivery",
  label: LABEL,
  entity: "project",
  field: "stage",
  stages: [
    {
      key: "open",
      label: LABEL,
      criteria: [{ key: "has_budget", label: LABEL, rule: { ">": [{ var: "budget" }, 0] } }],
      required: ["lead"],
    },
    { key: "done", label: LABEL, category: "won" },
  ],
  transitions: [{ from: "open", to: "done", ask: ["due"], approval: "finish", roles: ["worker"] }],
};

const FINISH = {
  kind: "approval",
  key: "finish",
  label: LABEL,
  entity: "project",
  start: { on: "transition" },
  steps: [
    {
      key: "large",
      type: "branch",
      paths: [
        {
          key: "much",
          when: { ">": [{ var: "budget" }, 1000] },
          steps: [{ key: "boss", type: "approve", who: [{ type: "memberField", field: "lead.manager" }] }],
        },
        { key: "little", steps: [{ key: "lead", type: "approve", who: [{ type: "role", role: "worker" }] }] },
      ],
    },
  ],
  onApproved: [{ key: "note", type: "setFields", set: { due: { today: [] } } }],
};

const FORM = {
  kind: "form",
  key: "project",
  label: LABEL,
  entity: "project",
  sections: [
    { key: "main", fields: [{ field: "name" }, { field: "budget", show: { "==": [{ var: "size" }, "large"] } }] },
  ],
  related: [{ key: "parts", entity: "project", field: "parent", columns: ["name", "lead.name"] }],
};

const LIST = {
  kind: "view",
  key: "projects",
  label: LABEL,
  entity: "project",
  type: "list",
  filter: { "==": [{ var: "lead" }, { me: [] }] },
  sort: [{ field: "due" }],
  columns: [{ field: "name" }, { field: "parent.name" }],
};

const BOARD = {
  kind: "view",
  key: "board",
  label: LABEL,
  entity: "project",
  type: "kanban",
  groupBy: "stage",
  card: ["lead"],
  sum: "budget",
};

const APP = {
  kind: "app",
  key: "delivery",
  label: LABEL,
  menu: [{ key: "main", entries: [{ key: "list", type: "view", view: "projects" }] }],
  roles: ["worker"],
};

const WORKER = {
  kind: "role",
  key: "worker",
  label: LABEL,
  entities: { project: { actions: { read: "all", update: "own" }, fields: { budget: "readOnly" } } },
};

const REMIND = {
  kind: "automation",
  key: "remind",
  label: LABEL,
  trigger: { on: "date", entity: "project", field: "due", offset: "-P1D", at: "09:00" },
  steps: [{ key: "tell", type: "notify", who: [{ type: "memberField", field: "lead" }], title: { en: "Soon due" } }],
};

/** A small workspace that uses every kind of definition, as its author wrote it. */
export const SAMPLE_DEFINITIONS = [
  ...SYSTEM_ENTITIES,
  PROJECT,
  WORK,
  FINISH,
  FORM,
  LIST,
  BOARD,
  APP,
  WORKER,
  REMIND,
] as unknown as readonly PublishedDefinition[];

/** The sample with one definition changed; the change gets a copy to write on. */
// biome-ignore lint/suspicious/noExplicitAny: tests break documents in ways that their types forbid.
export function sampleWith(kind: string, key: string, change: (document: any) => void): PublishedDefinition[] {
  const copies = structuredClone(SAMPLE_DEFINITIONS) as PublishedDefinition[];
  const wanted = copies.find((one) => one.kind === kind && one.key === key);
  if (!wanted) throw new Error(`no ${kind} ${key}`);
  change(wanted);
  return copies;
}
