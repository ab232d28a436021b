import type { Page } from "playwright-core";
import { drag } from "./form-controls.ts";

export interface NewTextField {
  readonly entity: string;
  /** The label of a field in the form that the new one is dropped at. */
  readonly at: string;
  readonly label: { readonly en: string; readonly "zh-CN": string };
}

/** Drags a text field into an entity's form, names it, looks at the plan and publishes. Gives the release's number. */
export async function publishTextField(page: Page, workspaceUrl: string, field: NewTextField): Promise<number> {
  await page.goto(`${workspaceUrl}/admin/entities/${field.entity}`);
  const palette = page.getByRole("button", { name: /^Text/ }).first();
  const place = page.getByText(field.at, { exact: true }).first();
  await palette.waitFor();
  await place.waitFor();
  await drag(page, palette, place);
  await page.getByLabel("Label in English").fill(field.label.en);
  await page.getByLabel("Label in Chinese").fill(field.label["zh-CN"]);
  await page.getByText("Saved to draft").waitFor();
  await page.getByRole("button", { name: "See plan" }).click();
  await page.getByRole("button", { name: /^Publish/ }).click();
  const published = page.getByText(/Published as release \d+/).first();
  await published.waitFor();
  return Number(/\d+$/.exec((await published.textContent()) ?? "")?.[0]);
}
