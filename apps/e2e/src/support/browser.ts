import { existsSync } from "node:fs";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

/**
 * Launches the browser of the journeys: the one that FORMWRIGHT_BROWSER names, else on Linux (x64) the Chromium of the
 * package, else an installed Chrome.
 */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch(await launchOptions());
}

/** Why no journey can run here; null when one can. */
export async function missingBrowser(): Promise<string | null> {
  try {
    const browser = await launchBrowser();
    await browser.close();
    return null;
  } catch (error) {
    const [line = ""] = (error as Error).message.split("\n");
    return `no browser: ${line}`;
  }
}

async function launchOptions(): Promise<LaunchOptions> {
  const named = process.env.FORMWRIGHT_BROWSER;
  if (named) return { executablePath: named, args: ["--no-sandbox", "--disable-background-networking"] };
  if (process.platform !== "linux" || process.arch !== "x64") return { channel: "chrome" };
  const { default: packaged } = await import("@sparticuz/chromium");
  const executablePath = await packaged.executablePath();
  if (!existsSync(executablePath)) return { channel: "chrome" };
  // Single-process mode is made for functions in the cloud; here it would take every page down with one.
  const args = packaged.args.filter((arg) => !["--single-process", "--no-zygote"].includes(arg));
  return { executablePath, args: [...args, "--disable-background-networking"] };
}
