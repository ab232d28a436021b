import type { Locator, Page } from "playwright-core";

const OPEN_LIST = ".ant-select-dropdown:not(.ant-select-dropdown-hidden)";

/** Chooses an option of a select by typing a part of its words. */
export async function choose(page: Page, select: Locator, option: string | RegExp, typed?: string): Promise<void> {
  await openList(page, select);
  await select.fill(typed ?? String(option));
  await takeOption(page, option);
}

/** Chooses an option of a select that cannot be typed into. */
export async function pick(page: Page, select: Locator, option: string | RegExp): Promise<void> {
  await openList(page, select);
  await takeOption(page, option);
}

/** Opens a select's list once the list of the select before it has faded away. */
async function openList(page: Page, select: Locator): Promise<void> {
  await listsAreShut(page);
  await select.click();
}

async function takeOption(page: Page, option: string | RegExp): Promise<void> {
  await page.locator(`${OPEN_LIST} .ant-select-item-option`, { hasText: option }).first().click();
  await listsAreShut(page);
}

async function listsAreShut(page: Page): Promise<void> {
  await page.waitForFunction((open) => document.querySelector(open) === null, OPEN_LIST);
}

/** Types a date and leaves the field with Enter, which closes the calendar. */
export async function typeDate(field: Locator, date: string): Promise<void> {
  await field.click();
  await field.fill(date);
  await field.press("Enter");
}

/** Drags with the mouse: past the threshold first, then in steps, as a hand does. */
export async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const start = await middleOf(from);
  const end = await middleOf(to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 8, start.y + 8);
  await page.mouse.move(end.x, end.y, { steps: 12 });
  await page.mouse.up();
}

async function middleOf(place: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await place.boundingBox();
  if (!box) throw new Error(`${place} is not to be seen`);
  return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 60) };
}
