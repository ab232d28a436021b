import type { Locator, Page } from "playwright-core";
import { choose, pick } from "./form-controls.ts";

/** Where a column goes, in the words of the page. */
export interface WizardColumn {
  readonly header: string;
  readonly field: string;
  readonly dates?: "month / day / year";
  readonly createsMissing?: true;
}

export interface WizardPlan {
  readonly entity: string;
  readonly file: string;
  readonly rows: number;
  readonly columns: readonly WizardColumn[];
  /** The field that tells which record a row is about; without it every row is a new record. */
  readonly key?: string;
  /** What texts that nothing is known by mean. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** Looks at the page when the columns are settled. */
  readonly onColumns?: () => Promise<void>;
}

/** What the last step of the wizard says. */
export type WizardResult = Readonly<Record<"created" | "updated" | "skipped" | "failed", number>>;

const LONGEST_WAIT_MS = 300_000;
const READY = /Import [\d,]+ rows?$/;

/** Imports a file as a person does: uploads it, settles the columns, checks, says what unknown texts mean, and runs. */
export async function importOnPage(page: Page, workspaceUrl: string, plan: WizardPlan): Promise<WizardResult> {
  await page.goto(`${workspaceUrl}/r/${plan.entity}/import`);
  await page.locator('input[type="file"]').setInputFiles(plan.file);
  await page.getByText(new RegExp(`^${grouped(plan.rows)} rows$`)).waitFor();
  await settleColumns(page, plan.columns);
  if (plan.key) {
    await page.getByRole("radio", { name: /^Update the record/ }).check();
    const key = page.getByRole("combobox", { name: "Key", exact: true });
    if (!(await shownIn(key)).includes(plan.key)) await pick(page, key, plan.key);
  }
  await plan.onColumns?.();
  await page.getByRole("button", { name: "Check the file" }).click();
  const ready = page.getByRole("button", { name: READY });
  await ready.waitFor({ timeout: LONGEST_WAIT_MS });
  const meanings = Object.entries(plan.meanings ?? {});
  for (const [text, meaning] of meanings) {
    await choose(page, page.getByRole("combobox", { name: `${text} means`, exact: true }), meaning);
  }
  if (meanings.length > 0) await page.getByRole("button", { name: "Check again" }).click();
  await page
    .getByRole("button", { name: new RegExp(`Import ${grouped(plan.rows)} rows$`) })
    .click({ timeout: LONGEST_WAIT_MS });
  await page.getByText("Import finished").waitFor({ timeout: LONGEST_WAIT_MS });
  return await resultOn(page);
}

/** Sends each planned column where it belongs and leaves the others out, whatever was proposed. */
async function settleColumns(page: Page, columns: readonly WizardColumn[]): Promise<void> {
  const selects = page.getByRole("combobox", { name: /^Goes into: / });
  for (const select of await selects.all()) {
    const header = ((await select.getAttribute("aria-label")) ?? "").replace("Goes into: ", "");
    const wanted = columns.find((column) => column.header === header);
    const shown = await shownIn(select);
    if (shown.includes("Skip this column") || isShown(shown, wanted?.field)) continue;
    const box = boxOf(select);
    await box.hover();
    await box.locator(".ant-select-clear").click();
  }
  for (const { header, field, dates, createsMissing } of columns) {
    const select = page.getByRole("combobox", { name: `Goes into: ${header}`, exact: true });
    if (!isShown(await shownIn(select), field)) await choose(page, select, exactly(field), field);
    if (dates) {
      const order = page.getByRole("combobox", { name: `Dates are written: ${header}`, exact: true });
      if (!(await shownIn(order)).includes(dates)) await pick(page, order, dates);
    }
    if (createsMissing) {
      const row = page.getByRole("row").filter({ has: page.getByText(header, { exact: true }) });
      await row.getByRole("checkbox", { name: "Create records that do not exist" }).check();
    }
  }
}

async function resultOn(page: Page): Promise<WizardResult> {
  const figure = async (label: string) => {
    const term = page.locator("dl > div").filter({ has: page.getByText(label, { exact: true }) });
    return Number(((await term.locator("dd").textContent()) ?? "").replaceAll(",", ""));
  };
  return {
    created: await figure("created"),
    updated: await figure("updated"),
    skipped: await figure("skipped"),
    failed: await figure("failed"),
  };
}

/** What a select shows as chosen. */
async function shownIn(select: Locator): Promise<string> {
  return (await boxOf(select).textContent()) ?? "";
}

function boxOf(select: Locator): Locator {
  return select.locator("xpath=ancestor::*[contains(concat(' ', @class, ' '), ' ant-select ')][1]");
}

function isShown(shown: string, field: string | undefined): boolean {
  return field !== undefined && [field, `${field} *`].includes(shown.trim());
}

/** A field's option in the list: required fields carry a star. */
function exactly(field: string): RegExp {
  return new RegExp(`^${field}( \\*)?$`);
}

/** A number as the page may write it. */
function grouped(n: number): string {
  return n < 1000 ? String(n) : `${Math.floor(n / 1000)},?${String(n % 1000).padStart(3, "0")}`;
}
