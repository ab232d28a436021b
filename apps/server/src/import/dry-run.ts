import { setImmediate } from "node:timers/promises";
import { checkNewRecord } from "@formwright/engine";
import { type Field, textIn } from "@formwright/model";
import type { FailedRow } from "./import-files.ts";
import { type ImportRun, rowFailure, type Unmatched } from "./import-run.ts";
import { NearMatches } from "./near-match.ts";
import { findingsOfRow } from "./row-findings.ts";
import type { ReadRow, UnmatchedText } from "./row-reader.ts";
import type { ImportFinding } from "./table-columns.ts";

/**
 * Does everything of an import but the writing: reads each row, checks it as a new record would be checked, looks for
 * unique values that are taken, and proposes what misspelt texts may mean.
 */
export async function dryRun(run: ImportRun): Promise<void> {
  const seen = new Map<string, Map<string, number>>();
  const made = new Set<string>();
  for await (const batch of run.batches()) {
    const failures: FailedRow[] = [];
    const counts = { created: 0, updated: 0 };
    const existing = await existingKeys(run, batch);
    const newlyMade: Record<string, number> = {};
    for (const read of batch) {
      for (const { entity, by, text } of read.missing) {
        const key = `${entity} ${by} ${text}`;
        if (made.has(key)) continue;
        made.add(key);
        newlyMade[entity] = (newlyMade[entity] ?? 0) + 1;
      }
      const isUpdate = isKnown(run, read, existing);
      const findings = [...read.findings, ...(isUpdate ? [] : check(run, read)), ...repeated(run, read, seen)];
      if (findings.length > 0) failures.push(rowFailure(read, findings));
      else counts[isUpdate ? "updated" : "created"] += 1;
    }
    await run.keepFailures(failures);
    run.count(counts, failures, batch.length, newlyMade);
    await run.save();
  }
  run.progress = { ...run.progress, unmatched: await propose(run) };
  await run.save("checked");
}

/** What creating the record would refuse, as far as that can be known without writing. */
function check(run: ImportRun, read: ReadRow): readonly ImportFinding[] {
  const values = { ...read.values };
  // Records that will be made have no id yet: any will do for the check.
  for (const { field } of read.missing) values[field] = run.ctx.newId();
  const broken = new Set(read.findings.map(({ column }) => column));
  const found = findingsOfRow(run, read, checkNewRecord(run.ctx, run.entity.key, { values }));
  return found.filter(({ column }) => column === null || !broken.has(column));
}

/** A unique value that stands in two rows of the file. */
function repeated(run: ImportRun, read: ReadRow, seen: Map<string, Map<string, number>>): ImportFinding[] {
  return run.columns.flatMap(({ target, header }): ImportFinding[] => {
    if (!target.unique) return [];
    const value = read.values[target.key];
    if (value === null || value === undefined) return [];
    const rows = seen.get(target.key) ?? new Map<string, number>();
    seen.set(target.key, rows);
    const text = String(value);
    const first = rows.get(text);
    if (first === undefined) {
      rows.set(text, read.row);
      return [];
    }
    const message = {
      en: `“${text}” must be unique, but is in row ${first} already.`,
      "zh-CN": `“${text}”须唯一，但第 ${first} 行已有相同的值。`,
    };
    return [{ row: read.row, column: header, code: "repeatedInFile", message, value: text }];
  });
}

async function existingKeys(run: ImportRun, batch: readonly ReadRow[]): Promise<boolean> {
  const { key, mode } = run.plan;
  if (mode !== "upsert" || !key) return false;
  await run.finder.learn(
    run.entity.key,
    key,
    batch.map(({ values }) => keyText(values[key])),
  );
  return true;
}

function isKnown(run: ImportRun, { values }: ReadRow, hasKeys: boolean): boolean {
  const { key } = run.plan;
  return hasKeys && key !== undefined && run.finder.find(run.entity.key, key, keyText(values[key])) !== null;
}

export function keyText(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}

async function propose(run: ImportRun): Promise<Unmatched[]> {
  const proposals: Unmatched[] = [];
  for (const unmatched of [...run.reader.unmatched.values()].sort((a, b) => b.count - a.count)) {
    proposals.push({ ...unmatched, proposal: await proposalFor(run, unmatched) });
    await setImmediate(); // each looks at thousands of texts: requests come in between
  }
  return proposals;
}

async function proposalFor(run: ImportRun, { column, value }: UnmatchedText): Promise<Unmatched["proposal"]> {
  const mapped = run.columns.find((one) => one.column === column);
  if (!mapped) return null;
  if (mapped.entity !== null) {
    const by = mapped.options?.matchBy ?? run.finder.titleField(mapped.entity);
    const found = await run.finder.near(mapped.entity, by, value);
    return found && { value: found.value, text: found.text };
  }
  const found = new NearMatches(choicesOf(run, mapped.target)).find(value);
  return found && { value: found.value, text: found.text };
}

/** The texts that a choice or a stage goes by. */
function choicesOf(run: ImportRun, field: Field): { text: string; value: string }[] {
  const flow = field.kind === "stage" ? run.ctx.model.flows.get(String(field.options.flow)) : undefined;
  const choices = flow
    ? flow.stages.map(({ key, label }) => ({ value: key, label }))
    : ((field.options.choices ?? []) as unknown as { value: string; label?: { en?: string; "zh-CN"?: string } }[]);
  return choices.flatMap(({ value, label }) =>
    [value, textIn(label, "en"), textIn(label, "zh-CN")].filter(Boolean).map((text) => ({ text, value })),
  );
}
