import type { Database } from "@formwright/database";
import { type Context, type StoredImport, type Tx, updateImport } from "@formwright/engine";
import { type Entity, Problem } from "@formwright/model";
import { CHANNEL } from "../live/news.ts";
import { addFailures, type FailedRow, forgetFailures, type ImportFiles } from "./import-files.ts";
import { type ImportPlan, type MappedColumn, resolveMapping } from "./mapping.ts";
import { storedRows } from "./read-upload.ts";
import { RecordFinder } from "./record-finder.ts";
import { type ReadRow, RowReader } from "./row-reader.ts";
import { asJson, type ImportFinding, type TableColumn } from "./table-columns.ts";

/** What is kept of an import beside its rows. */
export interface ImportDetail {
  readonly encoding: string;
  readonly columns: readonly TableColumn[];
  readonly rows: number;
  /** About the file as a whole, from the upload. */
  readonly notes: readonly ImportFinding[];
  readonly plan?: ImportPlan;
  readonly progress?: ImportProgress;
  readonly problem?: string;
}

export interface Unmatched {
  readonly column: number;
  readonly header: string;
  readonly field: string;
  readonly value: string;
  readonly count: number;
  /** What it most likely means: for a record its id, for a choice its value. */
  readonly proposal: { readonly value: string; readonly text: string } | null;
}

/** How far it is, and what came of the rows so far. Rows before `done` are never touched again. */
export interface ImportProgress {
  readonly phase: "dryRun" | "run";
  readonly done: number;
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  readonly failed: number;
  readonly skipped: number;
  /** Records of other entities that had to be made (or would be), by entity. */
  readonly made: Readonly<Record<string, number>>;
  /** The first ones; the report has them all. */
  readonly findings: readonly ImportFinding[];
  readonly unmatched: readonly Unmatched[];
}

const MAX_FINDINGS = 200;
export const BATCH = 500;

export function noProgress(phase: ImportProgress["phase"], total: number): ImportProgress {
  return {
    phase,
    done: 0,
    total,
    created: 0,
    updated: 0,
    failed: 0,
    skipped: 0,
    made: {},
    findings: [],
    unmatched: [],
  };
}

/** Everything that the two phases of an import share. */
export class ImportRun {
  readonly database: Database;
  readonly ctx: Context;
  readonly stored: StoredImport;
  readonly detail: ImportDetail;
  readonly files: ImportFiles;
  readonly entity: Entity;
  readonly plan: ImportPlan;
  readonly columns: readonly MappedColumn[];
  readonly finder: RecordFinder;
  readonly reader: RowReader;
  progress: ImportProgress;

  /** @throws Problem when the entity is gone or the mapping does not fit it any more */
  constructor(database: Database, ctx: Context, stored: StoredImport, files: ImportFiles) {
    const detail = stored.detail as unknown as ImportDetail;
    const entity = ctx.model.entities.get(stored.entity);
    if (!entity || !detail.plan || !detail.progress) {
      throw new Problem("conflict", {
        en: "The entity of this import is not there any more.",
        "zh-CN": "导入的目标实体已不存在。",
      });
    }
    this.database = database;
    this.ctx = ctx;
    this.stored = stored;
    this.detail = detail;
    this.files = files;
    this.entity = entity;
    this.plan = detail.plan;
    this.columns = resolveMapping(entity, detail.columns, detail.plan);
    this.finder = new RecordFinder(database.kysely, ctx);
    const { locale, timeZone, model } = ctx;
    const stagesOf = (flow: string) =>
      (model.flows.get(flow)?.stages ?? []).map(({ key, label }) => ({ value: key, label }));
    this.reader = new RowReader(this.columns, this.finder, { locale, timeZone, stagesOf });
    this.progress = detail.progress;
  }

  /** Reads the rows that are not done yet, batch by batch, each looked up and read. */
  async *batches(): AsyncGenerator<ReadRow[]> {
    if (this.progress.done === 0) await forgetFailures(this.files);
    let batch: { row: number; cells: string[] }[] = [];
    for await (const row of storedRows(this.files.rows, this.progress.done)) {
      batch.push(row);
      if (batch.length < BATCH) continue;
      yield await this.#read(batch);
      batch = [];
    }
    if (batch.length > 0) yield await this.#read(batch);
  }

  async #read(batch: readonly { row: number; cells: string[] }[]): Promise<ReadRow[]> {
    await this.reader.prepare(batch);
    return batch.map(({ row, cells }) => this.reader.read(row, cells));
  }

  /** Counts a batch in. `made` counts records of other entities. */
  count(
    counts: Partial<Pick<ImportProgress, "created" | "updated" | "skipped">>,
    failures: readonly FailedRow[],
    rows: number,
    made: Readonly<Record<string, number>> = {},
  ): void {
    const before = this.progress;
    const sum = { ...before.made };
    for (const [entity, count] of Object.entries(made)) sum[entity] = (sum[entity] ?? 0) + count;
    this.progress = {
      ...before,
      done: before.done + rows,
      created: before.created + (counts.created ?? 0),
      updated: before.updated + (counts.updated ?? 0),
      skipped: before.skipped + (counts.skipped ?? 0),
      failed: before.failed + failures.length,
      made: sum,
      findings: [...before.findings, ...failures.flatMap(({ findings }) => findings)].slice(0, MAX_FINDINGS),
    };
  }

  /** Tells whoever watches how far it is. */
  async tell(): Promise<void> {
    const news = { type: "import", workspace: this.ctx.workspace.slug, member: this.stored.member, id: this.stored.id };
    await this.database.pool.query("select pg_notify($1, $2)", [CHANNEL, JSON.stringify(news)]);
  }

  async save(state?: "checked" | "done" | "failed", problem?: string): Promise<void> {
    await updateImport(this.database.kysely, this.ctx.workspace.schema, this.stored.id, {
      ...(state && { state }),
      detail: asJson({ progress: this.progress, ...(problem !== undefined && { problem }) }),
      now: new Date().toISOString(),
    });
    await this.tell();
  }

  /** Saves how far it is in the transaction that writes the rows. */
  async saveWithin(tx: Tx): Promise<void> {
    await updateImport(tx, this.ctx.workspace.schema, this.stored.id, {
      detail: asJson({ progress: this.progress }),
      now: new Date().toISOString(),
    });
  }

  keepFailures(failures: readonly FailedRow[]): Promise<void> {
    return addFailures(this.files, failures);
  }

  /** The header under which a field's values stand; null when it is not mapped. */
  headerOf(field: string): string | null {
    return this.columns.find((column) => column.field === field)?.header ?? null;
  }
}

export function rowFailure(read: ReadRow, findings: readonly ImportFinding[]): FailedRow {
  return { row: read.row, cells: read.cells, findings };
}
