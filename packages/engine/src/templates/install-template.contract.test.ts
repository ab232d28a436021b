import type { Template } from "@formwright/model";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listRecordsJson } from "../lists/list-records.ts";
import { CUSTOMER, DEAL, entityOfFields, MANAGER, SALES_FLOW, SELLER } from "../testing/sales-definitions.ts";
import { TestWorkspace } from "../testing/test-workspace.ts";
import { deleteRecord } from "../writes/delete-record.ts";
import { installedTemplates, installTemplate } from "./install-template.ts";

function template(version: string, note: string): Template {
  return {
    kind: "template",
    key: "sales",
    version,
    label: { en: "Sales", "zh-CN": "销售" },
    description: { en: note },
    definitions: [CUSTOMER, DEAL, SALES_FLOW, SELLER, { ...MANAGER, label: { en: note } }],
    samples: [
      {
        ref: "first",
        entity: "deal",
        // Names a record that comes later.
        values: {
          name: "First",
          customer: { $ref: "big" },
          close_on: { $days: 10 },
          called_at: { $days: -1, at: "09:30" },
          stage: "quoted",
        },
        localized: { "zh-CN": { name: "第一单" } },
        daysAgo: 5,
      },
      { ref: "big", entity: "customer", values: { name: "Big" } },
      {
        ref: "second",
        entity: "deal",
        values: { name: "Second", customer: { $ref: "big" }, items: [{ values: { product: "Pump", quantity: 2 } }] },
      },
    ],
  };
}

describe.each(databaseKinds)("installing templates on %s", (kind) => {
  let database: TestDatabase;
  let test: TestWorkspace;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await TestWorkspace.make(database.kysely);
  });
  afterAll(() => database.close());

  const install = async (version: string, note: string) =>
    installTemplate(database.kysely, await test.admin(), template(version, note), {
      sampleData: true,
      locale: "zh-CN",
    });
  const deals = async () =>
    JSON.parse(
      await listRecordsJson(database.kysely, await test.admin(), "deal", {
        sort: [{ field: "code", direction: "asc" }],
      }),
    ).items;

  it("publishes its definitions and creates its samples, in the language and at the days of the install", async () => {
    const installed = await install("1.0.0", "as it came");
    expect(installed).toMatchObject({ release: 2, samples: 3, kept: [] });
    const [first, second] = await deals();
    expect(first).toMatchObject({
      values: {
        name: "第一单",
        close_on: "2026-03-25",
        called_at: "2026-03-14T01:30:00+00:00",
        stage: "quoted",
        code: "D-202603-001",
      },
      refs: { customer: { title: "Big" }, owner: { id: test.adminId } },
      createdAt: "2026-03-10T08:00:00+00:00",
    });
    expect(second.values).toMatchObject({ name: "Second" });
  });

  it("changes nothing when it is installed again, not even samples that were deleted since", async () => {
    const [first] = await deals();
    await deleteRecord(database.kysely, await test.admin(), "deal", first.id);
    const again = await install("1.0.0", "as it came");
    expect(again).toMatchObject({ release: 2, samples: 0, installed: [] });
    expect((await deals()).length).toBe(1);
    expect(await installedTemplates(database.kysely, await test.admin())).toEqual([
      { key: "sales", version: "1.0.0", release: 2 },
    ]);
  });

  it("brings a later version of what nobody touched, and leaves what the workspace made its own", async () => {
    await test.publish([{ ...SELLER, label: { en: "Our sellers" } }]);
    const next = await install("1.1.0", "as it comes later");
    expect(next.installed).toEqual([{ kind: "role", key: "manager" }]);
    const ctx = await test.admin();
    expect(ctx.model.roles.get("manager")?.label.en).toBe("as it comes later");
    expect(ctx.model.roles.get("seller")?.label.en).toBe("Our sellers");
  });

  it("refuses when the workspace has other definitions of these names, and leaves everything as it was", async () => {
    const other = await TestWorkspace.make(database.kysely, [
      entityOfFields("customer", { other: { "x-field": "text" } }),
    ]);
    const ctx = await other.admin();
    const refused = installTemplate(database.kysely, ctx, template("1.0.0", "x"), { sampleData: false, locale: "en" });
    await expect(refused).rejects.toMatchObject({ code: "conflict" });
    expect((await other.admin()).model.release).toBe(2);
  });
});
