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
});
