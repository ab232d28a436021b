import type {
  App,
  EntityDocument,
  EntityGrant,
  Form,
  ListView,
  LocalText,
  PublishedDefinition,
  Role,
  Scope,
} from "@formwright/model";
import { deriveKey } from "./derive-key.ts";

export interface NewEntityChoice {
  readonly label: LocalText;
  readonly key: string;
  readonly icon?: string;
  /** The app whose menu gets an entry: an existing one, or a new one of this name. */
  readonly app: { readonly key: string } | { readonly newLabel: LocalText };
  /** What each role may do; roles that are not named get nothing. */
  readonly grants: Readonly<Record<string, GrantLevel>>;
}

export type GrantLevel = "none" | "read" | "own" | "department" | "all";

const GRANTS = {
  none: {},
  read: { read: "all" },
  own: { create: "all", read: "own", update: "own", delete: "own", export: "own" },
  department: {
    create: "all",
    read: "departmentTree",
    update: "departmentTree",
    delete: "own",
    export: "departmentTree",
  },
  all: { create: "all", read: "all", update: "all", delete: "all", transfer: "all", export: "all", import: "all" },
} as const satisfies Record<GrantLevel, Partial<Record<string, Scope>>>;

/** What a level means as a grant. */
export function grantOf(level: GrantLevel): EntityGrant {
  return { actions: GRANTS[level] };
}

const NAME_LABEL: LocalText = { en: "Name", "zh-CN": "名称" };

function allOf(label: LocalText): LocalText {
  return {
    ...(label.en ? { en: `All: ${label.en}` } : {}),
    ...(label["zh-CN"] ? { "zh-CN": `全部${label["zh-CN"]}` } : {}),
  };
}

/**
 * Everything that makes a new entity usable the moment it is published: the entity with a name, a form for all
 * purposes, a list, an entry in an app's menu, and grants.
 *
 * @param existing the definitions of the draft as they stand
 * @returns the definitions to put into the draft, in an order in which each refers only to what was put before
 */
export function newEntityDefinitions(
  choice: NewEntityChoice,
  existing: readonly PublishedDefinition[],
): readonly PublishedDefinition[] {
  const keysOf = (kind: PublishedDefinition["kind"]) =>
    existing.filter((definition) => definition.kind === kind).map((definition) => definition.key);
  const entity: EntityDocument = {
    kind: "entity",
    key: choice.key,
    label: choice.label,
    ...(choice.icon ? { icon: choice.icon } : {}),
    titleField: "name",
    schema: {
      type: "object",
      required: ["name"],
      properties: { name: { "x-field": "text", "x-label": NAME_LABEL as { [locale: string]: string } } },
    },
    fieldOrder: ["name"],
  };
  const form: Form = {
    kind: "form",
    key: deriveKey(`${choice.key}_form`, keysOf("form")),
    label: choice.label,
    entity: choice.key,
    purposes: ["create", "edit", "detail"],
    sections: [{ key: "main", columns: 2, fields: [{ key: "name", field: "name" }] }],
  };
  const view: ListView = {
    kind: "view",
    key: deriveKey(`${choice.key}_list`, keysOf("view")),
    label: allOf(choice.label),
    entity: choice.key,
    type: "list",
    columns: [
      { key: "name", field: "name" },
      { key: "owner", field: "owner" },
      { key: "created_at", field: "created_at" },
    ],
    sort: [{ field: "created_at", direction: "desc" }],
  };
  const roles = existing
    .filter((definition): definition is Role => definition.kind === "role")
    .filter((role) => !role.admin && (choice.grants[role.key] ?? "none") !== "none")
    .map(
      (role): Role => ({
        ...role,
        entities: { ...role.entities, [choice.key]: grantOf(choice.grants[role.key] ?? "none") },
      }),
    );
  return [entity, form, view, appWithEntry(choice, view, existing), ...roles];
}

function appWithEntry(choice: NewEntityChoice, view: ListView, existing: readonly PublishedDefinition[]): App {
  const apps = existing.filter((definition): definition is App => definition.kind === "app");
  const wanted = choice.app;
  const known = "key" in wanted ? apps.find((app) => app.key === wanted.key) : undefined;
  if (!known) {
    const label = "newLabel" in wanted ? wanted.newLabel : choice.label;
    return {
      kind: "app",
      key: deriveKey(
        label.en ?? label["zh-CN"] ?? choice.key,
        apps.map((app) => app.key),
        "app",
      ),
      label,
      icon: choice.icon ?? "appstore",
      menu: [{ key: "main", entries: [menuEntry(choice, view, [])] }],
      roles: [],
    };
  }
  const taken = known.menu.flatMap((group) => group.entries.map((entry) => entry.key));
  const entry = menuEntry(choice, view, taken);
  const last = known.menu.length - 1;
  return {
    ...known,
    menu:
      last < 0
        ? [{ key: "main", entries: [entry] }]
        : known.menu.map((group, index) => (index === last ? { ...group, entries: [...group.entries, entry] } : group)),
  };
}

function menuEntry(choice: NewEntityChoice, view: ListView, taken: readonly string[]) {
  return {
    key: deriveKey(choice.key, taken, "entry"),
    type: "view" as const,
    view: view.key,
    label: choice.label,
    ...(choice.icon ? { icon: choice.icon } : {}),
  };
}
