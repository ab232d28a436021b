import type { JsonObject } from "@formwright/model";
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFindings } from "../support/accessibility.ts";
import { type Api, setUp, type WireRecord } from "../support/api.ts";
import { missingSalesData, SALES_FIGURES, salesFile } from "../support/crm-sales.ts";
import { choose, drag, typeDate } from "../support/form-controls.ts";
import { importFile } from "../support/import-file.ts";
import { signInOn } from "../support/people.ts";
import { journey } from "../support/stage.ts";
import { type Colleague, hire, invite } from "../support/team.ts";
import { waitUntil } from "../support/wait-until.ts";

const ADA = { name: "Ada Lin", email: "ada@example.com", password: "correct horse battery" };
const WON = { "==": [{ var: "stage" }, "won"] };
const HOUR_MS = 3_600_000;

type Figures = readonly { readonly [name: string]: string | number | null }[];

journey(
  "From a fresh folder to a working CRM",
  (stage) => {
    let admin: Api;
    let rep: Colleague;
    let manager: Colleague;
    let director: Colleague;
    let deal: WireRecord;

    const aggregate = async (body: object): Promise<Figures> =>
      (await admin.inWorkspace<{ rows: Figures }>("POST", "/records/opportunity/aggregate", body)).rows;
    const count = async (filter: object) => {
      const [row] = await aggregate({ filter, measures: [{ fn: "count", as: "n" }] });
      return row?.n;
    };
    const read = (entity: string, id: string) => rep.api.inWorkspace<WireRecord>("GET", `/records/${entity}/${id}`);

    test("is set up, with the CRM and people who can sign in", async () => {
      admin = await setUp(stage.server.url, ADA, { name: "Acme", slug: "acme" }, "en");
      await admin.inWorkspace("POST", "/templates/crm/install", { sampleData: false, locale: "en" });
      director = await hire(admin, "Dora Chen", { roles: ["director"] });
    });

    test("takes agents with their managers and offices, accounts and products", async () => {
      const agents = await importFile(admin, "member", salesFile("sales_teams"), [
        { header: "sales_agent", field: "name" },
        { header: "manager", field: "manager", options: { createMissing: true } },
        { header: "regional_office", field: "department", options: { createMissing: true } },
      ]);
      expect(agents.ran).toMatchObject({ created: 35, failed: 0 });
      const products = await importFile(admin, "product", salesFile("products"), [
        { header: "product", field: "name" },
        { header: "series", field: "category" },
        { header: "sales_price", field: "list_price" },
      ]);
      expect(products.ran).toMatchObject({ created: 7, failed: 0 });
      const columns = [
        { header: "account", field: "name" },
        { header: "year_established", field: "founded_year" },
        { header: "revenue", field: "annual_revenue" },
        { header: "employees", field: "employees" },
        { header: "office_location", field: "country" },
      ];
      const misspelt = { technolgy: "technology" };
      const accounts = await importFile(admin, "customer", salesFile("accounts"), [
        ...columns,
        { header: "sector", field: "industry", options: { valueMap: misspelt } },
      ]);
      expect(accounts.ran).toMatchObject({ created: 85, failed: 0 });
      const parents = await importFile(
        admin,
        "customer",
        salesFile("accounts"),
        [
          { header: "account", field: "name" },
          { header: "subsidiary_of", field: "parent" },
        ],
        { mode: "upsert", key: "name" },
      );
      expect(parents.ran).toMatchObject({ created: 0, failed: 0 });
      expect((await admin.all("customer")).length).toBe(85);
    });

    test("imports all 8,800 deals in the wizard, faulty values handled in the open", async () => {
      const page = await stage.open("/login");
      await signInOn(page, ADA);
      await page.goto(`${stage.server.url}/w/acme/r/opportunity/import`);
      await page.locator('input[type="file"]').setInputFiles(salesFile("sales_pipeline"));
      await page.getByText(/8,?800 rows/).waitFor();
      const goesInto = (header: string) => page.getByRole("combobox", { name: `Goes into: ${header}` });
      const plan = [
        ["opportunity_id", "Name"],
        ["sales_agent", "Owner"],
        ["product", "Main product"],
        ["account", "Customer"],
        ["deal_stage", "Stage"],
        ["engage_date", "Engaged on"],
        ["close_date", "Closed on"],
        ["close_value", "Amount"],
      ] as const;
      for (const [header, field] of plan) {
        if (!(await shownIn(goesInto(header))).includes(field)) await choose(page, goesInto(header), field);
      }
      for (const header of ["engage_date", "close_date"]) {
        const order = page.getByRole("combobox", { name: `Dates are written: ${header}` });
        if (!(await shownIn(order)).includes("month / day")) await pick(page, order, "month / day / year");
      }
      expect.soft(await accessibilityFindings(page)).toEqual([]);
      await page.getByRole("button", { name: "Check the file" }).click();
      await page.getByText("GTXPro").first().waitFor({ timeout: 120_000 });
      for (const [value, meaning] of [
        ["GTXPro", "GTX Pro"],
        ["Prospecting", "Contacted"],
        ["Engaging", "Need confirmed"],
      ] as const) {
        await choose(page, page.getByRole("combobox", { name: `${value} means` }), meaning);
      }
      await page.getByRole("button", { name: "Check again" }).click();
      await page.getByRole("button", { name: /Import 8,?800 rows/ }).click({ timeout: 120_000 });
      await page.getByText("Import finished").waitFor({ timeout: 300_000 });
      expect(await count({ "!": [{ isEmpty: [{ var: "id" }] }] })).toBe(SALES_FIGURES.rows);
    }, 600_000);

    test("arrives at the figures that the data is known to hold", async () => {
      const byStage = await aggregate({ groupBy: [{ field: "stage" }], measures: [{ fn: "count", as: "n" }] });
      const { Won, Lost, Engaging, Prospecting } = SALES_FIGURES.byStage;
      const counts = Object.fromEntries(byStage.map((row) => [row.stage, row.n]));
      expect(counts).toEqual({ won: Won, lost: Lost, need_confirmed: Engaging, contacted: Prospecting });
      expect(Number((100 * Won) / (Won + Lost)).toFixed(2)).toBe(String(SALES_FIGURES.winRatePercent));
      const sum = [{ fn: "sum", field: "amount", as: "total" }];
      expect(await aggregate({ filter: WON, measures: sum })).toEqual([{ total: SALES_FIGURES.wonValue }]);
      expect(await count({ isEmpty: [{ var: "customer" }] })).toBe(SALES_FIGURES.withoutAccount);
      expect(await count({ isEmpty: [{ var: "engage_date" }] })).toBe(SALES_FIGURES.withoutEngageDate);
      const [days] = await aggregate({ filter: WON, measures: [{ fn: "avg", field: "cycle_days", as: "mean" }] });
      expect(Number(days?.mean).toFixed(2)).toBe(String(SALES_FIGURES.meanDaysToWin));
      const quarters = await aggregate({
        filter: { and: [WON, { ">=": [{ var: "close_real" }, "2017-01-01"] }] },
        groupBy: [{ field: "close_real", by: "quarter" }],
        measures: sum,
        sort: "close_real",
      });
      expect(quarters.map((row) => row.total)).toEqual(SALES_FIGURES.wonByQuarter2017);
      const [best] = await aggregate({
        filter: WON,
        groupBy: [{ field: "owner" }],
        measures: sum,
        sort: "-total",
        limit: 1,
      });
      const agent = await admin.inWorkspace<WireRecord>("GET", `/records/member/${best?.owner}`);
      expect([agent.values.name, best?.total]).toEqual([
        SALES_FIGURES.bestAgent.name,
        SALES_FIGURES.bestAgent.wonValue,
      ]);
    });

    test("lets a rep sign in to deals of their own", async () => {
      const member = async (name: string, email: string, roles: readonly string[]) => {
        const [found] = await admin.all("member", { filter: { "==": [{ var: "name" }, name] } });
        if (!found) throw new Error(`${name} was not imported`);
        const path = `/records/member/${found.id}`;
        return await invite(admin, await admin.inWorkspace("PATCH", path, { values: { email, roles } }), email);
      };
      rep = await member("Anna Snelling", "anna@example.com", ["seller"]);
      manager = await member("Dustin Brinkmann", "dustin@example.com", ["manager"]);
      const mine: JsonObject = { "==": [{ var: "owner" }, { me: [] }] };
      const engaging: JsonObject = { "==": [{ var: "stage" }, "need_confirmed"] };
      const filter: JsonObject = { and: [mine, engaging, { "!": [{ isEmpty: [{ var: "customer" }] }] }] };
      const [found] = await rep.api.all("opportunity", { filter, sort: "name", limit: 1 });
      if (!found) throw new Error("the rep has no deal");
      deal = found;
      const owner = rep.member.id;
      await admin.inWorkspace("PATCH", `/records/customer/${deal.values.customer}`, { owner, values: {} });
    });

    test("is told what is missing when a card is dragged to quoted, and fills it in", async () => {
      const customer = deal.values.customer ?? null;
      const contacts = [];
      for (const name of ["Kim Doe", "Kai Roe"]) contacts.push(await rep.api.create("contact", { name, customer }));
      const roles = contacts.map(({ id }) => ({ values: { contact: id, role: "user" } }));
      const path = `/records/opportunity/${deal.id}`;
      await rep.api.inWorkspace("PATCH", path, {
        values: { name: "Router refresh", amount: 5000, contact_roles: roles },
      });
      const need = { need: "Faster", budget: 6000, decision_cycle: "month_1", decision_maker: contacts[0]?.id ?? null };
      const next_step_at = new Date(Date.now() + 24 * HOUR_MS).toISOString();
      await rep.api.inWorkspace("POST", `${path}/transition`, { to: "solution", values: { ...need, next_step_at } });
      const [product] = await rep.api.all("product", { filter: { "==": [{ var: "name" }, "GTX Pro"] } });
      const lines = [{ values: { product: product?.id ?? null, quantity: 1, list_price: 4821, discount: 25 } }];
      await rep.api.create("quote", { name: "Router refresh, offer 1", opportunity: deal.id, lines });
      await waitUntil(async () => (await read("opportunity", deal.id)).values.quote, "the quote on the deal");

      const page = await stage.open("/login");
      await signInOn(page, rep);
      await page.goto(`${stage.server.url}/w/acme/a/crm/v/opportunity_board`);
      const card = page.getByRole("article").filter({ hasText: "Router refresh" });
      await drag(page, card, page.getByRole("region", { name: /^Quoted/ }));
      const dialog = page.getByRole("dialog");
      await dialog.getByText("Quote discount").waitFor();
      await typeDate(dialog.getByLabel("Solution sent on"), "2026-01-15");
      await dialog.getByLabel("Competitors").fill("none known");
      expect(await dialog.getByLabel("Discount").inputValue()).toContain("25");
      await dialog.getByRole("button", { name: "Send for approval" }).click();
      await dialog.waitFor({ state: "hidden" });
      expect((await read("opportunity", deal.id)).values.stage).toBe("solution");
    });

    test("moves the deal when manager and director have approved the discount", async () => {
      for (const person of [manager, director]) {
        const page = await stage.open("/login");
        await signInOn(page, person);
        await page.goto(`${stage.server.url}/w/acme/tasks`);
        await page
          .getByRole("link", { name: /Router refresh/ })
          .first()
          .click();
        await page.getByRole("button", { name: /^Approve/ }).click();
        const tasks = async () => {
          const { items } = await person.api.inWorkspace<{ items: readonly object[] }>("GET", "/tasks");
          return items.length === 0 ? true : null;
        };
        await waitUntil(tasks, "the decision");
      }
      const { values } = await read("opportunity", deal.id);
      expect(values).toMatchObject({ stage: "quoted", approved_discount: 25 });
    });

    test("reminds the owner of a follow-up that falls due, live in the inbox", async () => {
      const page = await stage.open("/login");
      await signInOn(page, rep);
      await page.goto(`${stage.server.url}/w/acme/inbox`);
      await rep.api.create("follow_up", {
        subject: "Ask about the routers",
        type: "call",
        at: new Date().toISOString(),
        opportunity: deal.id,
        next_at: new Date(Date.now() + 2000).toISOString(),
      });
      await page.getByText("Follow-up due: Ask about the routers").first().waitFor({ timeout: 60_000 });
      expect.soft(await accessibilityFindings(page)).toEqual([]);
    });

    test("gives the rep a field at once that the admin drags into the form and publishes", async () => {
      const repPage = await stage.open("/login");
      await signInOn(repPage, rep);
      const page = await stage.open("/login");
      await signInOn(page, ADA);
      await page.goto(`${stage.server.url}/w/acme/admin/entities/opportunity`);
      await drag(page, page.getByRole("button", { name: /^Text/ }).first(), page.getByText("Planned close").first());
      await page.getByLabel("Label in English").fill("Delivery port");
      await page.getByLabel("Label in Chinese").fill("交货港");
      await page.getByText("Saved to draft").waitFor();
      await page.getByRole("button", { name: "See plan" }).click();
      await page.getByRole("button", { name: /^Publish/ }).click();
      await page.getByText(/Published as release/).waitFor();
      await repPage.goto(`${stage.server.url}/w/acme/r/opportunity/${deal.id}`);
      await repPage.getByText("Delivery port").first().waitFor();
      await repPage.getByRole("button", { name: /^Edit/ }).first().click();
      await repPage.getByLabel("Delivery port").fill("Hamburg");
      await repPage.getByRole("button", { name: "Save", exact: true }).click();
      const port = async () => Object.values((await read("opportunity", deal.id)).values).includes("Hamburg") || null;
      await waitUntil(port, "the new field's value");
    });

    test("met no error in any page", () => {
      expect(stage.pageErrors).toEqual([]);
    });
  },
  missingSalesData,
);

/** What a select shows as chosen. */
async function shownIn(select: Locator): Promise<string> {
  return (await select.locator("xpath=ancestor::*[contains(@class,'ant-select')][last()]").textContent()) ?? "";
}

async function pick(page: Page, select: Locator, option: string): Promise<void> {
  await select.click();
  await page
    .locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option", { hasText: option })
    .click();
}
