import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SALES } from "../testing/sales-definitions.ts";
import { TestWorkspace } from "../testing/test-workspace.ts";
import { createSavedView, deleteSavedView, listSavedViews, updateSavedView } from "./saved-views.ts";

describe.each(databaseKinds)("saved views on %s", (kind) => {
  let database: TestDatabase;
  let test: TestWorkspace;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await TestWorkspace.make(database.kysely, SALES);
  });
  afterAll(() => database.close());

  it("belong to one person until they are shared, and only theirs to change", async () => {
    const [one, two] = [
      await test.as(await test.addMember("One", ["seller"])),
      await test.as(await test.addMember("Two", ["seller"])),
    ];
    const definition = { filter: { ">": [{ var: "amount" }, 5] }, sort: [{ field: "amount", direction: "desc" }] };
    const view = await createSavedView(database.kysely, one, { entity: "deal", name: "Large", definition });
    expect(await listSavedViews(database.kysely, two, "deal")).toEqual([]);
    await updateSavedView(database.kysely, one, view.id, { shared: true });
    expect(await listSavedViews(database.kysely, two, "deal")).toMatchObject([
      { name: "Large", definition, shared: true, version: 2 },
    ]);
    await expect(updateSavedView(database.kysely, two, view.id, { name: "Mine" })).rejects.toMatchObject({
      code: "notFound",
    });
    await expect(deleteSavedView(database.kysely, two, view.id)).rejects.toMatchObject({ code: "notFound" });
    await deleteSavedView(database.kysely, one, view.id);
    expect(await listSavedViews(database.kysely, one)).toEqual([]);
  });

  it("are refused when they name what their owner may not see", async () => {
    const ctx = await test.as(await test.addMember("Three", ["seller"]));
    const hidden = { filter: { ">": [{ var: "rate" }, 5] } };
    await expect(
      createSavedView(database.kysely, ctx, { entity: "deal", name: "Peek", definition: hidden }),
    ).rejects.toMatchObject({ code: "invalid" });
    await expect(
      createSavedView(database.kysely, ctx, { entity: "deal", name: " ", definition: {} }),
    ).rejects.toMatchObject({ code: "invalid" });
    await expect(
      createSavedView(database.kysely, ctx, { entity: "nothing", name: "x", definition: {} }),
    ).rejects.toMatchObject({ code: "notFound" });
  });

  it("are not there for whom their filter would tell of a hidden field, or who cannot read the entity", async () => {
    const [boss, rep, guest] = [
      await test.as(await test.addMember("Boss", ["manager"])),
      await test.as(await test.addMember("Rep", ["seller"])),
      await test.as(await test.addMember("Guest", ["no_role"])),
    ];
    const filter = { ">": [{ var: "rate" }, 30] };
    const open = { filter: { ">": [{ var: "amount" }, 30] } };
    const make = (name: string, definition: object) =>
      createSavedView(database.kysely, boss, { entity: "deal", name, shared: true, definition: { ...definition } });
    await make("Secret rates", { filter });
    await make("Open", open);
    const names = async (ctx: typeof boss) =>
      (await listSavedViews(database.kysely, ctx, "deal")).map(({ name }) => name);
    expect(await names(boss)).toEqual(["Open", "Secret rates"]);
    expect(await names(rep)).toEqual(["Open"]);
    expect(await names(guest)).toEqual([]);
  });

  it("are refused when their filter is no rule or their order no order", async () => {
    const ctx = await test.as(await test.addMember("Four", ["seller"]));
    const wrong = createSavedView(database.kysely, ctx, {
      entity: "deal",
      name: "Wrong",
      definition: { filter: 5, sort: [5, { field: "name" }] },
    });
    await expect(wrong).rejects.toMatchObject({
      code: "invalid",
      errors: [{ pointer: "/definition/sort/0" }, { pointer: "/definition/sort/1" }, { pointer: "/definition/filter" }],
    });
  });

  it("keep the conditions of the filter builder, the unfinished ones too, but none on what is hidden", async () => {
    const ctx = await test.as(await test.addMember("Five", ["seller"]));
    const group = (...fields: readonly string[]) => ({
      q: "",
      filter: { match: "all", filters: fields.map((field) => ({ field, operator: "gt", value: null })) },
      sort: [{ field: "name", direction: "asc" }],
      columns: ["name"],
    });
    const kept = await createSavedView(database.kysely, ctx, {
      entity: "deal",
      name: "Built",
      definition: group("amount", "customer.name"),
    });
    expect(kept.definition).toEqual(group("amount", "customer.name"));
    const hidden = createSavedView(database.kysely, ctx, { entity: "deal", name: "x", definition: group("rate") });
    await expect(hidden).rejects.toMatchObject({ errors: [{ pointer: "/definition/filter/filters/0/field" }] });
  });
});
