import type { App, PublishedDefinition, Role } from "@formwright/model";
import { beforeAll, describe, expect, it } from "vitest";
import { loadPinyin } from "./derive-key.ts";
import { newEntityDefinitions } from "./new-entity.ts";

const app: App = {
  kind: "app",
  key: "work",
  label: { en: "Work" },
  menu: [{ key: "first", entries: [{ key: "asset", type: "view", view: "asset_list" }] }],
  roles: [],
};
const role = (key: string, admin = false): Role => ({ kind: "role", key, label: { en: key }, admin, entities: {} });
const existing: readonly PublishedDefinition[] = [app, role("admin", true), role("clerk"), role("guest")];
const label = { en: "Asset", "zh-CN": "资产" };

beforeAll(loadPinyin);

describe("a new entity", () => {
  it("comes with form, list, menu entry and grants, in an order that refers only backwards", () => {
    const made = newEntityDefinitions(
      { label, key: "asset", app: { key: "work" }, grants: { clerk: "own" } },
      existing,
    );
    expect(made.map((item) => `${item.kind}:${item.key}`)).toEqual([
      "entity:asset",
      "form:asset_form",
      "view:asset_list",
      "app:work",
      "role:clerk",
    ]);
  });
  it("adds its entry to the last menu group under a key that is free", () => {
    const made = newEntityDefinitions({ label, key: "asset", app: { key: "work" }, grants: {} }, existing);
    const changed = made.find((item) => item.kind === "app") as App;
    expect(changed.menu[0]?.entries.map((entry) => entry.key)).toEqual(["asset", "asset_2"]);
  });
  it("makes a new app of a Chinese name", () => {
    const choice = { label, key: "asset", app: { newLabel: { "zh-CN": "资产管理" } }, grants: {} };
    const made = newEntityDefinitions(choice, existing).find((item) => item.kind === "app") as App;
    expect(made.key).toBe("zi_chan_guan_li");
    expect(made.menu[0]?.entries).toHaveLength(1);
  });
  it("leaves roles alone that get nothing, and the admin's, who may do everything", () => {
    const made = newEntityDefinitions(
      { label, key: "asset", app: { key: "work" }, grants: { guest: "none", admin: "all" } },
      existing,
    );
    expect(made.filter((item) => item.kind === "role")).toEqual([]);
  });
});
