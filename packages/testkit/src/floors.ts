import { readFileSync } from "node:fs";
import { posix } from "node:path";

/** An import or a word that the architecture forbids, with the file it stands in. */
export interface Breach {
  readonly file: string;
  readonly what: string;
}

interface Area {
  readonly name: string;
  readonly matches: RegExp;
  /** Areas and outside packages that it may import. Outside packages that no `reserved` entry names are free. */
  readonly may: readonly string[];
}

/** From the most particular to the general: the first match counts. Tests may use the testkit and the database as well. */
const AREAS: readonly Area[] = [
  { name: "rules", matches: /^packages\/rules\/src\/(?!sql\/)/, may: ["rules"] },
  { name: "rules/sql", matches: /^packages\/rules\/src\/sql\//, may: ["rules", "kysely"] },
  { name: "model", matches: /^packages\/model\//, may: ["rules"] },
  {
    name: "fields/storage",
    matches: /^packages\/fields\/src\/(storage[^/]*\.ts|[^/]+\/storage[^/]*\.ts|storage\/)/,
    may: ["rules", "rules/sql", "model", "fields/model", "kysely"],
  },
  {
    name: "fields/widget",
    matches: /^packages\/fields\/src\/(widget[^/]*\.tsx?|widget\/|[^/]+\/[^/]+\.tsx)/,
    may: ["rules", "model", "fields/model", "react", "antd"],
  },
  { name: "fields/model", matches: /^packages\/fields\//, may: ["rules", "model"] },
  { name: "steps/panel", matches: /^packages\/steps\/.*\.tsx$/, may: ["rules", "model", "steps", "react", "antd"] },
  { name: "steps", matches: /^packages\/steps\//, may: ["rules", "model"] },
  {
    name: "engine",
    matches: /^packages\/engine\//,
    may: ["rules", "rules/sql", "model", "fields/model", "fields/storage", "steps", "kysely", "node"],
  },
  { name: "database", matches: /^packages\/database\//, may: ["kysely", "pg", "pglite", "node"] },
  { name: "testkit", matches: /^packages\/testkit\//, may: ["database", "kysely", "node", "clock"] },
  {
    name: "server/jobs",
    matches: /^apps\/server\/src\/jobs\//,
    may: [
      "rules",
      "model",
      "fields/model",
      "steps",
      "engine",
      "database",
      "kysely",
      "server",
      "bullmq",
      "ioredis",
      "node",
      "clock",
      "fastify",
    ],
  },
  {
    name: "server",
    matches: /^apps\/server\//,
    may: [
      "server/jobs",
      "rules",
      "model",
      "fields/model",
      "steps",
      "engine",
      "database",
      "kysely",
      "node",
      "clock",
      "fastify",
    ],
  },
  {
    name: "web",
    matches: /^apps\/web\//,
    may: ["rules", "model", "fields/model", "fields/widget", "steps", "steps/panel", "react", "antd", "clock"],
  },
  {
    name: "e2e and bench",
    matches: /^apps\/(e2e|bench)\//,
    may: [
      "rules",
      "model",
      "fields/model",
      "steps",
      "engine",
      "database",
      "testkit",
      "server",
      "kysely",
      "pg",
      "bullmq",
      "ioredis",
      "node",
      "clock",
      "fastify",
    ],
  },
];

/** What a specifier stands for when some areas may not have it. */
const RESERVED: readonly (readonly [RegExp, string])[] = [
  [/^@formwright\/rules\/sql$/, "rules/sql"],
  [/^@formwright\/fields\/model$/, "fields/model"],
  [/^@formwright\/fields\/storage$/, "fields/storage"],
  [/^@formwright\/fields\/widget$/, "fields/widget"],
  [/^@formwright\/steps\/panel$/, "steps/panel"],
  [/^@formwright\/(\w+)/, "$1"],
  [/^kysely(\/|$)/, "kysely"],
  [/^pg(-|\/|$)/, "pg"],
  [/^@electric-sql\//, "pglite"],
  [/^bullmq(\/|$)/, "bullmq"],
  [/^ioredis(\/|$)/, "ioredis"],
  [/^@?fastify(\/|-|$)/, "fastify"],
  [/^react(-dom|-router)?(\/|$)/, "react"],
  [/^antd(\/|$)|^@ant-design\//, "antd"],
  [/^node:/, "node"],
];

const IMPORT =
  /^\s*(?:import|export)\b[^;'"]*?\bfrom\s*["']([^"']+)["']|^\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm;
const TEST_FILE = /\.test\.tsx?$/;
const KIND_FOLDER = /^packages\/(fields|steps)\/src\/([a-z-]+)\//;
const SHARED_FOLDERS: ReadonlySet<string> = new Set(["common", "widget", "storage", "assignees", "process", "panel"]);

/**
 * Checks one source file against the floors of docs/architecture.md: who may import whom, no field kind or step kind
 * importing another, the wall clock and the environment kept out of the engine, SQL kept where it belongs,
 * and no word of one template in the platform.
 *
 * @param file path from the repository's root, with forward slashes
 * @param source its text
 */
export function breachesIn(file: string, source: string): Breach[] {
  const area = AREAS.find(({ matches }) => matches.test(file));
  if (!area) return [];
  const isTest = TEST_FILE.test(file);
  const found: Breach[] = [];
  for (const match of source.matchAll(IMPORT)) {
    const specifier = match[1] ?? match[2] ?? match[3] ?? "";
    const target = specifier.startsWith(".")
      ? areaOf(posix.join(posix.dirname(file), specifier))
      : reservedName(specifier);
    if (target && target !== area.name && !area.may.includes(target) && !(isTest && isTestOnly(target))) {
      found.push({ file, what: `${area.name} → ${target}  (imports ${specifier})` });
    }
    const crossing = kindCrossing(file, specifier);
    if (crossing && !isTest) found.push({ file, what: crossing });
  }
  if (!isTest) found.push(...wordsIn(area.name, file, source));
  return found;
}

function wordsIn(area: string, file: string, source: string): Breach[] {
  const found: Breach[] = [];
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  if (/^(rules|model|fields|steps|engine)/.test(area)) {
    if (/\bprocess\.env\b/.test(code)) found.push({ file, what: `${area} reads process.env` });
    const isScreen = area === "fields/widget" || area === "steps/panel";
    if (!isScreen && /\bDate\.now\(\)|\bnew Date\(\)|\bMath\.random\(\)/.test(code))
      found.push({ file, what: `${area} asks the wall clock or chance: they are arguments` });
  }
  if (
    /^(server|server\/jobs|web|steps|model)$/.test(area) &&
    /\bimport\s*\{[^}]*\bsql\b[^}]*\}\s*from\s*["']kysely["']/.test(code)
  )
    found.push({ file, what: `${area} writes SQL: only engine, rules/sql and fields/*/storage may` });
  if (!/^apps\/(e2e|bench)\//.test(file) && /opportunit(y|ies)/i.test(source))
    found.push({ file, what: "says a word of the CRM template: the platform knows no template" });
  return found;
}

function areaOf(file: string): string | null {
  return AREAS.find(({ matches }) => matches.test(file))?.name ?? null;
}

function reservedName(specifier: string): string | null {
  for (const [pattern, name] of RESERVED) {
    const match = pattern.exec(specifier);
    if (match) return name.replace("$1", match[1] ?? "");
  }
  return null;
}

function isTestOnly(target: string): boolean {
  return [
    "testkit",
    "database",
    "kysely",
    "node",
    "clock",
    "rules/sql",
    "fields/model",
    "fields/storage",
    "server",
  ].includes(target);
}

function kindCrossing(file: string, specifier: string): string | null {
  const from = KIND_FOLDER.exec(file);
  if (!from || !specifier.startsWith(".") || SHARED_FOLDERS.has(from[2] ?? "")) return null;
  const to = KIND_FOLDER.exec(posix.join(posix.dirname(file), specifier));
  if (!to || to[2] === from[2] || SHARED_FOLDERS.has(to[2] ?? "")) return null;
  return `one ${from[1] === "fields" ? "field" : "step"} kind → another: ${from[2]} → ${to[2]}`;
}

/**
 * Checks many files.
 *
 * @param root the repository's root
 * @param files paths from the root
 */
export function checkFloors(root: string, files: readonly string[]): Breach[] {
  return files
    .filter((file) => /^(packages|apps)\/[^/]+\/src\/.*\.tsx?$/.test(file))
    .flatMap((file) => breachesIn(file, readFileSync(posix.join(root, file), "utf8")));
}
