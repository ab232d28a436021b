import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Api, setUp, type WireRecord } from "../support/api.ts";
import { type ServerProcess, startServer } from "../support/server-process.ts";
import { type Colleague, hire } from "../support/team.ts";
import { waitUntil } from "../support/wait-until.ts";

const ADA = { name: "Ada Lin", email: "ada@example.com", password: "correct horse battery" };
const HOUR_MS = 3_600_000;

/** A deal's whole way through the API: the same commands as the screens send, without a browser. */
describe("A deal in the CRM", () => {
  let server: ServerProcess;
  let admin: Api;
  let rep: Colleague;
  let manager: Colleague;
  let director: Colleague;
  let customer: WireRecord;
  let contacts: readonly WireRecord[];
  let deal: WireRecord;

  beforeAll(async () => {
    server = await startServer();
    admin = await setUp(server.url, ADA, { name: "Acme", slug: "acme" }, "en");
    await admin.inWorkspace("POST", "/templates/crm/install", { sampleData: false, locale: "en" });
    const sales = await admin.create("department", { name: "Sales" });
    director = await hire(admin, "Dora Chen", { roles: ["director"], department: sales.id });
    manager = await hire(admin, "Max Mann", { roles: ["manager"], department: sales.id });
    const values = { roles: ["seller"], department: sales.id, manager: manager.member.id };
    rep = await hire(admin, "Rita Ray", values);
    customer = await rep.api.create("customer", { name: "Kiln Works" });
    contacts = await Promise.all(
      ["Kim", "Kai"].map((name) => rep.api.create("contact", { name, customer: customer.id })),
    );
    deal = await newDeal({ name: "Ovens" });
  });
  afterAll(() => server.close());

  const newDeal = (values: { name: string; pipeline?: string }) =>
    rep.api.create("opportunity", { customer: customer.id, amount: 2000, source: "web", ...values });
  const read = (entity: string, id: string) => rep.api.inWorkspace<WireRecord>("GET", `/records/${entity}/${id}`);
  const stageOf = async (id: string) => (await read("opportunity", id)).values.stage;
  const move = (id: string, to: string, values = {}, comment?: string) =>
    rep.api.inWorkspace<object>("POST", `/records/opportunity/${id}/transition`, {
      to,
      values,
      ...(comment && { comment }),
    });
  const tick = (id: string) =>
    rep.api.inWorkspace("POST", `/records/opportunity/${id}/checklist/first_call`, { done: true });
  const decide = async (who: Colleague, action: string, comment = "") => {
    const { items } = await who.api.inWorkspace<{ items: readonly { id: string }[] }>("GET", "/tasks");
    expect(items).toHaveLength(1);
    await who.api.inWorkspace("POST", `/tasks/${items[0]?.id}/${action}`, comment ? { comment } : {});
  };

  test("stays in contacted until the first call is ticked", async () => {
    await expect(move(deal.id, "need_confirmed")).rejects.toThrow(/first_call/);
    await tick(deal.id);
    await move(deal.id, "need_confirmed");
    expect(await stageOf(deal.id)).toBe("need_confirmed");
  });

  test("is told everything that is missing at once", async () => {
    const refused = await move(deal.id, "solution").catch((error: Error) => error.message);
    for (const field of ["need", "budget", "decision_cycle", "decision_maker", "next_step_at"]) {
      expect(refused).toContain(`/values/${field}`);
    }
  });

  test("moves with the values of the dialog, in one step", async () => {
    const inADay = new Date(Date.now() + 24 * HOUR_MS).toISOString();
    const need = {
      need: "Even heat",
      budget: 2500,
      decision_cycle: "month_1",
      decision_maker: contacts[0]?.id ?? null,
    };
    await move(deal.id, "solution", { ...need, next_step_at: inADay });
    expect(await stageOf(deal.id)).toBe("solution");
  });

  test("takes totals, discount and validity from its quote", async () => {
    const product = await admin.create("product", { name: "Kiln", list_price: 1000 });
    const lines = [{ values: { product: product.id, quantity: 2, list_price: 1000, discount: 25 } }];
    const quote = await rep.api.create("quote", { name: "First offer", opportunity: deal.id, lines });
    const withQuote = async () => {
      const now = await read("opportunity", deal.id);
      return now.values.quote ? now : null;
    };
    const { values } = await waitUntil(withQuote, "the quote's figures on the deal");
    expect(values).toMatchObject({ quote: quote.id, discount: 25 });
    expect((await read("quote", quote.id)).values).toMatchObject({ total: 1500, list_total: 2000, discount: 25 });
  });

  test("waits for manager and director above 20 % discount, and goes back when one says no", async () => {
    const roles = contacts.map(({ id }, index) => ({ values: { contact: id, role: index ? "user" : "decider" } }));
    const solution = { solution_sent_on: "2026-01-15", competitor_note: "none known", contact_roles: roles };
    await move(deal.id, "quoted", solution);
    expect(await stageOf(deal.id)).toBe("solution");
    await decide(manager, "approve");
    await decide(director, "reject", "Too much");
    expect(await stageOf(deal.id)).toBe("solution");
  });

  test("cannot hide a discount behind a smaller one than the quote's", async () => {
    await move(deal.id, "quoted", { discount: 5 });
    expect(await stageOf(deal.id)).toBe("solution");
    await decide(manager, "approve");
    await decide(director, "approve");
    expect(await stageOf(deal.id)).toBe("quoted");
    const { values } = await read("opportunity", deal.id);
    expect(values.approved_discount).toBe(25);
    expect((await read("quote", String(values.quote))).values.status).toBe("approved");
  });

  test("needs a comment to go back", async () => {
    await expect(move(deal.id, "solution")).rejects.toThrow(/comment/);
  });

  test("makes the customer active when it is won, and the hand-over a task", async () => {
    await admin.inWorkspace("PATCH", `/records/opportunity/${deal.id}`, { values: { quote_sent_on: "2026-01-20" } });
    await move(deal.id, "negotiation");
    const yes = {
      buyer_agreed_on: "2026-01-25",
      contract_link: "https://files.example.com/1",
      payment_terms: "30 days",
    };
    await move(deal.id, "won", { ...yes, close_real: new Date().toISOString().slice(0, 10) });
    const active = async () => {
      const { values } = await read("customer", customer.id);
      return values.lifecycle === "active" ? values : null;
    };
    expect(await waitUntil(active, "the customer becomes active")).toMatchObject({ kind: "customer" });
    const tasks = await waitUntil(async () => {
      const all = await rep.api.all("task", { filter: { "==": [{ var: "opportunity" }, deal.id] } });
      return all.length >= 5 ? all : null;
    }, "hand-over and return visits");
    expect(tasks.filter(({ values }) => values.origin === "sop")).toHaveLength(5);
  });

  test("goes the short way from contacted to quoted to won", async () => {
    const { id } = await newDeal({ name: "Spare stones", pipeline: "short" });
    await tick(id);
    await expect(move(id, "need_confirmed")).rejects.toThrow(/403|409|422/);
    await move(id, "quoted", { discount: 10, quote_valid_to: "2027-01-31" });
    expect(await stageOf(id)).toBe("quoted");
    await move(id, "won", { close_real: "2026-02-01" });
    expect(await stageOf(id)).toBe("won");
  });

  test("asks only the manager up to 20 %", async () => {
    const { id } = await newDeal({ name: "Shelves", pipeline: "short" });
    await tick(id);
    await move(id, "quoted", { discount: 15, quote_valid_to: "2027-01-31" });
    await decide(manager, "approve");
    expect(await stageOf(id)).toBe("quoted");
  });
});
