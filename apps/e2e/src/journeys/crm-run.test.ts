import type { JsonObject } from "@formwright/model";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFindings } from "../support/accessibility.ts";
import { type Api, signIn, type WireRecord } from "../support/api.ts";
import { missingSalesData, SALES_FIGURES, salesFile } from "../support/crm-sales.ts";
import { publishTextField } from "../support/designer.ts";
import { choose, drag, typeDate } from "../support/form-controls.ts";
import { importOnPage } from "../support/import-wizard.ts";
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
    /** The admin's page and the rep's. */
    let office: Page;
    let desk: Page;
    let rep: Colleague;
    let manager: Colleague;
    let director: Colleague;
    let deal: WireRecord;

    const workspace = () => `${stage.server.url}/w/acme`;
    const aggregate = async (body: object): Promise<Figures> =>
      (await admin.inWorkspace<{ rows: Figures }>("POST", "/records/opportunity/aggregate", body)).rows;
    const count = async (filter: object) => {
      const [row] = await aggregate({ filter, measures: [{ fn: "count", as: "n" }] });
      return row?.n;
    };
    const read = (entity: string, id: string) => rep.api.inWorkspace<WireRecord>("GET", `/records/${entity}/${id}`);

    test("is set up in the browser, without samples, and offers what the CRM brings", async () => {
      const page = await stage.open("/");
      await page.getByLabel("Your name").fill(ADA.name);
      await page.getByLabel("E-mail").fill(ADA.email);
      await page.getByLabel("Password", { exact: true }).fill(ADA.password);
      await page.getByLabel("Name", { exact: true }).fill("Acme");
      await page.getByLabel("Address").fill("acme");
      await page.getByRole("button", { name: "Create the workspace" }).click();
      await page.getByRole("button", { name: "Install", exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("switch", { name: /^Sample records/ }).click();
      await dialog.getByRole("button", { name: "Install", exact: true }).click();
      await page.waitForURL(/\/a\/crm\/v\//, { timeout: 60_000 });
      await page.getByRole("navigation").getByRole("link", { name: "Customers" }).first().waitFor();
      office = page;
      admin = await signIn(stage.server.url, "acme", ADA);
      director = await hire(admin, "Dora Chen", { roles: ["director"] });
      expect(await admin.all("opportunity")).toEqual([]);
    });

    test("takes agents with their managers and offices, and products, in the wizard", async () => {
      const agents = await importOnPage(office, workspace(), {
        entity: "member",
        file: salesFile("sales_teams"),
        rows: 35,
        columns: [
          { header: "sales_agent", field: "Name" },
          { header: "manager", field: "Manager", createsMissing: true },
          { header: "regional_office", field: "Department", createsMissing: true },
        ],
      });
      expect(agents).toMatchObject({ created: 35, failed: 0 });
      const products = await importOnPage(office, workspace(), {
        entity: "product",
        file: salesFile("products"),
        rows: 7,
        columns: [
          { header: "product", field: "Name" },
          { header: "series", field: "Category" },
          { header: "sales_price", field: "List price" },
        ],
      });
      expect(products).toMatchObject({ created: 7, failed: 0 });
    });

    test("takes the accounts, a misspelt sector put right, and then which belongs to which", async () => {
      const accounts = { entity: "customer", file: salesFile("accounts"), rows: 85 };
      const made = await importOnPage(office, workspace(), {
        ...accounts,
        columns: [
          { header: "account", field: "Name" },
          { header: "sector", field: "Industry" },
          { header: "year_established", field: "Founded" },
          { header: "revenue", field: "Yearly revenue" },
          { header: "employees", field: "Employees" },
          { header: "office_location", field: "Country" },
        ],
        meanings: { technolgy: "Technology" },
      });
      expect(made).toMatchObject({ created: 85, failed: 0 });
      const linked = await importOnPage(office, workspace(), {
        ...accounts,
        columns: [
          { header: "account", field: "Name" },
          { header: "subsidiary_of", field: "Belongs to" },
        ],
        key: "Name",
      });
      expect(linked).toMatchObject({ created: 0, failed: 0 });
      expect((await admin.all("customer")).length).toBe(85);
    });

    test("takes all 8,800 deals in the wizard, faulty values handled in the open", async () => {
      const deals = await importOnPage(office, workspace(), {
        entity: "opportunity",
        file: salesFile("sales_pipeline"),
        rows: SALES_FIGURES.rows,
        columns: [
          { header: "opportunity_id", field: "Name" },
          { header: "sales_agent", field: "Owner" },
          { header: "product", field: "Main product" },
          { header: "account", field: "Customer" },
          { header: "deal_stage", field: "Stage" },
          { header: "engage_date", field: "Engaged on", dates: "month / day / year" },
          { header: "close_date", field: "Closed on", dates: "month / day / year" },
          { header: "close_value", field: "Amount" },
        ],
        meanings: { GTXPro: "GTX Pro", Prospecting: "Contacted", Engaging: "Need confirmed" },
        onColumns: async () => expect.soft(await accessibilityFindings(office)).toEqual([]),
      });
      expect(deals).toMatchObject({ created: SALES_FIGURES.rows, failed: 0 });
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

    test("has a deal with a need, a budget and contacts", async () => {
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
    });

    test("takes a quote with 25 % discount on the deal's page", async () => {
      desk = await stage.open("/login");
      await signInOn(desk, rep);
      await desk.goto(`${workspace()}/r/opportunity/${deal.id}`);
      await desk.getByRole("button", { name: "New Quote" }).click();
      const form = desk.getByRole("dialog", { name: "New Quote" });
      await form.getByLabel("Name", { exact: true }).fill("Router refresh, offer 1");
      await form.getByRole("button", { name: "Add row" }).click();
      await choose(desk, form.getByRole("combobox", { name: "Product 1" }), "GTX Pro");
      for (const [label, text] of [
        ["Quantity 1", "1"],
        ["List price 1", "4821"],
        ["Discount 1", "25"],
      ] as const) {
        await form.getByLabel(label, { exact: true }).fill(text);
      }
      await form.getByRole("button", { name: "Save", exact: true }).click();
      await form.waitFor({ state: "hidden" });
      await desk.getByRole("link", { name: "Router refresh, offer 1" }).first().waitFor();
      await waitUntil(async () => (await read("opportunity", deal.id)).values.quote, "the quote on the deal");
      expect((await read("opportunity", deal.id)).values.discount).toBe(25);
    });

    test("says what is missing when a card is dragged to quoted, takes it, and asks for approval", async () => {
      const page = desk;
      await page.goto(`${workspace()}/a/crm/v/opportunity_board`);
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
        await page.goto(`${workspace()}/tasks`);
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
      const page = desk;
      await page.goto(`${workspace()}/inbox`);
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
      await publishTextField(office, workspace(), {
        entity: "opportunity",
        at: "Planned close",
        label: { en: "Delivery port", "zh-CN": "交货港" },
      });
      await desk.goto(`${workspace()}/r/opportunity/${deal.id}`);
      await desk.getByText("Delivery port").first().waitFor();
      await desk.getByRole("button", { name: /^Edit/ }).first().click();
      await desk.getByLabel("Delivery port").fill("Hamburg");
      await desk.getByRole("button", { name: "Save", exact: true }).click();
      const port = async () => Object.values((await read("opportunity", deal.id)).values).includes("Hamburg") || null;
      await waitUntil(port, "the new field's value");
    });

    test("met no error in any page", () => {
      expect(stage.pageErrors).toEqual([]);
    });
  },
  missingSalesData,
);
