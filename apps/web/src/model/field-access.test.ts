import type { Entity, Field, Model, Role } from "@formwright/model";
import { describe, expect, it } from "vitest";
import { modelFor } from "./field-access.ts";

const field = (key: string) => ({ key, kind: "text", label: { en: key }, readOnly: false }) as unknown as Field;
const deal = { kind: "entity", key: "deal", fields: [field("name"), field("limit")] } as unknown as Entity;
const role = (key: string, entities: Role["entities"], admin = false): Role => ({
  kind: "role",
  key,
  label: { en: key },
  admin,
  entities,
});

const ROLES = [
  role("rep", { deal: { actions: { read: "own" }, fields: { limit: "readOnly" } } }),
  role("lead", { deal: { actions: { read: "all" } } }),
  role("guest", { deal: { actions: {} } }),
  role("boss", {}, true),
];
const model = {
  entities: new Map([["deal", deal]]),
  roles: new Map(ROLES.map((one) => [one.key, one])),
} as unknown as Model;

const isLimitLocked = (roles: readonly string[], isAdmin = false) =>
  modelFor(model, { isAdmin, roles })
    .entities.get("deal")
    ?.fields.find((one) => one.key === "limit")?.readOnly;

describe("the model of a person", () => {
  it("locks a field that their role only lets them read", () => {
    expect(isLimitLocked(["rep"])).toBe(true);
  });

  it("leaves it open when another of their roles does, and not when that role may do nothing", () => {
    expect(isLimitLocked(["rep", "lead"])).toBe(false);
    expect(isLimitLocked(["rep", "guest"])).toBe(true);
  });

  it("leaves administrators everything", () => {
    expect(isLimitLocked(["rep"], true)).toBe(false);
    expect(isLimitLocked(["rep", "boss"])).toBe(false);
  });
});
