import type { App } from "./app/definition.ts";
import type { Approval } from "./approval/definition.ts";
import type { Automation } from "./automation/definition.ts";
import type { Entity, EntityDocument } from "./entity/definition.ts";
import type { FieldKindRegistry } from "./field-kind.ts";
import type { Flow } from "./flow/definition.ts";
import type { Form } from "./form/definition.ts";
import type { Role } from "./role/definition.ts";
import type { Template } from "./template/definition.ts";
import type { View } from "./view/definition.ts";

export type DefinitionKind =
  | "app"
  | "entity"
  | "form"
  | "view"
  | "flow"
  | "approval"
  | "automation"
  | "role"
  | "template";

/** The kinds that live in a workspace's releases (a template is installed, not published). */
export type PublishedKind = Exclude<DefinitionKind, "template">;
export const PUBLISHED_KINDS: readonly PublishedKind[] = [
  "entity",
  "flow",
  "form",
  "view",
  "app",
  "role",
  "approval",
  "automation",
];

/** A definition as stored and sent. Only entities have a parsed form of their own ({@link Entity}). */
export type Definition = App | EntityDocument | Form | View | Flow | Approval | Automation | Role | Template;
export type PublishedDefinition = Exclude<Definition, Template>;

/** Everything that is live in a workspace at one release: parsed, checked, frozen. */
export interface Model {
  readonly release: number;
  /** The field kinds that its entities were parsed with. */
  readonly kinds: FieldKindRegistry;
  readonly entities: ReadonlyMap<string, Entity>;
  readonly forms: ReadonlyMap<string, Form>;
  readonly views: ReadonlyMap<string, View>;
  readonly apps: ReadonlyMap<string, App>;
  readonly flows: ReadonlyMap<string, Flow>;
  readonly approvals: ReadonlyMap<string, Approval>;
  readonly automations: ReadonlyMap<string, Automation>;
  readonly roles: ReadonlyMap<string, Role>;
}
