import type { EntityDocument, Form } from "@formwright/model";
import { describe, expect, it } from "vitest";
import { fieldKeys } from "./edit-entity.ts";
import { placeOf } from "./edit-form.ts";
import { changedDefinitions, type EntityBundle, editBundle } from "./entity-bundle.ts";
import { type FieldProperty, readFields, readProperty } from "./field-property.ts";

const entity: EntityDocument = {
  kind: "entity",
  key: "project",
  label: { en: "Project", "zh-CN": "项目" },
  titleField: "name",
  schema: {
    type: "object",
    required: ["name"],
    properties: {
      name: { type: "string", maxLength: 200, "x-field": "text", "x-label": { en: "Name" } },
      code: { type: "string", "x-field": "autonumber", "x-label": { en: "No." } },
      budget: {
        type: "number",
        minimum: 0,
        "x-field": "money",
        "x-label": { en: "Budget" },
        "x-options": { scale: 2 },
      },
    },
  },
  fieldOrder: ["code", "name", "budget"],
  unique: [["code"], ["code", "name"]],
  search: ["name", "budget"],
};

const formOf = (key: string, fields: string[]): Form => ({
  kind: "form",
  key,
  label: { en: key },
  entity: "project",
  purposes: ["edit"],
  sections: [
    { key: "main", columns: 2, fields: fields.map((field) => ({ key: field, field })) },
    { key: "more", columns: 1, fields: [] },
  ],
});

const bundle: EntityBundle = {
  entity,
  forms: [formOf("project_form", ["code", "name", "budget"]), formOf("project_short", ["name"])],
};

const dueDate: FieldProperty = {
  key: "due",
  kind: "date",
  label: { en: "Due" },
  options: {},
  required: true,
  readOnly: false,
  unique: false,
};
const at = (index: number, section = "main") => ({ form: "project_form", section, index });
const onMain = (state: EntityBundle, form = 0) => state.forms[form]?.sections[0]?.fields.map((item) => item.field);

describe("editing an entity with its forms", () => {
  it("puts a dropped field at the same place in the form and in the entity", () => {
    const next = editBundle(bundle, { type: "addField", field: dueDate, place: at(1) });
    expect(onMain(next)).toEqual(["code", "due", "name", "budget"]);
    expect(fieldKeys(next.entity)).toEqual(["code", "due", "name", "budget"]);
    expect(next.entity.schema.required).toEqual(["name", "due"]);
  });
  it("puts a new field on the other forms too, beside the same neighbour", () => {
    const next = editBundle(bundle, { type: "addField", field: dueDate, place: at(2) });
    expect(onMain(next, 1)).toEqual(["name", "due"]);
  });
  it("moves a field to where it was dropped, counting as seen while dragging", () => {
    expect(onMain(editBundle(bundle, { type: "moveField", key: "code", place: at(2) }))).toEqual([
      "name",
      "code",
      "budget",
    ]);
    expect(onMain(editBundle(bundle, { type: "moveField", key: "budget", place: at(0) }))).toEqual([
      "budget",
      "code",
      "name",
    ]);
    const moved = editBundle(bundle, { type: "moveField", key: "code", place: at(0, "more") });
    expect(placeOf(moved.forms[0] as Form, "code")).toEqual({ section: "more", index: 0 });
  });
  it("leaves everything as it is when a field is dropped on its own place", () => {
    expect(editBundle(bundle, { type: "moveField", key: "name", place: at(1) })).toBe(bundle);
    expect(editBundle(bundle, { type: "moveField", key: "name", place: at(2) })).toBe(bundle);
  });
  it("retires a field from the entity, its keys, its search and its forms", () => {
    const next = editBundle(bundle, { type: "retireField", key: "code" });
    expect(readFields(next.entity).map((field) => field.key)).toEqual(["name", "budget"]);
    expect(next.entity.unique).toEqual([]);
    expect(onMain(next)).toEqual(["name", "budget"]);
  });
  it("renames a field wherever the entity and its forms name it", () => {
    const name = readProperty(entity.schema, "name", entity.unique) as FieldProperty;
    const next = editBundle(bundle, { type: "changeField", key: "name", field: { ...name, key: "title" } });
    expect(next.entity.titleField).toBe("title");
    expect(next.entity.unique).toEqual([["code"], ["code", "title"]]);
    expect(next.entity.search).toEqual(["title", "budget"]);
    expect(next.forms.map((form) => placeOf(form, "title")?.index)).toEqual([1, 0]);
    expect(fieldKeys(next.entity)).toEqual(["code", "title", "budget"]);
  });
  it("drops keywords that a kind derives when the options change", () => {
    const budget = readProperty(entity.schema, "budget") as FieldProperty;
    const next = editBundle(bundle, {
      type: "changeField",
      key: "budget",
      field: { ...budget, options: { scale: 0 } },
    });
    expect((next.entity.schema.properties as Record<string, unknown>).budget).toEqual({
      "x-field": "money",
      "x-label": { en: "Budget" },
      "x-options": { scale: 0 },
    });
  });
  it("switches a unique key of one field on and off and keeps the joint ones", () => {
    const code = readProperty(entity.schema, "code", entity.unique) as FieldProperty;
    expect(code.unique).toBe(true);
    const off = editBundle(bundle, { type: "changeField", key: "code", field: { ...code, unique: false } });
    expect(off.entity.unique).toEqual([["code", "name"]]);
  });
  it("moves the fields of a removed section to its neighbour", () => {
    const next = editBundle(bundle, { type: "removeSection", form: "project_form", key: "main" });
    expect(next.forms[0]?.sections.map((section) => section.fields.length)).toEqual([3]);
  });
  it("orders the plain list of fields when the entity has no form", () => {
    const bare: EntityBundle = { entity, forms: [] };
    const place = { form: null, section: "", index: 0 };
    expect(fieldKeys(editBundle(bare, { type: "addField", field: dueDate, place }).entity)[0]).toBe("due");
    expect(fieldKeys(editBundle(bare, { type: "moveField", key: "budget", place }).entity)).toEqual([
      "budget",
      "code",
      "name",
    ]);
  });
  it("names only the definitions that changed, the entity first", () => {
    const next = editBundle(bundle, { type: "addField", field: dueDate, place: at(1) });
    expect(changedDefinitions(bundle, next).map((item) => item.key)).toEqual([
      "project",
      "project_form",
      "project_short",
    ]);
    const taken = editBundle(bundle, { type: "takeOff", key: "name", form: "project_short" });
    expect(changedDefinitions(bundle, taken).map((item) => item.key)).toEqual(["project_short"]);
    expect(changedDefinitions(bundle, bundle)).toEqual([]);
  });
});
