import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const LINK = /\]\(([^()\s]+)\)/g;

test("every relative link of the README and the docs leads to a file, and to a heading that is in it", () => {
  const files = ["README.md", "CHANGELOG.md", ...pagesBelow("docs")];
  expect(files.flatMap(deadLinks)).toEqual([]);
});

test("the guide has the same pages in English and Chinese", () => {
  const names = (language: string) => pagesBelow(`docs/guide/${language}`).map((file) => file.split("/").at(-1));
  expect(names("zh")).toEqual(names("en"));
});

function pagesBelow(folder: string): readonly string[] {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  return entries
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .sort();
}

function deadLinks(file: string): readonly string[] {
  const links = [...read(file).matchAll(LINK)].map((match) => match[1] ?? "");
  return links.filter((link) => !/^[a-z]+:/.test(link) && !leads(file, link)).map((link) => `${file}: ${link}`);
}

function leads(file: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? file : relative(ROOT, join(ROOT, dirname(file), path));
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || anchorsOf(target).has(decodeURIComponent(anchor));
}

/** The anchors of a page's headings, made as Git hosts make them. */
function anchorsOf(file: string): ReadonlySet<string> {
  const headings = [...read(file).matchAll(/^#{1,6} +(.+)$/gm)].map((match) => match[1] ?? "");
  return new Set(
    headings.map((heading) =>
      heading
        .trim()
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}
