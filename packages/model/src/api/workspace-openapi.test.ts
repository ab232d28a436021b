import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { checkModel } from "../check/check-model.ts";
import type { JsonObject } from "../common/json.ts";
import { SAMPLE_DEFINITIONS } from "../sample/sample-definitions.ts";
import { SAMPLE_KINDS } from "../sample/sample-kinds.ts";
import { workspaceOpenApi } from "./workspace-openapi.ts";

function document(): JsonObject {
  const { model } = checkModel(SAMPLE_DEFINITIONS, SAMPLE_KINDS, 3);
  if (!model) throw new Error("the sample is sound");
  return workspaceOpenApi(model, { title: "Acme", base: "/api/v1/w/acme", locale: "en" });
}

/** Every `$ref` of a document. */
function refsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (key === "$ref" ? [String(part)] : refsIn(part)));
}

describe("the OpenAPI document of a workspace", () => {
  it("has the routes of every entity and the number of the release", () => {
    const { info, paths } = document() as { info: JsonObject; paths: JsonObject };
    expect(info).toEqual({ title: "Acme", version: "3" });
    expect(Object.keys(paths)).toEqual(
      ["member", "department", "project"].flatMap((key) => [`/records/${key}`, `/records/${key}/{id}`]),
    );
  });

  it("refers to nothing that is not there, and names no operation twice", () => {
    const whole = document();
    for (const ref of refsIn(whole)) {
      const found = ref
        .slice(2)
        .split("/")
        .reduce<unknown>((value, key) => (value as JsonObject)?.[key], whole);
      expect(found, ref).toBeDefined();
    }
    const ids = JSON.stringify(whole).match(/"operationId":"[^"]+"/g) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("holds schemas that ajv takes, and that tell right records from wrong ones", () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    const { schemas } = document().components as { schemas: JsonObject };
    ajv.addSchema({ $id: "https://example.org/api", components: { schemas } });
    const create = ajv.compile({ $ref: "https://example.org/api#/components/schemas/project.create" });
    expect(create({ values: { name: "A", due: "2026-03-31" } })).toBe(true);
    expect(create({ values: { due: "2026-03-31" } })).toBe(false);
    expect(create({ values: { name: "A", half: 2 } })).toBe(false);
    const read = ajv.compile({ $ref: "https://example.org/api#/components/schemas/project" });
    expect(read({ id: "0192f0c1-0000-7000-8000-000000000001", version: 1, values: { name: "A", half: null } })).toBe(
      true,
    );
  });
});
