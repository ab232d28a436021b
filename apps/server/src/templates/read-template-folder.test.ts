import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readTemplateFolder, readTemplates } from "./read-template-folder.ts";

const SHIPPED = fileURLToPath(new URL("../../../../templates", import.meta.url));
let root = "";

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "templates-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function folderWith(name: string, files: Record<string, unknown>): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, name, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  }
  return join(root, name);
}

const HEAD = { kind: "template", key: "desk", version: "1.0.0", label: { en: "Desk" }, description: { en: "A desk" } };
const sample = (ref: string, values: object) => ({ ref, entity: "ticket", values });

describe("a template folder", () => {
  test("gives definitions in the order in which kinds build on each other", async () => {
    const folder = await folderWith("kinds", {
      "template.json": HEAD,
      "app/desk.json": { kind: "app", key: "desk" },
      "entity/ticket.json": { kind: "entity", key: "ticket" },
      "flow/handling.json": { kind: "flow", key: "handling" },
    });
    const { key, definitions } = await readTemplateFolder(folder);
    expect(key).toBe("desk");
    expect(definitions.map((one) => one.kind)).toEqual(["entity", "flow", "app"]);
  });

  test("gives samples behind those that they point to, also from the rows of a subform", async () => {
    const folder = await folderWith("order", {
      "template.json": HEAD,
      "samples/ticket.json": [
        sample("a", { rows: [{ other: { $ref: "c" } }] }),
        sample("b", { parent: { $ref: "a" } }),
        sample("c", {}),
      ],
    });
    const { samples } = await readTemplateFolder(folder);
    expect(samples.map(({ ref }) => ref)).toEqual(["c", "a", "b"]);
  });

  test("gives what a required field needs first where records point to each other", async () => {
    const folder = await folderWith("needed", {
      "template.json": HEAD,
      "entity/ticket.json": { kind: "entity", key: "ticket", schema: { type: "object", required: ["owns"] } },
      "samples/ticket.json": [sample("a", { likes: { $ref: "b" } }), sample("b", { owns: { $ref: "a" } })],
    });
    const { samples } = await readTemplateFolder(folder);
    expect(samples.map(({ ref }) => ref)).toEqual(["a", "b"]);
  });

  test("keeps records that point to each other", async () => {
    const folder = await folderWith("circle", {
      "template.json": HEAD,
      "samples/ticket.json": [sample("a", { other: { $ref: "b" } }), sample("b", { other: { $ref: "a" } })],
    });
    expect((await readTemplateFolder(folder)).samples).toHaveLength(2);
  });

  test("is refused when a sample points nowhere, and says where", async () => {
    const folder = await folderWith("nowhere", {
      "template.json": HEAD,
      "samples/ticket.json": [sample("a", { other: { $ref: "gone" } })],
    });
    await expect(readTemplateFolder(folder)).rejects.toThrow(/a points to gone/);
  });

  test("is refused when a file holds another key than its name says", async () => {
    const folder = await folderWith("name", {
      "template.json": HEAD,
      "entity/ticket.json": { kind: "entity", key: "case" },
    });
    await expect(readTemplateFolder(folder)).rejects.toThrow(/ticket\.json holds entity case/);
  });

  test("is refused with the file's name when it is not JSON", async () => {
    const folder = await folderWith("broken", { "template.json": "{" });
    await expect(readTemplateFolder(folder)).rejects.toThrow(/template\.json is not JSON/);
  });

  test("that are shipped are found by key", async () => {
    const templates = await readTemplates(SHIPPED);
    expect([...templates.keys()]).toContain("crm");
    expect(templates.get("crm")?.samples.length).toBeGreaterThan(100);
  });
});
