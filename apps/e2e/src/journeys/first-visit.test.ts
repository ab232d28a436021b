import { expect, test } from "vitest";
import { accessibilityFindings } from "../support/accessibility.ts";
import { type Api, signIn } from "../support/api.ts";
import { sidewaysOverflow } from "../support/layout.ts";
import { signInOn } from "../support/people.ts";
import { journey } from "../support/stage.ts";

const LIN = { name: "林雨", email: "lin@example.com", password: "correct horse battery" };

journey("The first visit, in Chinese", (stage) => {
  let api: Api;

  test("sets up account and workspace, and offers the templates", async () => {
    const page = await stage.open("/", { locale: "zh-CN" });
    await page.getByLabel("你的姓名").fill(LIN.name);
    await page.getByLabel("邮箱").fill(LIN.email);
    await page.getByLabel("密码", { exact: true }).fill(LIN.password);
    await page.getByLabel("名称", { exact: true }).fill("Acme 工厂");
    await page.getByLabel("地址").fill("acme");
    expect.soft(await accessibilityFindings(page)).toEqual([]);
    expect(await sidewaysOverflow(page)).toBe(0);
    await page.getByRole("button", { name: "创建工作区" }).click();
    await page.getByRole("heading", { name: "客户关系管理" }).waitFor();
    expect.soft(await accessibilityFindings(page)).toEqual([]);

    await page.getByRole("button", { name: /^安\s?装$/ }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^安\s?装$/ })
      .click();
    await page.waitForURL(/\/a\/crm\/v\//, { timeout: 60_000 });
    const menu = page.getByRole("navigation", { name: "主菜单" });
    await menu.getByRole("link", { name: "销售看板" }).waitFor();
    await page.getByText("12 家门店排产").first().waitFor();
    api = await signIn(stage.server.url, "acme", LIN);
    expect(await api.all("opportunity")).toHaveLength(25);
  });

  test("installs a second time without making anything twice", async () => {
    await api.inWorkspace("POST", "/templates/crm/install", { sampleData: true, locale: "zh-CN" });
    expect(await api.all("opportunity")).toHaveLength(25);
    expect(await api.all("customer")).toHaveLength(12);
  });

  test("refuses a second set-up", async () => {
    const again = api.call("POST", "/setup", {
      account: LIN,
      workspace: { name: "Other", slug: "other" },
      locale: "en",
    });
    await expect(again).rejects.toThrow(/409/);
  });

  test("keeps every record through a killed process, and starts again within seconds", async () => {
    const written = await api.create("customer", { name: "断电之前" });
    await stage.server.kill();
    const milliseconds = await stage.server.restart();
    expect(milliseconds).toBeLessThan(20_000);
    api = await signIn(stage.server.url, "acme", LIN);
    const read = await api.inWorkspace<{ values: { name: string } }>("GET", `/records/customer/${written.id}`);
    expect(read.values.name).toBe("断电之前");
    expect(await api.all("opportunity")).toHaveLength(25);
  });

  test("speaks English to whoever wants it, on a phone as well", async () => {
    const page = await stage.open("/login", { width: 390, height: 844 });
    await signInOn(page, LIN);
    expect(await sidewaysOverflow(page)).toBe(0);
    expect(stage.pageErrors).toEqual([]);
  });
});
