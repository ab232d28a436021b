import { isSetUp } from "@formwright/engine";
import { parseSettings, type Settings } from "./settings.ts";
import { buildWebApp, isWebAppOutdated } from "./start/build-web-app.ts";
import { failureLine } from "./start/start-line.ts";
import { type RunningServer, startServer } from "./start/start-server.ts";

/** Longer than any of the waits of a stop together would be: past it the process ends as it is. */
const STOP_LIMIT_MS = 20_000;

await main();

async function main(): Promise<void> {
  let settings: Settings | null = null;
  try {
    settings = parseSettings(process.env, process.argv.slice(2));
    if (settings.serves && isWebAppOutdated()) {
      say("Building the web app …");
      await buildWebApp();
    }
    const running = await startServer(settings);
    stopOnSignals(running);
    await greet(running, settings);
  } catch (error) {
    const line = failureLine(error, settings);
    console.error(line === null ? error : `formwright: ${line}`);
    process.exit(1);
  }
}

async function greet(running: RunningServer, settings: Settings): Promise<void> {
  if (running.address === null) return say("Formwright works on background jobs.");
  const isNew = !(await isSetUp(running.database.kysely));
  const place = settings.databaseUrl ? "PostgreSQL" : `the embedded database in ${settings.dataDir}`;
  say(`Formwright is ready at ${running.address}`);
  say(
    isNew
      ? "Open it in a browser: the first page makes your account and your workspace."
      : "Open it in a browser and sign in.",
  );
  say(`Data: ${place}. Queue: ${settings.redisUrl ? "Redis" : "in the database"}. Stop with Ctrl+C.`);
}

function stopOnSignals(running: RunningServer): void {
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    await running.stop();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop());
}

function say(line: string): void {
  console.log(line);
}
