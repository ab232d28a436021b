import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PublishedDefinition } from "../definition.ts";
import { parseDefinition } from "../parse-definition.ts";
import { field, SAMPLE_DEFINITIONS, sampleWith } from "../sample/sample-definitions.ts";
import { SAMPLE_KINDS } from "../sample/sample-kinds.ts";
import { diffDefinition, diffDefinitions } from "./diff-definition.ts";
import { placesThatMoved } from "./moved-places.ts";

function complete(definitions: readonly PublishedDefinition[]): PublishedDefinition[] {
  return definitions.map((one) => {
    const parsed = parseDefinition(one.kind, one, SAMPLE_KINDS);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
    return parsed.value as PublishedDefinition;
  });
}

const before = complete(SAMPLE_DEFINITIONS);

/** "<action> <path>: <words>" of each change to one sample definition. */
// biome-ignore lint/suspicious/noExplicitAny: documents are edited as plain JSON.
function changes(kind: string, key: string, change: (document: any) => void): string[] {
  const of = (list: readonly PublishedDefinition[]) =>
    list.find((one) => one.kind === kind && one.key === key) as PublishedDefinition;
  return diffDefinition(of(before), of(complete(sampleWith(kind, key, change)))).map(
    ({ action, path, words }) => `${action} ${path}: ${words.en} | ${words["zh-CN"]}`,
  );
}

describe("the difference between two versions", () => {
  it("is empty for the same definition", () => {
    expect(diffDefinitions(before, complete(SAMPLE_DEFINITIONS))).toEqual([]);
  });

  it("speaks of fields that came and went", () => {
    expect(
      changes("entity", "project", (entity) => {
        entity.schema.properties.code = field("text", {}, { "x-label": { en: "Code", "zh-CN": "编号" } });
        delete entity.schema.properties.lines;
      }),
    ).toEqual([
      "added /fields/code: Field Code added | 新增字段 编号",
      "removed /fields/lines: Field Lines removed | 移除字段 Lines",
    ]);
  });

  it("says what changed about a field, with the old and the new value", () => {
    expect(
      changes("entity", "project", (entity) => {
        entity.schema.properties.name["x-options"] = { maxLength: 50 };
        entity.schema.properties.due["x-label"] = { en: "Deadline" };
        entity.schema.required = ["name", "due"];
      }),
    ).toEqual([
      "changed /fields/name/options/maxLength: Field Name: maxLength changed from 200 to 50 | 字段 Name：maxLength已更改：由200改为50",
      expect.stringContaining("changed /fields/due/label: Field Deadline: name changed from “Due” to “Deadline”"),
      "changed /fields/due/required: Field Deadline: required changed from no to yes | 字段 Deadline：必填已更改：由否改为是",
    ]);
  });

  it("says that one field moved, not that all behind it did", () => {
    expect(
      changes("entity", "project", (entity) => {
        entity.fieldOrder = ["due", "name", "budget", "lead", "parent", "size", "stage", "half", "lines"];
      }),
    ).toEqual(["moved /fields/due: Field Due moved | 移动字段 Due"]);
  });

  it("speaks of a field that moved into another section, and of what changed about it", () => {
    expect(
      changes("form", "project", (form) => {
        const [budget] = form.sections[0].fields.splice(1, 1);
        form.sections.push({ key: "money", label: { en: "Money", "zh-CN": "金额" }, fields: [{ ...budget, span: 2 }] });
      }),
    ).toEqual([
      "added /sections/money: Section Money added | 新增分区 金额",
      "moved /sections/money/fields/budget: Field budget moved into Section Money | 字段 budget移到分区 金额",
      expect.stringContaining(
        "changed /sections/money/fields/budget/span: Section Money › Field budget: width changed",
      ),
    ]);
    expect(
      changes("flow", "delivery", (flow) => {
        flow.stages[1].criteria = flow.stages[0].criteria;
        flow.stages[0].criteria = [];
      }),
    ).toEqual([
      "moved /stages/done/criteria/has_budget: Criterion Label moved into Stage Label | 推进标准 名称移到阶段 名称",
    ]);
  });

  it("names an element deep inside by the elements around it", () => {
    expect(
      changes("approval", "finish", (approval) => {
        approval.steps[0].paths[0].when = { ">": [{ var: "budget" }, 5000] };
      }),
    ).toEqual([
      expect.stringMatching(/^changed \/steps\/large\/paths\/much\/when: Step Branch › Path Path: condition changed/),
    ]);
  });

  it("tells which definitions came, went and changed", () => {
    const after = complete(
      sampleWith("role", "worker", (role) => {
        role.entities.project.actions.read = "department";
      }).filter((one) => one.kind !== "app"),
    );
    expect(
      diffDefinitions(before, after).map(({ words, changes }) => [words.en, changes.map((one) => one.path)]),
    ).toEqual([
      ["Role Label changed", ["/entities/project/actions/read"]],
      ["App Label removed", []],
    ]);
    expect(diffDefinitions([], before)).toHaveLength(before.length);
  });
});

describe("placesThatMoved", () => {
  it("names as few keys as possible, so that the others keep their order", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 30 }), fc.infiniteStream(fc.nat()), (keys, ranks) => {
        const order = new Map(keys.map((key) => [key, ranks.next().value]));
        const shuffled = [...keys].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
        const moved = placesThatMoved(keys, shuffled);
        const stayed = (list: readonly string[]) => list.filter((key) => !moved.has(key));
        expect(stayed(shuffled)).toEqual(stayed(keys));
      }),
    );
    expect([...placesThatMoved(["a", "b", "c", "d"], ["d", "a", "b", "c"])]).toEqual(["d"]);
  });
});
