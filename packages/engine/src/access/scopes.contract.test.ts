import type { Role, Scope } from "@formwright/model";
import type { Rule } from "@formwright/rules";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aggregate } from "../lists/aggregate.ts";
import { countRecords } from "../lists/count-records.ts";
import { listRecordsJson } from "../lists/list-records.ts";
import { findRecordJson } from "../records/read-record.ts";
import { searchAll } from "../search/search-all.ts";
import { entityOfFields } from "../testing/sales-definitions.ts";
import { TestWorkspace } from "../testing/test-workspace.ts";
import { createRecord } from "../writes/create-record.ts";
import { deleteRecord } from "../writes/delete-record.ts";
import { updateRecord } from "../writes/update-record.ts";

const SCOPES: readonly Scope[] = ["none", "own", "department", "departmentTree", "all"];
const RULES: readonly (Rule | null)[] = [null, { ">": [{ var: "size" }, 1] }, { "==": [{ var: "owner" }, { me: [] }] }];
const TICKET = entityOfFields("ticket", { title: { "x-field": "text" }, size: { "x-field": "number" } });

interface Made {
  readonly id: string;
  readonly owner: string;
  readonly department: string;
  readonly size: number;
}

describe.each(databaseKinds)("scopes on %s", (kind) => {
  let database: TestDatabase;
  let test: TestWorkspace;
  let departments: string[];
  let people: string[];
  let records: Made[];

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await TestWorkspace.make(database.kysely, [TICKET]);
    const top = await test.addDepartment("Top");
    departments = [top, await test.addDepartment("Below", top), await test.addDepartment("Beside")];
    people = [];
    for (const [index, department] of [0, 0, 1, 2].entries())
      people.push(await test.addMember(`P${index}`, ["tester"], { department: departments[department] ?? null }));
    records = [];
    const admin = await test.admin();
    for (const [index, owner] of [...people, ...people, ...people].entries()) {
      const size = index % 3;
      const { id } = await createRecord(database.kysely, admin, "ticket", {
        owner,
        values: { title: `Ticket ${index}`, size },
      });
      records.push({ id, owner, department: departments[[0, 0, 1, 2][index % 4] ?? 0] ?? "", size });
    }
  });
  afterAll(() => database.close());

  function reaches(scope: Scope, me: string, record: Made): boolean {
    const mine = departments[[0, 0, 1, 2][people.indexOf(me)] ?? 0];
    const below = mine === departments[0] ? departments.slice(0, 2) : [mine];
    if (scope === "none") return false;
    if (scope === "all" || record.owner === me) return true;
    return scope === "department"
      ? record.department === mine
      : scope === "departmentTree" && below.includes(record.department);
  }

  function holds(rule: Rule | null, me: string, record: Made): boolean {
    if (rule === null) return true;
    return rule === RULES[1] ? record.size > 1 : record.owner === me;
  }

  const role = (grants: Role["entities"]["ticket"] | undefined): Role => ({
    kind: "role",
    key: "tester",
    label: { en: "Tester" },
    admin: false,
    entities: grants ? { ticket: grants } : {},
  });

  it.each(SCOPES)(
    "shows with scope %s, with and without a rule, the same records through every function",
    async (scope) => {
      for (const rule of RULES) {
        await test.publish([
          role({ actions: { read: scope, update: scope, delete: "none" }, ...(rule !== null && { rule }) }),
        ]);
        for (const me of people) {
          const ctx = await test.as(me);
          const wanted = records
            .filter((one) => reaches(scope, me, one) && holds(rule, me, one))
            .map((one) => one.id)
            .sort();
          const listed = JSON.parse(
            await listRecordsJson(database.kysely, ctx, "ticket", { limit: 500, fields: ["size"] }),
          );
          expect(listed.items.map((item: { id: string }) => item.id).sort()).toEqual(wanted);
          const hits = (await searchAll(database.kysely, ctx, "Ticket", { limit: 50 })).items
            .map((hit) => hit.id)
            .sort();
          expect(hits).toEqual(wanted);
          expect((await countRecords(database.kysely, ctx, "ticket", {})).value).toBe(wanted.length);
          const { rows } = JSON.parse(
            await aggregate(database.kysely, ctx, "ticket", { measures: [{ fn: "count", as: "n" }] }),
          );
          expect(rows).toEqual([{ n: wanted.length }]);
        }
        const [me = ""] = people;
        const ctx = await test.as(me);
        for (const record of records) {
          const isMine = reaches(scope, me, record) && holds(rule, me, record);
          expect((await findRecordJson(database.kysely, ctx, "ticket", record.id)) !== null).toBe(isMine);
          const update = updateRecord(database.kysely, ctx, "ticket", record.id, {
            values: { title: `Ticket ${isMine}` },
          });
          if (isMine) await update;
          else await expect(update).rejects.toMatchObject({ code: "notFound" });
        }
      }
    },
  );

  it("adds roles up, and gives admins everything", async () => {
    const other: Role = { ...role({ actions: { read: "all", delete: "own" } }), key: "other" };
    await test.publish([role({ actions: { read: "own", update: "own" } }), other]);
    const both = await test.as(await test.addMember("Both", ["tester", "other"]));
    const made = await createRecord(database.kysely, await test.admin(), "ticket", {
      owner: both.actor.kind === "member" ? both.actor.member.id : null,
      values: { title: "Theirs" },
    });
    const listed = JSON.parse(await listRecordsJson(database.kysely, both, "ticket", { limit: 500 }));
    expect(listed.items.length).toBe(records.length + 1);
    const abilities = new Map(listed.items.map((item: { id: string; abilities: object }) => [item.id, item.abilities]));
    expect(abilities.get(made.id)).toEqual({ update: true, delete: true, transfer: false });
    expect(abilities.get(records[0]?.id)).toEqual({ update: false, delete: false, transfer: false });
    await expect(deleteRecord(database.kysely, both, "ticket", records[0]?.id ?? "")).rejects.toMatchObject({
      code: "forbidden",
    });
    await deleteRecord(database.kysely, both, "ticket", made.id);
    await expect(createRecord(database.kysely, both, "ticket", { values: { title: "x" } })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
