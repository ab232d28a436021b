import type { Page } from "playwright-core";

/** By how many pixels the page is wider than its window; 0 when nothing scrolls sideways. */
export async function sidewaysOverflow(page: Page): Promise<number> {
  return await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Waits until a page shows its content and nothing on it says that it loads. (Its live connection never goes idle.) */
export async function settled(page: Page): Promise<void> {
  await page.locator("main").first().waitFor();
  const busy = page.locator(".ant-skeleton, .ant-spin-spinning, [aria-busy='true']");
  await busy
    .first()
    .waitFor({ state: "hidden", timeout: 10_000 })
    .catch(() => undefined);
  await page.waitForTimeout(500);
}
