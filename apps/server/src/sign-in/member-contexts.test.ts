import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { MemberContexts } from "./member-contexts.ts";

describe.each(databaseKinds)("who acts on %s", (kind) => {
  let database: TestDatabase;
  let test: TestServer;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await startTestServer(database);
  });
  afterAll(async () => {
    await test.close();
    await database.close();
  });

  it("is asked anew when it was forgotten while being asked", async () => {
    const { body: me } = await test.admin.get("/me");
    const members = new MemberContexts(database, () => new Date());
    const asked = { account: me.account.id, workspace: "acme", door: "api", requestId: "1", locale: null } as const;
    const first = members.contextOf(asked);
    members.forget("acme");
    await first;
    await test.admin.patch(`/w/acme/records/member/${me.workspaces[0].member}`, { values: { name: "Anna" } });
    expect((await members.contextOf(asked)).actor).toMatchObject({ member: { name: "Anna" } });
  });
});
