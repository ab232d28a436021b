import type { EntityDocument, Flow, JsonObject, PublishedDefinition, Role } from "@formwright/model";

const label = (en: string) => ({ en });

/** An entity document from its fields, with as little ceremony as a test deserves. */
export function entityOfFields(
  key: string,
  fields: { readonly [field: string]: JsonObject },
  more: Partial<EntityDocument> & { required?: readonly string[] } = {},
): EntityDocument {
  const { required = [], ...rest } = more;
  const properties = Object.fromEntries(
    Object.entries(fields).map(([field, schema]) => [field, { "x-label": label(field), ...schema }]),
  );
  return {
    kind: "entity",
    key,
    label: label(key),
    titleField: Object.keys(fields)[0] ?? "name",
    schema: { type: "object", required: [...required], properties },
    ...rest,
  };
}

/** A customer, deals with lines and a serial number, and a flow: enough to meet every part of the engine. */
export const CUSTOMER = entityOfFields(
  "customer",
  {
    name: { "x-field": "text", "x-options": { maxLength: 100 } },
    level: {
      "x-field": "select",
      "x-options": { choices: ["a", "b", "c"].map((value) => ({ value, label: label(value.toUpperCase()) })) },
    },
    phone: { "x-field": "phone" },
    credit: { "x-field": "money" },
  },
  { required: ["name"] },
);

export const DEAL = entityOfFields(
  "deal",
  {
    name: { "x-field": "text" },
    code: { "x-field": "autonumber", "x-options": { pattern: "D-{yyyy}{MM}-{000}" } },
    customer: { "x-field": "reference", "x-options": { entity: "customer" } },
    amount: { "x-field": "money" },
    rate: { "x-field": "percent" },
    weighted: {
      "x-field": "formula",
      "x-options": { rule: { "/": [{ "*": [{ var: "amount" }, { var: "rate" }] }, 100] }, result: "money" },
    },
    close_on: { "x-field": "date" },
    called_at: { "x-field": "datetime" },
    urgent: { "x-field": "boolean" },
    tags: { "x-field": "tags" },
    helper: { "x-field": "member" },
    stage: { "x-field": "stage", "x-options": { flow: "sales" } },
    items: {
      "x-field": "subform",
      items: {
        type: "object",
        required: ["product"],
        properties: {
          product: { "x-field": "text", "x-label": label("Product") },
          quantity: { "x-field": "number", "x-label": label("Quantity") },
          price: { "x-field": "money", "x-label": label("Price") },
        },
      },
    },
  },
  { required: ["name"] },
);

export const SALES_FLOW: Flow = {
  kind: "flow",
  key: "sales",
  label: label("Sales"),
  entity: "deal",
  field: "stage",
  start: "open",
  stages: [
    { key: "open", label: label("Open"), category: "open", criteria: [], required: [], checklist: [], onOverdue: [] },
    {
      key: "quoted",
      label: label("Quoted"),
      category: "open",
      criteria: [],
      required: [],
      checklist: [],
      onOverdue: [],
    },
    { key: "won", label: label("Won"), category: "won", criteria: [], required: [], checklist: [], onOverdue: [] },
  ],
  transitions: [
    { key: "quote", from: "open", to: "quoted", roles: [], ask: [] },
    { key: "win", from: "quoted", to: "won", roles: [], ask: [] },
  ],
};

export const SELLER: Role = {
  kind: "role",
  key: "seller",
  label: label("Seller"),
  admin: false,
  entities: {
    customer: {
      actions: { create: "all", read: "all", update: "own" },
      fields: { credit: "hidden", level: "readOnly" },
    },
    deal: {
      actions: { create: "all", read: "own", update: "own", delete: "own" },
      fields: { rate: "hidden", weighted: "hidden" },
    },
  },
};

export const MANAGER: Role = {
  kind: "role",
  key: "manager",
  label: label("Manager"),
  admin: false,
  entities: {
    customer: { actions: { create: "all", read: "all", update: "all", delete: "all" } },
    deal: {
      actions: {
        create: "all",
        read: "departmentTree",
        update: "departmentTree",
        delete: "departmentTree",
        transfer: "departmentTree",
      },
    },
  },
};

export const SALES: readonly PublishedDefinition[] = [CUSTOMER, DEAL, SALES_FLOW, SELLER, MANAGER];
