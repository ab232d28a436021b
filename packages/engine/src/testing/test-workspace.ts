import { FIELD_KINDS } from "@formwright/fields/model";
import { type Json, type PublishedDefinition, parseDefinition } from "@formwright/model";
import { memberContext, systemContext } from "../access/member-context.ts";
import type { Context, Db, Workspace } from "../context.ts";
import { currentRelease, loadModel, readDefinitions } from "../model/load-model.ts";
import { createWorkspace } from "../platform/create-workspace.ts";
import { migratePlatform } from "../platform/run-migrations.ts";
import { lockModel, writeRelease } from "../publish/write-release.ts";
import { createRecord } from "../writes/create-record.ts";

/** The moment at which tests happen, unless they say otherwise. */
export const TEST_NOW = "2026-03-15T08:00:00.000Z";

let made = 0;

function complete(definition: PublishedDefinition): PublishedDefinition {
  const parsed = parseDefinition(definition.kind, definition, FIELD_KINDS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return parsed.value as PublishedDefinition;
}

/** A workspace for one test, with what tests do again and again. */
export class TestWorkspace {
  readonly db: Db;
  readonly workspace: Workspace;
  readonly adminId: string;

  constructor(db: Db, workspace: Workspace, adminId: string) {
    this.db = db;
    this.workspace = workspace;
    this.adminId = adminId;
  }

  static async make(db: Db, definitions: readonly PublishedDefinition[] = []): Promise<TestWorkspace> {
    await migratePlatform(db);
    const { workspace, memberId } = await db.transaction().execute((tx) =>
      createWorkspace(tx, {
        slug: `test-${++made}`,
        name: "Test",
        locale: "en",
        timeZone: "Asia/Shanghai",
        account: null,
        member: { name: "Ada", email: "ada@example.test" },
        now: TEST_NOW,
      }),
    );
    const test = new TestWorkspace(db, workspace, memberId);
    if (definitions.length > 0) await test.publish(definitions);
    return test;
  }

  /** Publishes definitions over those that are live, without the ceremony of a draft. */
  async publish(definitions: readonly PublishedDefinition[]): Promise<void> {
    const ctx = await this.admin();
    await this.db.transaction().execute(async (tx) => {
      await lockModel(tx, this.workspace);
      const release = await currentRelease(tx, this.workspace);
      const live = await readDefinitions(tx, this.workspace.schema, release);
      const names = new Set(definitions.map(({ kind, key }) => `${kind}/${key}`));
      const next = [...live.filter(({ kind, key }) => !names.has(`${kind}/${key}`)), ...definitions.map(complete)];
      await writeRelease(tx, ctx, ctx.model, next, {
        number: release + 1,
        message: "test",
        source: "publish",
        changes: [],
      });
    });
    await loadModel(this.db, this.workspace);
  }

  admin(): Promise<Context> {
    return this.as(this.adminId);
  }

  async as(memberId: string, now = TEST_NOW): Promise<Context> {
    const ctx = await memberContext(this.db, this.workspace, memberId, { now });
    if (!ctx) throw new Error("no such member");
    return ctx;
  }

  system(now = TEST_NOW): Promise<Context> {
    return systemContext(this.db, this.workspace, "Test", { now });
  }

  async addMember(name: string, roles: readonly string[], values: { [field: string]: Json } = {}): Promise<string> {
    const ctx = await this.admin();
    const { id } = await createRecord(this.db, ctx, "member", { values: { name, roles, ...values } });
    return id;
  }

  async addDepartment(name: string, parent: string | null = null): Promise<string> {
    const { id } = await createRecord(this.db, await this.admin(), "department", { values: { name, parent } });
    return id;
  }
}
