import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { isDeeperThan } from "../http/json-bodies.ts";
import { localeOfHeader } from "../http/locale.ts";
import { BadSetting, parseSettings } from "../settings.ts";

describe("settings", () => {
  it("have defaults for everything", () => {
    expect(parseSettings({})).toMatchObject({
      port: 3000,
      host: "127.0.0.1",
      publicUrl: "http://127.0.0.1:3000",
      databaseUrl: null,
      redisUrl: null,
      logLevel: "warn",
      serves: true,
      works: true,
    });
    expect(parseSettings({ PUBLIC_URL: "https://forms.example.com/" }).publicUrl).toBe("https://forms.example.com");
  });

  it.each([
    [{ PORT: "http" }, [], "PORT"],
    [{ PORT: "70000" }, [], "PORT"],
    [{ DATABASE_URL: "mysql://root:secret@host/x" }, [], "DATABASE_URL"],
    [{ REDIS_URL: "localhost:6379" }, [], "REDIS_URL"],
    [{ LOG_LEVEL: "loud" }, [], "LOG_LEVEL"],
    [{ JWT_SECRET: "short" }, [], "JWT_SECRET"],
    [{}, ["--worker-only"], "DATABASE_URL"],
    [{}, ["--fast"], "--fast"],
  ])("refuse %j %j in one line that names the culprit and no secret", (env, args, name) => {
    let message = "";
    try {
      parseSettings(env, args);
    } catch (error) {
      expect(error).toBeInstanceOf(BadSetting);
      message = (error as Error).message;
    }
    expect(message).toContain(name);
    expect(message).not.toContain("secret@");
    expect(message).not.toContain("\n");
  });
});

describe("small things of requests", () => {
  it("choose the language that is wanted most", () => {
    expect(localeOfHeader("de,zh-TW;q=0.8,en;q=0.5")).toBe("zh-CN");
    expect(localeOfHeader("en;q=0.9, zh;q=0.8")).toBe("en");
    expect(localeOfHeader("fr, zh;q=0")).toBeNull();
    expect(localeOfHeader(undefined)).toBeNull();
  });

  it("measure depth by brackets outside texts", () => {
    expect(isDeeperThan('{"a":"[[[[["}', 2)).toBe(false);
    expect(isDeeperThan('{"a\\"[":[[1]]}', 2)).toBe(true);
    expect(isDeeperThan("[[],[],[]]", 2)).toBe(false);
  });
});

describe("the command", () => {
  const folder = mkdtempSync(join(tmpdir(), "fw-start-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const main = fileURLToPath(new URL("../main.ts", import.meta.url));

  const run = (env: Record<string, string>, args: string[] = []) => {
    const child = spawn(process.execPath, [main, ...args], {
      env: { PATH: process.env.PATH ?? "", DATA_DIR: folder, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said = { out: "", err: "" };
    child.stdout.on("data", (text) => {
      said.out += text;
    });
    child.stderr.on("data", (text) => {
      said.err += text;
    });
    const ended = new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)));
    return { child, said, ended };
  };

  it("says in one line what is wrong and ends with 1", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const port = String((taken.address() as { port: number }).port);
    const cases = [
      [{ PORT: "many" }, [], /PORT must be a number/],
      [{ DATABASE_URL: "postgres://u:hush@127.0.0.1:1/x" }, ["--worker-only"], /127\.0\.0\.1:1\/x.* cannot be reached/],
      [{ REDIS_URL: "redis://127.0.0.1:1", PORT: "0", HOST: "127.0.0.1" }, ["--no-worker", "--nonsense"], /--nonsense/],
    ] as const;
    for (const [env, args, line] of cases) {
      const { said, ended } = run(env, [...args]);
      expect(await ended).toBe(1);
      expect(said.err).toMatch(line);
      expect(said.err.trim().split("\n")).toHaveLength(1);
      expect(said.err).not.toContain("hush");
    }
    taken.close();
    expect(port).toMatch(/^\d+$/);
  });
});
