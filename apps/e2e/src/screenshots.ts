import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Api, setUp } from "./support/api.ts";
import { launchBrowser } from "./support/browser.ts";
import { settled } from "./support/layout.ts";
import { signInOn } from "./support/people.ts";
import { startServer } from "./support/server-process.ts";

const ADA = { name: "Ada Lin", email: "ada@example.com", password: "correct horse battery" };
const WIDTHS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const LANGUAGES = ["en", "zh-CN"] as const;

interface Shot {
  readonly name: string;
  readonly path: string;
}

/** Takes pictures of the main pages over the CRM with its sample data, wide and narrow, in both languages. */
async function main(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const browser = await launchBrowser();
  try {
    for (const language of LANGUAGES) await inLanguage(language, folder, browser);
  } finally {
    await browser.close();
  }
}

async function inLanguage(
  language: (typeof LANGUAGES)[number],
  folder: string,
  browser: Awaited<ReturnType<typeof launchBrowser>>,
): Promise<void> {
  const server = await startServer();
  try {
    const api = await setUp(server.url, ADA, { name: language === "en" ? "Acme" : "示例公司", slug: "acme" }, language);
    await api.inWorkspace("POST", "/templates/crm/install", { sampleData: true, locale: language });
    const shots = await shotsOf(api);
    for (const viewport of WIDTHS) {
      const context = await browser.newContext({ viewport, locale: language === "en" ? "en-GB" : "zh-CN" });
      const page = await context.newPage();
      await page.goto(server.url);
      await signInOn(page, ADA);
      for (const { name, path } of shots) {
        await page.goto(server.url + path);
        await settled(page);
        await page.screenshot({ path: join(folder, `${name}-${language}-${viewport.width}.png`) });
      }
      await context.close();
    }
  } finally {
    await server.close();
  }
}

async function shotsOf(api: Api): Promise<readonly Shot[]> {
  const w = `/w/${api.workspace}`;
  const view = (key: string): Shot => ({ name: key.replaceAll("_", "-"), path: `${w}/a/crm/v/${key}` });
  const [deal] = await api.all("opportunity", { filter: { "==": [{ var: "stage" }, "solution"] }, sort: "name" });
  const [customer] = await api.all("customer", { sort: "name" });
  const page = (name: string, path: string): Shot => ({ name, path: `${w}${path}` });
  return [
    page("home", ""),
    page("inbox", "/inbox"),
    page("tasks", "/tasks"),
    view("opportunity_board"),
    view("opportunity_list"),
    view("customer_list"),
    view("lead_board"),
    view("task_board"),
    page("deal", `/r/opportunity/${deal?.id}`),
    page("customer", `/r/customer/${customer?.id}`),
    page("new-deal", "/r/opportunity/new"),
    page("import", "/r/customer/import"),
    page("people", "/people"),
    page("entities", "/admin/entities"),
    page("designer", "/admin/entities/opportunity"),
    page("releases", "/admin/releases"),
    page("templates", "/admin/templates"),
    page("outbox", "/admin/outbox"),
    page("jobs", "/admin/jobs"),
    page("release", "/admin/releases/2"),
    page("bin", "/r/customer/bin"),
  ];
}

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error("Say which folder the pictures go to: pnpm --filter @formwright/e2e screenshots <folder>");
  process.exit(1);
}
await main(resolve(process.env.INIT_CWD ?? ".", folder));
