import {
  type App,
  type Entity,
  type EntityDocument,
  type Field,
  type JsonObject,
  type Model,
  type PublishedDefinition,
  printEntity,
  type Role,
} from "@formwright/model";
import type { Context } from "../context.ts";
import { accessOf, isGranted, isUnlimited } from "./compile-access.ts";

/**
 * What the caller may know of the published definitions: all of it for admins; for others the entities they can read
 * without the fields hidden from them, what is drawn over these entities, and their own roles.
 */
export function visibleDefinitions(ctx: Context): readonly PublishedDefinition[] {
  const { model } = ctx;
  if (isUnlimited(ctx)) return allDefinitions(model);
  const entities = [...model.entities.values()].filter((entity) => mayKnow(ctx, entity));
  const isVisible = new Set(entities.map(({ key }) => key));
  const roles = new Set(ctx.actor.kind === "member" ? ctx.actor.member.roles : []);
  const over = <T extends { readonly entity: string }>(definitions: ReadonlyMap<string, T>): T[] =>
    [...definitions.values()].filter(({ entity }) => isVisible.has(entity));
  return [
    ...entities.map((entity) => withoutHidden(ctx, entity)),
    ...over(model.forms),
    ...over(model.views),
    ...over(model.flows),
    ...over(model.approvals),
    ...[...model.apps.values()].filter((app) => mayEnter(app, roles)),
    ...[...model.roles.values()].filter(({ key }) => roles.has(key)).map((role) => withoutSecrets(role, isVisible)),
  ] as readonly PublishedDefinition[];
}

/** What a role lets read, and what anybody may be asked to decide about. */
function mayKnow(ctx: Context, entity: Entity): boolean {
  if (isGranted(ctx, entity, "read")) return true;
  return [...ctx.model.approvals.values()].some((approval) => approval.entity === entity.key);
}

function allDefinitions(model: Model): readonly PublishedDefinition[] {
  const { entities, forms, views, flows, apps, approvals, automations, roles } = model;
  const others = [forms, views, flows, apps, approvals, automations, roles].flatMap((kind): PublishedDefinition[] => [
    ...(kind as ReadonlyMap<string, PublishedDefinition>).values(),
  ]);
  return [...[...entities.values()].map(printEntity), ...others];
}

function mayEnter(app: App, roles: ReadonlySet<string>): boolean {
  return !app.roles || app.roles.length === 0 || app.roles.some((role) => roles.has(role));
}

function withoutHidden(ctx: Context, entity: Entity): EntityDocument {
  const access = accessOf(ctx, entity);
  const isHidden = (key: string) => access.field(key) === "hidden";
  const document = printEntity(entity);
  if (!entity.fields.some((field: Field) => isHidden(field.key))) return document;
  const schema = document.schema as JsonObject & { properties?: JsonObject; required?: readonly string[] };
  const properties = Object.entries(schema.properties ?? {}).filter(([key]) => !isHidden(key));
  return {
    ...document,
    schema: {
      ...schema,
      properties: Object.fromEntries(properties),
      ...(schema.required && { required: schema.required.filter((key) => !isHidden(key)) }),
    },
    ...(document.fieldOrder && { fieldOrder: document.fieldOrder.filter((key) => !isHidden(key)) }),
    ...(document.unique && { unique: document.unique.filter((keys) => !keys.some(isHidden)) }),
    ...(document.search && { search: document.search.filter((key) => !isHidden(key)) }),
    ...(document.duplicates && { duplicates: document.duplicates.filter(({ fields }) => !fields.some(isHidden)) }),
  };
}

/** A role as those who have it may read it: a field that it hides is not named. */
function withoutSecrets(role: Role, isVisible: ReadonlySet<string>): Role {
  const entities = Object.entries(role.entities).flatMap(([key, grant]) => {
    if (!isVisible.has(key)) return [];
    const fields = Object.entries(grant.fields ?? {}).filter(([, access]) => access !== "hidden");
    return [[key, { ...grant, ...(grant.fields && { fields: Object.fromEntries(fields) }) }]];
  });
  return { ...role, entities: Object.fromEntries(entities) };
}
