import { bulk, type Tx } from "@formwright/engine";
import type { Json, Problem } from "@formwright/model";
import { keyText } from "./dry-run.ts";
import type { FailedRow } from "./import-files.ts";
import { type ImportRun, rowFailure } from "./import-run.ts";
import { findingsOfRow } from "./row-findings.ts";
import type { MissingRecord, ReadRow } from "./row-reader.ts";
import type { ImportFinding } from "./table-columns.ts";

/**
 * Writes all rows that can be written. A batch and the progress that counts it commit together, so that an import which
 * is cut off goes on exactly where it was.
 */
export async function writeRows(run: ImportRun): Promise<void> {
  for await (const batch of run.batches()) {
    const before = run.progress.created;
    await writeBatch(run, batch);
    // Later rows may name what this batch has made, as their parent or by their key.
    if (run.progress.created > before) run.finder.forgetMissing(run.entity.key);
    await run.tell();
  }
  await run.save("done");
}

async function writeBatch(run: ImportRun, batch: readonly ReadRow[]): Promise<void> {
  const before = run.progress;
  try {
    await run.database.kysely.transaction().execute(async (tx) => {
      const failures: FailedRow[] = [];
      const made = await makeMissing(run, tx, batch, failures);
      const broken = new Set(failures.map(({ row }) => row));
      const sound: ReadRow[] = [];
      for (const read of batch) {
        if (read.findings.length > 0) failures.push(rowFailure(read, read.findings));
        else if (!broken.has(read.row)) sound.push(read);
      }
      const counts = await writeSound(run, tx, sound, failures);
      run.count(counts, failures, batch.length, made);
      // Before the commit: whoever is cut off between the two says them again, and the report takes each row once.
      await run.keepFailures(failures);
      await run.saveWithin(tx);
    });
  } catch (error) {
    run.progress = before;
    throw error;
  }
}

/** Makes the records that rows name but that are not there, each once. */
async function makeMissing(
  run: ImportRun,
  tx: Tx,
  batch: readonly ReadRow[],
  failures: FailedRow[],
): Promise<Record<string, number>> {
  const made: Record<string, number> = {};
  for (const read of batch) {
    for (const missing of read.missing) {
      const known = run.finder.find(missing.entity, missing.by, missing.text);
      const id = known && known !== "ambiguous" ? known : await makeOne(run, tx, read, missing, failures);
      if (id === null) break;
      if (id !== known) made[missing.entity] = (made[missing.entity] ?? 0) + 1;
      read.values[missing.field] = id;
    }
  }
  return made;
}

async function makeOne(
  run: ImportRun,
  tx: Tx,
  read: ReadRow,
  { entity, by, text, field }: MissingRecord,
  failures: FailedRow[],
): Promise<string | null> {
  const [result] = await bulk(tx, run.ctx, entity, { create: [{ values: { [by]: text } }] }, { silent: true });
  if (result?.id) {
    run.finder.remember(entity, by, text, result.id);
    return result.id;
  }
  const header = run.headerOf(field);
  const why = result?.problem;
  const reasons = why?.errors.map(({ pointer, message }) => `${pointer.replace("/values/", "")}: ${message.en}`) ?? [];
  const detail = reasons.length > 0 ? reasons.join(" ") : (why?.message ?? "");
  const finding: ImportFinding = {
    row: read.row,
    column: header,
    code: "cannotMake",
    message: { en: `“${text}” could not be created. ${detail}`, "zh-CN": `无法创建“${text}”。${detail}` },
    value: text,
  };
  failures.push(rowFailure(read, [finding]));
  return null;
}

async function writeSound(run: ImportRun, tx: Tx, rows: readonly ReadRow[], failures: FailedRow[]) {
  const { key, mode } = run.plan;
  const isUpsert = mode === "upsert" && key !== undefined;
  if (isUpsert)
    await run.finder.learn(
      run.entity.key,
      key,
      rows.map(({ values }) => keyText(values[key])),
      tx,
    );
  const create: ReadRow[] = [];
  const update: { read: ReadRow; id: string }[] = [];
  const later: ReadRow[] = [];
  const firstSeen = new Set<string>();
  for (const read of rows) {
    const text = isUpsert ? keyText(read.values[key]) : "";
    const found = isUpsert && text !== "" ? run.finder.find(run.entity.key, key, text) : null;
    if (found === "ambiguous") failures.push(rowFailure(read, [ambiguous(read, run.headerOf(key ?? ""), text)]));
    else if (found) update.push({ read, id: found });
    else if (isUpsert && text !== "" && firstSeen.has(text)) later.push(read);
    else {
      firstSeen.add(text);
      create.push(read);
    }
  }
  const counts = { created: 0, updated: 0 };
  counts.created += await apply(run, tx, create, failures, (reads) => ({ create: reads.map((read) => inputOf(read)) }));
  if (later.length > 0 && isUpsert) {
    // The same key twice in one batch: the later row changes what the earlier one has just made.
    run.finder.forget(run.entity.key, key);
    await run.finder.learn(
      run.entity.key,
      key,
      later.map(({ values }) => keyText(values[key])),
      tx,
    );
    for (const read of later) {
      const id = run.finder.find(run.entity.key, key, keyText(read.values[key]));
      if (id && id !== "ambiguous") update.push({ read, id });
    }
  }
  const ids = new Map(update.map(({ read, id }) => [read, id]));
  counts.updated += await apply(
    run,
    tx,
    update.map(({ read }) => read),
    failures,
    (reads) => ({
      update: reads.map((read) => ({ id: ids.get(read) ?? "", ...inputOf(read, true) })),
    }),
  );
  return counts;
}

type Operations = Parameters<typeof bulk>[3];

async function apply(
  run: ImportRun,
  tx: Tx,
  reads: readonly ReadRow[],
  failures: FailedRow[],
  operations: (reads: readonly ReadRow[]) => Operations,
): Promise<number> {
  if (reads.length === 0) return 0;
  const results = await bulk(tx, run.ctx, run.entity.key, operations(reads), { silent: true });
  let done = 0;
  for (const { index, problem } of results) {
    const read = reads[index];
    if (!problem) done += 1;
    else if (read) failures.push(rowFailure(read, problemFindings(run, read, problem)));
  }
  return done;
}

function problemFindings(run: ImportRun, read: ReadRow, problem: Problem): ImportFinding[] {
  const findings = findingsOfRow(run, read, problem.errors);
  if (findings.length > 0) return findings;
  const { en = problem.code, "zh-CN": zh = en } = problem.detail;
  return [{ row: read.row, column: null, code: problem.code, message: { en, "zh-CN": zh }, value: null }];
}

/** What is empty in the file is left out of a new record, so that defaults apply; in a change it empties the field. */
function inputOf(read: ReadRow, isChange = false): { values: { [field: string]: Json }; owner?: string | null } {
  const values = isChange
    ? read.values
    : Object.fromEntries(Object.entries(read.values).filter(([, value]) => value !== null));
  return { values, ...(read.owner !== undefined && read.owner !== null && { owner: read.owner }) };
}

function ambiguous(read: ReadRow, column: string | null, text: string): ImportFinding {
  const message = {
    en: `Several records have “${text}”: it is not clear which one is meant.`,
    "zh-CN": `有多条记录的值为“${text}”，无法确定更新哪一条。`,
  };
  return { row: read.row, column, code: "ambiguousKey", message, value: text };
}
