import type { EntityDocument, Form, FormSection, LocalText } from "@formwright/model";
import { addField, fieldKeys, moveField, replaceField, retireField } from "./edit-entity.ts";
import {
  addSection,
  changeSection,
  type FormPlace,
  movePlacedField,
  moveSection,
  placeField,
  placeOf,
  removeSection,
  renamePlaced,
  setSpan,
  takeOff,
} from "./edit-form.ts";
import { type FieldProperty, hasText, readProperty } from "./field-property.ts";

/** What the entity designer edits as one: an entity and all forms that show its fields. */
export interface EntityBundle {
  readonly entity: EntityDocument;
  readonly forms: readonly Form[];
}

/** Where something was dropped: in a section of the form on the canvas, or in the plain list when there is no form. */
export interface DropPlace extends FormPlace {
  /** The form on the canvas; null when the entity has none and the canvas shows the plain list of fields. */
  readonly form: string | null;
}

export type BundleEdit =
  | {
      readonly type: "addField";
      readonly field: FieldProperty;
      readonly place: DropPlace;
      readonly span?: 1 | 2 | 3 | 4;
    }
  | { readonly type: "moveField"; readonly key: string; readonly place: DropPlace }
  | { readonly type: "changeField"; readonly key: string; readonly field: FieldProperty }
  | { readonly type: "retireField"; readonly key: string }
  | { readonly type: "takeOff"; readonly key: string; readonly form: string }
  | { readonly type: "setSpan"; readonly key: string; readonly form: string; readonly span: 1 | 2 | 3 | 4 }
  | { readonly type: "changeEntity"; readonly change: Partial<Omit<EntityDocument, "kind" | "key" | "schema">> }
  | { readonly type: "addSection"; readonly form: string; readonly key: string; readonly label: LocalText }
  | {
      readonly type: "changeSection";
      readonly form: string;
      readonly key: string;
      readonly change: Partial<Omit<FormSection, "key" | "fields">>;
    }
  | { readonly type: "removeSection"; readonly form: string; readonly key: string }
  | { readonly type: "moveSection"; readonly form: string; readonly key: string; readonly by: -1 | 1 };

/** Texts that may be left out, and are once they are empty. */
function withoutEmptyTexts(entity: EntityDocument): EntityDocument {
  const { plural, description, ...rest } = entity;
  return { ...rest, ...(hasText(plural) ? { plural } : {}), ...(hasText(description) ? { description } : {}) };
}

type EditOf<T extends BundleEdit["type"]> = Extract<BundleEdit, { type: T }>;

function onForm(bundle: EntityBundle, key: string, change: (form: Form) => Form): EntityBundle {
  return { ...bundle, forms: bundle.forms.map((form) => (form.key === key ? change(form) : form)) };
}

function sectionOf(form: Form, place: DropPlace): FormPlace | null {
  const wanted = form.sections.find((section) => section.key === place.section);
  if (wanted) return { section: wanted.key, index: Math.min(place.index, wanted.fields.length) };
  const last = form.sections.at(-1);
  return last ? { section: last.key, index: last.fields.length } : null;
}

/**
 * Where a new field goes on a form other than the one on the canvas: after the same neighbour, else at the end of the
 * section of the same key, else at the end.
 */
function placeLike(form: Form, neighbour: string | undefined, place: DropPlace): FormPlace | null {
  const beside = neighbour === undefined ? null : placeOf(form, neighbour);
  if (beside) return { section: beside.section, index: beside.index + 1 };
  const twin = form.sections.find((section) => section.key === place.section) ?? form.sections.at(-1);
  return twin ? { section: twin.key, index: twin.fields.length } : null;
}

function withPlacedField(
  bundle: EntityBundle,
  key: string,
  place: DropPlace,
  span: 1 | 2 | 3 | 4 | undefined,
  everywhere: boolean,
): readonly Form[] {
  const canvas = bundle.forms.find((form) => form.key === place.form);
  const section = canvas?.sections.find((item) => item.key === place.section);
  const neighbour = section?.fields[place.index - 1]?.field;
  return bundle.forms.map((form) => {
    if (form !== canvas && !everywhere) return form;
    const at = form === canvas ? sectionOf(form, place) : placeLike(form, neighbour, place);
    return at ? placeField(form, key, at, span) : form;
  });
}

/** The field of the entity that follows the place on the canvas, so that the entity's own order goes along. */
function followerOf(bundle: EntityBundle, place: DropPlace): string | null {
  const canvas = bundle.forms.find((form) => form.key === place.form);
  if (!canvas) return fieldKeys(bundle.entity)[place.index] ?? null;
  const at = canvas.sections.findIndex((section) => section.key === place.section);
  const rest = canvas.sections
    .slice(Math.max(at, 0))
    .flatMap((section, index) => (index === 0 ? section.fields.slice(place.index) : section.fields));
  return rest[0]?.field ?? null;
}

const edits = {
  addField(bundle, { field, place, span }) {
    const follower = followerOf(bundle, place);
    const index = follower === null ? undefined : fieldKeys(bundle.entity).indexOf(follower);
    const entity = addField(bundle.entity, field, index === -1 ? undefined : index);
    return { entity, forms: withPlacedField(bundle, field.key, place, span, true) };
  },
  moveField(bundle, { key, place }) {
    const follower = followerOf(bundle, place);
    if (follower === key) return bundle;
    const canvas = bundle.forms.find((form) => form.key === place.form);
    const entity = moveField(bundle.entity, key, follower);
    if (!canvas) return { ...bundle, entity };
    if (!placeOf(canvas, key)) return { ...bundle, forms: withPlacedField(bundle, key, place, undefined, false) };
    const moved = movePlacedField(canvas, key, place);
    return moved === canvas ? bundle : { entity, forms: bundle.forms.map((form) => (form === canvas ? moved : form)) };
  },
  changeField(bundle, { key, field }) {
    const entity = replaceField(bundle.entity, key, field);
    const forms = key === field.key ? bundle.forms : bundle.forms.map((form) => renamePlaced(form, key, field.key));
    return { entity, forms };
  },
  retireField(bundle, { key }) {
    if (!readProperty(bundle.entity.schema, key)) return bundle;
    return { entity: retireField(bundle.entity, key), forms: bundle.forms.map((form) => takeOff(form, key)) };
  },
  takeOff: (bundle, { key, form }) => onForm(bundle, form, (item) => takeOff(item, key)),
  setSpan: (bundle, { key, form, span }) => onForm(bundle, form, (item) => setSpan(item, key, span)),
  changeEntity: (bundle, { change }) => ({ ...bundle, entity: withoutEmptyTexts({ ...bundle.entity, ...change }) }),
  addSection: (bundle, { form, key, label }) => onForm(bundle, form, (item) => addSection(item, key, label)),
  changeSection: (bundle, { form, key, change }) => onForm(bundle, form, (item) => changeSection(item, key, change)),
  removeSection: (bundle, { form, key }) => onForm(bundle, form, (item) => removeSection(item, key)),
  moveSection: (bundle, { form, key, by }) => onForm(bundle, form, (item) => moveSection(item, key, by)),
} satisfies { [T in BundleEdit["type"]]: (bundle: EntityBundle, edit: EditOf<T>) => EntityBundle };

/** The bundle after an edit: a new one, or the same when the edit changes nothing. */
export function editBundle(bundle: EntityBundle, edit: BundleEdit): EntityBundle {
  const apply = edits[edit.type] as (bundle: EntityBundle, edit: BundleEdit) => EntityBundle;
  return apply(bundle, edit);
}

/** The definitions of `after` that differ from `before`: what has to be saved to the draft, the entity first. */
export function changedDefinitions(before: EntityBundle, after: EntityBundle): readonly (EntityDocument | Form)[] {
  const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);
  const forms = after.forms.filter((form) => {
    const old = before.forms.find((item) => item.key === form.key);
    return !same(old, form);
  });
  return same(before.entity, after.entity) ? forms : [after.entity, ...forms];
}
