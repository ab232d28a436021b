import type { Page } from "playwright-core";
import type { Account } from "./api.ts";

/** Signs in on the page's login form, in whatever language it speaks, and waits until the workspace is there. */
export async function signInOn(page: Page, account: Omit<Account, "name">): Promise<void> {
  const login = new URL("/login", page.url()).href;
  if (page.url() !== login) await page.goto(login);
  await page.getByLabel(/^(E-mail|邮箱)$/).fill(account.email);
  await page.getByLabel(/^(Password|密码)$/).fill(account.password);
  await page.getByRole("button", { name: /^(Sign in|登\s?录)$/ }).click();
  await page.waitForURL(/\/w\//);
}

/** Switches the language with the button in the top bar. */
export async function speak(page: Page, language: "English" | "中文"): Promise<void> {
  const button = page.getByRole("button", { name: /^(Language|语言): / });
  if ((await button.getAttribute("aria-label"))?.endsWith(language)) return;
  await button.click();
  await page.getByRole("menuitem", { name: language }).click();
  await page.getByRole("button", { name: language === "中文" ? "语言: 中文" : "Language: English" }).waitFor();
}
