import { Problem } from "@formwright/model";

/** The file is broken: says where. */
export function unreadable(where: string, whereZh: string): Problem {
  return new Problem("unsupported", {
    en: `The file cannot be read (${where}).`,
    "zh-CN": `无法读取该文件（${whereZh}）。`,
  });
}

export function tooLarge(en: string, zh: string): Problem {
  return new Problem("tooLarge", { en, "zh-CN": zh });
}
