import { expect, test } from "vitest";
import { accessibilityFindings } from "../support/accessibility.ts";
import { type Api, setUp, type WireRecord } from "../support/api.ts";
import { publishTextField } from "../support/designer.ts";
import { choose } from "../support/form-controls.ts";
import { signInOn } from "../support/people.ts";
import { journey } from "../support/stage.ts";
import { type Colleague, hire } from "../support/team.ts";
import { waitUntil } from "../support/wait-until.ts";

const ADA = { name: "Ada Lin", email: "ada@example.com", password: "correct horse battery" };
const PORT = { en: "Delivery port", "zh-CN": "交货港" };

journey("Views, mail and releases of the CRM", (stage) => {
  let admin: Api;
  let rep: Colleague;
  let customers: readonly WireRecord[];
  let release: number;

  const workspace = () => `${stage.server.url}/w/acme`;
  const nameOf = (record: WireRecord | undefined) => String(record?.values.name);
  const factory = () => customers.find(({ values }) => values.industry === "manufacturing");
  const other = () => customers.find(({ values }) => values.industry !== "manufacturing");
  const adminPage = async () => {
    const page = await stage.open("/login");
    await signInOn(page, ADA);
    return page;
  };

  test("are there with the samples, for an administrator and a director", async () => {
    admin = await setUp(stage.server.url, ADA, { name: "Acme", slug: "acme" }, "en");
    await admin.inWorkspace("POST", "/templates/crm/install", { sampleData: true, locale: "en" });
    rep = await hire(admin, "Rita Ray", { roles: ["director"] });
    customers = await admin.all("customer", { sort: "name" });
  });

  test("let somebody keep a filtered list as a view and share it", async () => {
    const page = await adminPage();
    await page.goto(`${workspace()}/a/crm/v/customer_list`);
    await page.getByText(nameOf(other()), { exact: true }).first().waitFor();
    await page.getByRole("button", { name: "Filter" }).click();
    await choose(page, page.getByRole("combobox", { name: "Add condition" }), "Industry");
    await choose(page, page.getByRole("combobox", { name: "Industry" }).last(), "Manufacturing");
    await page.getByText(nameOf(other()), { exact: true }).first().waitFor({ state: "hidden" });
    await page.getByText(nameOf(factory()), { exact: true }).first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("menuitem", { name: /Save as a view of mine/ }).click();
    const dialog = page.getByRole("dialog", { name: "Save this view" });
    await dialog.getByLabel("Name of the view").fill("Factories");
    await dialog.getByRole("checkbox").check();
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: "Factories" }).waitFor();
  });

  test("show a shared view to a colleague, who looks at the list through it", async () => {
    const page = await stage.open("/login");
    await signInOn(page, rep);
    await page.goto(`${workspace()}/a/crm/v/customer_list`);
    await page.getByText(nameOf(other()), { exact: true }).first().waitFor();
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("menuitem", { name: /Factories/ }).click();
    await page.getByText(nameOf(other()), { exact: true }).first().waitFor({ state: "hidden" });
    await page.reload();
    await page.getByText(nameOf(factory()), { exact: true }).first().waitFor();
    expect(await page.getByText(nameOf(other()), { exact: true }).count()).toBe(0);
  });

  test("remind by e-mail, and keep the mail where an administrator can read it", async () => {
    await rep.api.create("follow_up", {
      subject: "Ask about the kilns",
      type: "call",
      at: new Date().toISOString(),
      customer: factory()?.id ?? null,
      next: "Call the buyer",
      next_at: new Date(Date.now() + 1000).toISOString(),
    });
    const mailed = async () => {
      const { items } = await admin.inWorkspace<{ items: readonly { subject: string }[] }>("GET", "/outbox");
      return items.some(({ subject }) => subject.includes("Ask about the kilns")) || null;
    };
    await waitUntil(mailed, "the reminder's mail", 60_000);
    const page = await adminPage();
    await page.goto(`${workspace()}/admin/outbox`);
    await page.getByRole("button", { name: /Follow-up due: Ask about the kilns/ }).click();
    const mail = page.getByRole("dialog");
    await mail.getByText(rep.email).waitFor();
    await mail.getByText("Call the buyer").waitFor();
    expect.soft(await accessibilityFindings(page)).toEqual([]);
  });

  test("publish a field as a release that says in words what changed", async () => {
    const page = await adminPage();
    release = await publishTextField(page, workspace(), { entity: "customer", at: "Industry", label: PORT });
    await admin.inWorkspace("PATCH", `/records/customer/${factory()?.id}`, { values: { delivery_port: "Hamburg" } });
    await page.goto(`${workspace()}/admin/releases/${release}`);
    await page
      .getByText(/Delivery port.*added/)
      .first()
      .waitFor();
  });

  test("take the field away with the earlier release, and bring it back with its data", async () => {
    const page = await adminPage();
    const values = async () =>
      (await admin.inWorkspace<WireRecord>("GET", `/records/customer/${factory()?.id}`)).values;
    const goBackTo = async (number: number) => {
      await page.goto(`${workspace()}/admin/releases/${number}`);
      await page.getByRole("button", { name: "Make this release live again" }).click();
      const dialog = page.getByRole("dialog");
      await dialog
        .getByText(/Delivery port.*(added|removed)/)
        .first()
        .waitFor();
      await dialog.getByRole("button", { name: "Make this release live again" }).click();
      await page.getByText(`Release ${number} is live again`).first().waitFor();
    };
    await goBackTo(release - 1);
    expect(await values()).not.toHaveProperty("delivery_port");
    await page.goto(`${workspace()}/r/customer/${factory()?.id}`);
    await page.getByText("Industry", { exact: true }).first().waitFor();
    expect(await page.getByText(PORT.en, { exact: true }).count()).toBe(0);
    await goBackTo(release);
    expect(await values()).toMatchObject({ delivery_port: "Hamburg" });
    await page.goto(`${workspace()}/r/customer/${factory()?.id}`);
    await page.getByText("Hamburg").first().waitFor();
  });

  test("met no error in any page", () => {
    expect(stage.pageErrors).toEqual([]);
  });
});
