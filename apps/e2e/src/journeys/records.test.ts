import { expect, test } from "vitest";
import { accessibilityFindings } from "../support/accessibility.ts";
import { type Api, setUp, type WireRecord } from "../support/api.ts";
import { settled, sidewaysOverflow } from "../support/layout.ts";
import { signInOn, speak } from "../support/people.ts";
import { journey } from "../support/stage.ts";

const ADA = { name: "Ada Lin", email: "ada@example.com", password: "correct horse battery" };
const VIEWPORTS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

journey("Records of the CRM", (stage) => {
  let api: Api;
  let customer: WireRecord;
  let pages: readonly string[] = [];

  test("are there after installing with samples", async () => {
    api = await setUp(stage.server.url, ADA, { name: "Acme", slug: "acme" }, "en");
    await api.inWorkspace("POST", "/templates/crm/install", { sampleData: true, locale: "en" });
    customer = await api.create("customer", { name: "Conflict Ltd", region: "Lisbon" });
    const [deal] = await api.all("opportunity", { filter: { "==": [{ var: "stage" }, "solution"] }, sort: "name" });
    pages = [
      "",
      "/inbox",
      "/tasks",
      "/a/crm/v/opportunity_board",
      "/a/crm/v/opportunity_list",
      "/a/crm/v/customer_list",
      `/r/opportunity/${deal?.id}`,
      `/r/customer/${customer.id}`,
      "/r/opportunity/new",
      "/people",
      "/admin/entities",
      "/admin/releases",
      "/admin/templates",
    ];
  });

  test("are not overwritten when somebody else was faster", async () => {
    const page = await stage.open("/login");
    await signInOn(page, ADA);
    await page.goto(`${stage.server.url}/w/acme/r/customer/${customer.id}`);
    await page.getByRole("button", { name: /^Edit/ }).first().click();
    await page.getByLabel("Province or city").or(page.getByLabel("Region")).fill("Porto");
    await api.inWorkspace("PATCH", `/records/customer/${customer.id}`, { values: { region: "Braga" } });
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Ada Lin changed this record meanwhile").waitFor();
    const stored = await api.inWorkspace<WireRecord>("GET", `/records/customer/${customer.id}`);
    expect(stored.values.region).toBe("Braga");
    // By keyboard: a click can miss while the dialog still grows.
    await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).press("Enter");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    const kept = await api.inWorkspace<WireRecord>("GET", `/records/customer/${customer.id}`);
    expect(kept.values.region).toBe("Porto");
  });

  test.each(["English", "中文"] as const)(
    "stand on pages without accessibility findings or sideways scrolling, wide and narrow (%s)",
    async (language) => {
      const found: string[] = [];
      for (const viewport of VIEWPORTS) {
        const page = await stage.open("/login", viewport);
        await signInOn(page, ADA);
        if (viewport.width > 1000) await speak(page, language);
        for (const path of pages) {
          await page.goto(`${stage.server.url}/w/acme${path}`);
          await settled(page);
          const place = `${path || "/"} at ${viewport.width}`;
          const overflow = await sidewaysOverflow(page);
          if (overflow > 0) found.push(`${place}: ${overflow} px wider than the window`);
          for (const finding of await accessibilityFindings(page)) found.push(`${place}: ${finding}`);
        }
        await page.context().close();
      }
      expect(found).toEqual([]);
    },
    400_000,
  );

  test("met no error in any page", () => {
    expect(stage.pageErrors).toEqual([]);
  });
});
