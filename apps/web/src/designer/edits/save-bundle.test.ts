import { FIELD_KINDS } from "@formwright/fields/model";
import type { EntityDocument, Form, PublishedDefinition } from "@formwright/model";
import { describe, expect, it } from "vitest";
import { ApiProblem } from "../../api/problem.ts";
import { type EntityBundle, editBundle } from "./entity-bundle.ts";
import { newField } from "./new-field.ts";
import { saveBundle } from "./save-bundle.ts";

const entity: EntityDocument = {
  kind: "entity",
  key: "project",
  label: { en: "Project" },
  titleField: "name",
  schema: { type: "object", required: ["name"], properties: { name: { "x-field": "text" } } },
};
const form: Form = {
  kind: "form",
  key: "project_form",
  label: { en: "Project" },
  entity: "project",
  purposes: ["edit"],
  sections: [{ key: "main", columns: 2, fields: [{ key: "name", field: "name" }] }],
};
const before: EntityBundle = { entity, forms: [form] };
const withField = (kind: keyof typeof FIELD_KINDS) =>
  editBundle(before, {
    type: "addField",
    field: newField(FIELD_KINDS[kind], ["name"]),
    place: { form: "project_form", section: "main", index: 1 },
  });

/** A draft that remembers what was put, and answers as told. */
function draft(answer: (definition: PublishedDefinition) => Error | null = () => null) {
  const put: string[] = [];
  return {
    put,
    accept: async (definition: PublishedDefinition) => {
      const refusal = answer(definition);
      if (refusal) throw refusal;
      put.push(`${definition.kind}/${definition.key}`);
      return { findings: [] };
    },
  };
}

describe("saving to the draft", () => {
  it("puts the entity before the forms that show its new field", async () => {
    const { accept, put } = draft();
    const after = withField("date");
    const result = await saveBundle(accept, before, after);
    expect(put).toEqual(["entity/project", "form/project_form"]);
    expect(result).toMatchObject({ outcome: "saved", saved: after });
  });
  it("saves every kind of field as it comes from the palette, but for those that have to be told something", async () => {
    const untold = new Set(["reference", "stage", "formula"]);
    for (const kind of Object.keys(FIELD_KINDS) as (keyof typeof FIELD_KINDS)[]) {
      const { outcome } = await saveBundle(draft().accept, before, withField(kind));
      expect([kind, outcome]).toEqual([kind, untold.has(kind) ? "refused" : "saved"]);
    }
  });
  it("sends nothing that is not well-formed, and says what is missing at its place", async () => {
    const { accept, put } = draft();
    const result = await saveBundle(accept, before, withField("reference"));
    expect(put).toEqual([]);
    expect(result.findings["entity/project"]?.map((finding) => finding.pointer)).toEqual([
      "/schema/properties/reference/x-options/entity",
    ]);
  });
  it("stops at what the server refuses and keeps what was saved before it", async () => {
    const refusal = new ApiProblem(422, { errors: [{ pointer: "/sections", code: "x", message: "no" }] });
    const { accept } = draft((definition) => (definition.kind === "form" ? refusal : null));
    const after = withField("date");
    const result = await saveBundle(accept, before, after);
    expect(result.outcome).toBe("refused");
    expect(result.saved).toEqual({ entity: after.entity, forms: before.forms });
    expect(result.findings["form/project_form"]?.[0]?.message).toBe("no");
  });
  it("tells a server that cannot be reached from one that refuses", async () => {
    const result = await saveBundle(draft(() => ApiProblem.offline(null)).accept, before, withField("date"));
    expect(result).toMatchObject({ outcome: "offline", saved: before });
  });
});
