import type { Form, FormField, FormSection, LocalText } from "@formwright/model";
import { hasText } from "./field-property.ts";

export interface FormPlace {
  readonly section: string;
  /** Position among the section's fields. */
  readonly index: number;
}

function mapSections(form: Form, change: (section: FormSection) => FormSection): Form {
  return { ...form, sections: form.sections.map(change) };
}

/** Where a field stands on a form; null when it is not on it. */
export function placeOf(form: Form, field: string): FormPlace | null {
  for (const section of form.sections) {
    const index = section.fields.findIndex((item) => item.field === field);
    if (index >= 0) return { section: section.key, index };
  }
  return null;
}

function insertItem(form: Form, item: FormField, place: FormPlace): Form {
  return mapSections(form, (section) =>
    section.key === place.section
      ? {
          ...section,
          fields: [...section.fields.slice(0, place.index), item, ...section.fields.slice(place.index)],
        }
      : section,
  );
}

/** Puts a field on the form; one that is on it already stays where it is. */
export function placeField(form: Form, field: string, place: FormPlace, span?: FormField["span"]): Form {
  if (placeOf(form, field)) return form;
  return insertItem(form, { key: field, field, ...(span && span > 1 ? { span } : {}) }, place);
}

/** Moves a field to a place counted with the field still in its old one, as a person sees it while dragging. */
export function movePlacedField(form: Form, field: string, place: FormPlace): Form {
  const from = placeOf(form, field);
  const item = form.sections.flatMap((section) => section.fields).find((entry) => entry.field === field);
  if (!from || !item) return form;
  const sameSection = from.section === place.section;
  const index = sameSection && from.index < place.index ? place.index - 1 : place.index;
  if (sameSection && index === from.index) return form;
  return insertItem(takeOff(form, field), item, { section: place.section, index });
}

export function takeOff(form: Form, field: string): Form {
  if (!placeOf(form, field)) return form;
  return mapSections(form, (section) => ({
    ...section,
    fields: section.fields.filter((item) => item.field !== field),
  }));
}

export function renamePlaced(form: Form, from: string, to: string): Form {
  if (!placeOf(form, from)) return form;
  return mapSections(form, (section) => ({
    ...section,
    fields: section.fields.map((item) =>
      item.field === from ? { ...item, field: to, key: item.key === from ? to : item.key } : item,
    ),
  }));
}

export function setSpan(form: Form, field: string, span: 1 | 2 | 3 | 4): Form {
  return mapSections(form, (section) => ({
    ...section,
    fields: section.fields.map((item) => {
      if (item.field !== field) return item;
      const { span: _old, ...rest } = item;
      return span > 1 ? { ...rest, span } : rest;
    }),
  }));
}

export function addSection(form: Form, key: string, label: LocalText): Form {
  return { ...form, sections: [...form.sections, { key, label, columns: 2, fields: [] }] };
}

export function changeSection(form: Form, key: string, change: Partial<Omit<FormSection, "key" | "fields">>): Form {
  return mapSections(form, (section) => {
    if (section.key !== key) return section;
    const { label, ...rest } = { ...section, ...change };
    return hasText(label) ? { ...rest, label } : rest;
  });
}

/** Takes a section away; its fields move to the end of the one before it, or to the start of the next. */
export function removeSection(form: Form, key: string): Form {
  const at = form.sections.findIndex((section) => section.key === key);
  const gone = form.sections[at];
  if (!gone || form.sections.length < 2) return form;
  const heirAt = at > 0 ? at - 1 : 1;
  const sections = form.sections
    .map((section, index) =>
      index === heirAt
        ? {
            ...section,
            fields: at > 0 ? [...section.fields, ...gone.fields] : [...gone.fields, ...section.fields],
          }
        : section,
    )
    .filter((_, index) => index !== at);
  return { ...form, sections };
}

export function moveSection(form: Form, key: string, by: -1 | 1): Form {
  const at = form.sections.findIndex((section) => section.key === key);
  const to = at + by;
  const moved = form.sections[at];
  if (!moved || to < 0 || to >= form.sections.length) return form;
  const sections = form.sections.filter((section) => section.key !== key);
  sections.splice(to, 0, moved);
  return { ...form, sections };
}
