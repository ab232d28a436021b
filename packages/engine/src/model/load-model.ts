import { FIELD_KINDS } from "@formwright/fields/model";
import { buildModel, type Model, Problem, type PublishedDefinition } from "@formwright/model";
import { sql } from "kysely";
import type { Db, Workspace } from "../context.ts";

/** How long a known release is trusted without asking: what is published elsewhere is also announced (LISTEN formwright). */
const TRUSTED_MS = 2000;

interface Kept {
  readonly model: Model;
  checkedAt: number;
}

const kept = new Map<string, Kept>();

/**
 * The workspace's model at its current release, frozen and shared by all requests until the next one is published.
 */
export async function loadModel(db: Db, workspace: Workspace): Promise<Model> {
  const known = kept.get(workspace.id);
  if (known && performance.now() - known.checkedAt < TRUSTED_MS) return known.model;
  const release = await currentRelease(db, workspace);
  if (known && known.model.release === release) {
    known.checkedAt = performance.now();
    return known.model;
  }
  const model = await readModel(db, workspace, release);
  kept.set(workspace.id, { model, checkedAt: performance.now() });
  return model;
}

/** Makes the next {@link loadModel} look again: call it when a publish was announced. */
export function forgetModel(workspaceId: string): void {
  kept.delete(workspaceId);
}

/** The model of any release, e.g. the one that a running approval started with. Not kept. */
export async function readModel(db: Db, workspace: Workspace, release: number): Promise<Model> {
  const definitions = await readDefinitions(db, workspace.schema, release);
  return buildModel(release, definitions, FIELD_KINDS);
}

export async function currentRelease(db: Db, workspace: Workspace): Promise<number> {
  const found = await sql<{ release: number | null }>`
    select max(number) as release from ${sql.id(workspace.schema, "fw_release")}`.execute(db);
  const release = found.rows[0]?.release;
  if (!release)
    throw new Problem("notFound", { en: "This workspace has no release.", "zh-CN": "该工作区没有发布版本。" });
  return release;
}

/** The whole snapshot of a release. */
export async function readDefinitions(
  db: Db,
  schema: string,
  release: number,
): Promise<readonly PublishedDefinition[]> {
  const found = await sql<{ definition: PublishedDefinition }>`
    select definition from ${sql.id(schema, "fw_definition")} where release = ${release}
    order by kind, key`.execute(db);
  return found.rows.map((row) => row.definition);
}
