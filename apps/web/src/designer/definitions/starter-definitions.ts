import type { PublishedDefinition, PublishedKind } from "@formwright/model";

/** What a new definition of a kind begins with: the least that its schema asks for. */
export function starterDefinition(kind: PublishedKind, key: string, entity: string): PublishedDefinition {
  const label = { en: key };
  const starters = {
    entity: {
      kind: "entity",
      key,
      label,
      titleField: "name",
      schema: {
        type: "object",
        required: ["name"],
        properties: { name: { "x-field": "text", "x-label": { en: "Name", "zh-CN": "名称" } } },
      },
    },
    form: {
      kind: "form",
      key,
      label,
      entity,
      purposes: ["create", "edit", "detail"],
      sections: [{ key: "main", columns: 2, fields: [] }],
    },
    view: { kind: "view", key, label, entity, type: "list", columns: [{ key: "created_at", field: "created_at" }] },
    app: { kind: "app", key, label, menu: [{ key: "main", entries: [] }], roles: [] },
    flow: {
      kind: "flow",
      key,
      label,
      entity,
      field: "stage",
      start: "open",
      stages: [
        {
          key: "open",
          label: { en: "Open", "zh-CN": "进行中" },
          category: "open",
          criteria: [],
          required: [],
          checklist: [],
          onOverdue: [],
        },
        {
          key: "won",
          label: { en: "Done", "zh-CN": "完成" },
          category: "won",
          criteria: [],
          required: [],
          checklist: [],
          onOverdue: [],
        },
      ],
      transitions: [{ key: "finish", from: "open", to: "won", roles: [], ask: [] }],
    },
    approval: {
      kind: "approval",
      key,
      label,
      entity,
      start: { on: "manual", roles: [] },
      steps: [
        {
          key: "manager",
          type: "approve",
          label: { en: "Manager", "zh-CN": "上级审批" },
          who: [{ type: "manager" }],
          mode: "any",
          onNobody: "toAdmin",
          onStarter: "toManager",
          allow: ["return", "comment"],
          requireComment: ["reject"],
        },
      ],
      samePersonOnce: true,
      keepsRecordOpen: false,
      onStarted: [],
      onApproved: [],
      onRejected: [],
      onWithdrawn: [],
    },
    automation: {
      kind: "automation",
      key,
      label,
      enabled: true,
      trigger: { on: "created", entity },
      steps: [
        {
          key: "tell",
          type: "notify",
          label: { en: "Notify", "zh-CN": "通知" },
          who: [{ type: "memberField", field: "owner" }],
          title: { en: "New record", "zh-CN": "新记录" },
        },
      ],
    },
    role: { kind: "role", key, label, admin: false, entities: { [entity]: { actions: { read: "all" } } } },
  } as const satisfies Record<PublishedKind, PublishedDefinition>;
  return starters[kind];
}
