import { describe, expect, it } from "vitest";
import { PUBLISHED_KINDS, type PublishedDefinition } from "./definition.ts";
import { parseEntity, printEntity } from "./entity/parse-entity.ts";
import { parseDefinition, printDefinition } from "./parse-definition.ts";
import { field, SAMPLE_DEFINITIONS, sampleWith } from "./sample/sample-definitions.ts";
import { SAMPLE_KINDS } from "./sample/sample-kinds.ts";

function parsed(definition: PublishedDefinition): PublishedDefinition {
  const result = parseDefinition(definition.kind, definition, SAMPLE_KINDS);
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  return result.value as PublishedDefinition;
}

/** "<pointer> <code>" of what parsing the changed sample definition says. */
// biome-ignore lint/suspicious/noExplicitAny: broken on purpose.
function refused(kind: string, key: string, change: (document: any) => void): string[] {
  const definition = sampleWith(kind, key, change).find((one) => one.kind === kind && one.key === key);
  const result = parseDefinition(kind as PublishedDefinition["kind"], definition, SAMPLE_KINDS);
  return result.findings.map(({ pointer, code }) => `${pointer} ${code}`);
}

const find = (kind: string, key: string) =>
  SAMPLE_DEFINITIONS.find((one) => one.kind === kind && one.key === key) as PublishedDefinition;

describe("parsing a definition", () => {
  it.each(SAMPLE_DEFINITIONS.map((one) => [one.kind, one.key, one] as const))(
    "and printing it comes to rest at once: %s %s",
    (kind, _key, definition) => {
      const text = printDefinition(parsed(definition));
      const again = parseDefinition(kind, JSON.parse(text), SAMPLE_KINDS);
      expect(again.ok && printDefinition(again.value)).toBe(text);
    },
  );

  it("prints equal definitions to equal bytes, whatever the order of their keys", () => {
    const backwards = JSON.parse(JSON.stringify(find("flow", "delivery")), (_key, value) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    );
    expect(printDefinition(parsed(backwards))).toBe(printDefinition(parsed(find("flow", "delivery"))));
  });

  it("fills in what authors may leave out", () => {
    expect(parsed(find("flow", "delivery"))).toMatchObject({
      start: "open",
      stages: [
        { category: "open", checklist: [], onOverdue: [] },
        { criteria: [], required: [] },
      ],
      transitions: [{ key: "open_to_done" }],
    });
    expect(parsed(find("approval", "finish"))).toMatchObject({
      samePersonOnce: false,
      onRejected: [],
      steps: [{ label: { en: "Branch" }, paths: [{ steps: [{ mode: "any", onNobody: "toAdmin", allow: [] }] }, {}] }],
    });
    expect(parsed(find("form", "project"))).toMatchObject({
      purposes: ["create", "edit", "detail"],
      sections: [{ columns: 2, fields: [{ key: "name" }, { key: "budget" }] }],
    });
    expect(parsed(find("automation", "remind"))).toMatchObject({ enabled: true });
    expect(parsed(find("view", "projects"))).toMatchObject({
      sort: [{ field: "due", direction: "asc" }],
      columns: [{ key: "name" }, { key: "parent_name" }],
    });
  });

  it.each(PUBLISHED_KINDS)("refuses what is no %s at all", (kind) => {
    for (const junk of [null, 1, "x", [], {}, { kind }]) {
      expect(parseDefinition(kind, junk, SAMPLE_KINDS).ok).toBe(false);
    }
  });

  it.each(SAMPLE_DEFINITIONS.map((one) => [one.kind, one.key] as const))(
    "refuses unknown properties of %s %s",
    (kind, key) => {
      expect(
        refused(kind, key, (document: Record<string, unknown>) => {
          document.colour = "red";
        }),
      ).toEqual(["/colour unknownProperty"]);
    },
  );

  it("wants the last path of a branch, and only the last, without a rule", () => {
    expect(
      refused("approval", "finish", (approval: { steps: { paths: { when?: unknown }[] }[] }) => {
        const paths = approval.steps[0]?.paths ?? [];
        paths.reverse();
      }),
    ).toEqual(["/steps/0/paths/0 branchTooEarly", "/steps/0/paths/1/when branchNeedsLast"]);
  });

  it("wants somebody to decide in an approval, and nobody in an automation", () => {
    const approve = { key: "ask", type: "approve", who: [{ type: "manager" }] };
    expect(
      refused("approval", "finish", (approval: { steps: unknown[] }) => {
        approval.steps = [];
      }),
    ).toEqual(["/steps noApprover"]);
    expect(
      refused("automation", "remind", (automation: { steps: unknown[] }) => {
        automation.steps = [approve];
      }),
    ).toEqual(["/steps/0/type stepNotHere"]);
  });

  it("refuses keys that are there twice, and stages that are not there", () => {
    expect(
      refused("flow", "delivery", (flow: { stages: unknown[]; transitions: { to: string }[] }) => {
        flow.stages.push(flow.stages[0]);
        flow.transitions.push({ from: "done", to: "gone" } as never);
      }),
    ).toEqual(["/stages/2/key duplicateKey", "/transitions/1/to unknownStage"]);
  });

  it("refuses what is no rule where one is wanted, however deep it is", () => {
    let deep: unknown = 1;
    for (let n = 0; n < 20_000; n += 1) deep = { "!": [deep] };
    expect(
      refused("view", "projects", (view) => {
        view.filter = deep;
      }),
    ).toEqual([expect.stringMatching(/ tooDeep$/)]);
    expect(
      refused("flow", "delivery", (flow) => {
        flow.transitions[0].when = { explode: [1] };
      }),
    ).toEqual(["/transitions/0/when unknownOperator"]);
  });

  it("refuses a field that stands on a form twice", () => {
    expect(
      refused("form", "project", (form: { sections: { fields: unknown[] }[] }) => {
        form.sections[0]?.fields.push({ key: "again", field: "name" });
      }),
    ).toEqual(["/sections/0/fields/2 duplicateKey"]);
  });
});

describe("parsing an entity", () => {
  // biome-ignore lint/suspicious/noExplicitAny: broken on purpose.
  const entity = (change: (properties: any, document: any) => void) => {
    const document = sampleWith("entity", "project", (one) => change(one.schema.properties, one)).find(
      (one) => one.kind === "entity" && one.key !== "member" && one.key !== "department",
    );
    return parseEntity(document, SAMPLE_KINDS);
  };
  const codes = (change: Parameters<typeof entity>[0]) =>
    entity(change).findings.map(({ pointer, code }) => `${pointer} ${code}`);
  // biome-ignore lint/suspicious/noExplicitAny: broken on purpose.
  const put = (properties: any, key: string, value: unknown) => {
    properties[key] = value;
  };

  it("derives the standard keywords from the kind, so that the stored document is a whole JSON Schema", () => {
    const result = entity(() => {});
    expect(result.ok && printEntity(result.value).schema).toMatchObject({
      type: "object",
      required: ["name"],
      additionalProperties: false,
      properties: {
        name: { type: "string", maxLength: 200, "x-field": "text", "x-options": { maxLength: 200 } },
        size: { enum: ["small", "large"] },
        half: { type: "number", readOnly: true },
        lines: { items: { required: ["what"], properties: { cost: { type: "number" } } } },
      },
    });
  });

  it("takes a standard keyword for the option that it stands for", () => {
    const result = entity((properties) => put(properties, "code", { "x-field": "text", maxLength: 30 }));
    expect(result.ok && result.value.fields.at(-1)).toMatchObject({ key: "code", options: { maxLength: 30 } });
  });

  it("refuses keywords that contradict the kind, and those that it does not have", () => {
    expect(
      codes((properties) => {
        put(properties, "code", { "x-field": "text", "x-options": { maxLength: 10 }, maxLength: 30, type: "number" });
        put(properties, "amount", { "x-field": "number", minimum: 3 });
      }),
    ).toEqual([
      "/schema/properties/code/maxLength contradictsKind",
      "/schema/properties/code/type contradictsKind",
      "/schema/properties/amount/minimum keywordNotAllowed",
    ]);
  });

  it("treats a single-field key in `unique` like x-unique", () => {
    const listed = entity((_properties, document) => put(document, "unique", [["name"], ["name", "due"]]));
    const marked = entity((properties, document) => {
      put(properties, "name", { ...properties.name, "x-unique": true });
      put(document, "unique", [["name", "due"]]);
    });
    expect(listed).toEqual(marked);
    expect(listed.ok && listed.value.unique).toEqual([["name"], ["name", "due"]]);
  });

  it("keeps the order of fields when the order of keys is lost", () => {
    const result = entity((_properties, document) =>
      put(document, "fieldOrder", ["due", "name", "budget", "lead", "parent", "size", "stage", "half", "lines"]),
    );
    expect(result.ok && result.value.fields.map(({ key }) => key).slice(0, 3)).toEqual(["due", "name", "budget"]);
    expect(codes((_properties, document) => put(document, "fieldOrder", ["due"]))).toEqual(["/fieldOrder fieldOrder"]);
  });

  it.each([
    ["id", "reservedKey"],
    ["created_at", "reservedKey"],
    ["values", "reservedKey"],
    ["constructor", "reservedKey"],
    ["stage_since", "reservedKey"],
    ["Name", "badKey"],
    ["a__b", "badKey"],
    ["1st", "badKey"],
    ["a".repeat(41), "badKey"],
    ["名称", "badKey"],
  ])("refuses the field key %s", (key, code) => {
    expect(codes((properties) => put(properties, key, field("text")))).toEqual([`/schema/properties/${key} ${code}`]);
  });

  it("refuses what a kind cannot be", () => {
    expect(
      codes((properties, document) => {
        put(properties, "rows", {
          "x-field": "subform",
          items: { type: "object", properties: { state: field("stage", { flow: "delivery" }) } },
        });
        put(properties, "total", field("formula", { rule: 1 }, { "x-default": 1 }));
        put(properties, "mystery", field("hologram"));
        put(document, "titleField", "budget");
        document.schema.required.push("total", "ghost");
      }),
    ).toEqual([
      "/schema/properties/rows/items/properties/state notInSubform",
      "/schema/properties/total cannotBeRequired",
      "/schema/properties/total/x-default cannotHaveDefault",
      "/schema/properties/mystery/x-field unknownKind",
      "/schema/required/2 unknownField",
      "/titleField cannotBeTitle",
    ]);
  });

  it("names a field without a label after its key", () => {
    const result = entity((properties) => put(properties, "win_rate", field("number")));
    expect(result.ok && result.value.fields.at(-1)?.label).toEqual({ en: "Win rate" });
  });

  it("refuses a subform whose table name PostgreSQL would cut off", () => {
    expect(
      codes((properties, document) => {
        put(document, "key", "a".repeat(40));
        put(properties, "b".repeat(30), properties.lines);
      }),
    ).toEqual([`/schema/properties/${"b".repeat(30)} keyTooLong`]);
  });
});
