import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { PUBLISHED_KINDS, type PublishedDefinition, type SampleRecord, type Template } from "@formwright/model";
import { orderSamples } from "./order-samples.ts";

/**
 * Reads a template from its folder: `template.json` (key, version, label, description, icon, color),
 * `<kind>/<key>.json` for each definition and `samples/<entity>.json` with lists of sample records.
 * The definitions are given in the order in which kinds build on each other, the samples so that each comes after
 * those it points to. What is inside a definition is checked where it is installed.
 *
 * @param folder its path
 * @throws Error that names the file when one is not JSON, or says another kind or key than its place does
 */
export async function readTemplateFolder(folder: string): Promise<Template> {
  const head = (await readJson(join(folder, "template.json"))) as Omit<Template, "definitions" | "samples">;
  const definitions: PublishedDefinition[] = [];
  for (const kind of PUBLISHED_KINDS) {
    for (const file of await jsonFilesIn(join(folder, kind))) definitions.push(await readDefinition(file, kind));
  }
  const samples: SampleRecord[] = [];
  for (const file of await jsonFilesIn(join(folder, "samples"))) samples.push(...(await readSamples(file)));
  return { ...head, definitions, samples: orderSamples(samples, requiredIn(definitions)) };
}

/** Which fields the schemas of the entities require. */
function requiredIn(definitions: readonly PublishedDefinition[]): (entity: string, field: string) => boolean {
  const required = new Set<string>();
  for (const definition of definitions) {
    if (definition.kind !== "entity") continue;
    const fields = (definition.schema?.required ?? []) as readonly string[];
    for (const field of fields) required.add(`${definition.key}.${field}`);
  }
  return (entity, field) => required.has(`${entity}.${field}`);
}

/** Every template below a folder, by key. Folders without a `template.json` are passed over. */
export async function readTemplates(root: string): Promise<ReadonlyMap<string, Template>> {
  const templates = new Map<string, Template>();
  for (const name of (await namesIn(root)).sort()) {
    if (!(await namesIn(join(root, name))).includes("template.json")) continue;
    const template = await readTemplateFolder(join(root, name));
    templates.set(template.key, template);
  }
  return templates;
}

async function readDefinition(file: string, kind: string): Promise<PublishedDefinition> {
  const definition = (await readJson(file)) as PublishedDefinition;
  const key = basename(file, ".json");
  if (definition.kind !== kind || definition.key !== key) {
    throw new Error(`${file} holds ${definition.kind} ${definition.key}, its place says ${kind} ${key}`);
  }
  return definition;
}

async function readSamples(file: string): Promise<readonly SampleRecord[]> {
  const samples = (await readJson(file)) as readonly SampleRecord[];
  const entity = basename(file, ".json");
  const stray = samples.find((sample) => sample.entity !== entity);
  if (stray) throw new Error(`${file} holds ${stray.ref} of ${stray.entity}`);
  return samples;
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is not JSON`, { cause });
  }
}

async function jsonFilesIn(folder: string): Promise<string[]> {
  const names = await namesIn(folder);
  return names
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(folder, name));
}

/** Empty when there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw error;
  }
}
