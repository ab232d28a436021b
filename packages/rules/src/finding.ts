import type { RuleFinding } from "./types.ts";

/** What can be wrong with a rule. Braces are filled in from the finding's parameters. */
export const RULE_FINDING_MESSAGES = {
  notARule: {
    en: "This is not a rule: an object with one operator, a list or a plain value is expected",
    "zh-CN": "这不是规则：应为只含一个运算符的对象、列表或普通值",
  },
  tooDeep: { en: "The rule is nested more than {limit} levels deep", "zh-CN": "规则嵌套超过 {limit} 层" },
  tooLarge: { en: "The rule has more than {limit} parts", "zh-CN": "规则的组成部分超过 {limit} 个" },
  badText: {
    en: "The text is longer than {limit} characters or holds characters that cannot be stored",
    "zh-CN": "文本超过 {limit} 个字符，或含有无法保存的字符",
  },
  badNumber: {
    en: "The number has more than 21 digits before or 15 after the point",
    "zh-CN": "数字的整数部分超过 21 位或小数部分超过 15 位",
  },
  badPath: { en: "“{path}” cannot be the name of a field", "zh-CN": "“{path}” 不能作为字段名" },
  unknownOperator: { en: "There is no operator “{operator}”", "zh-CN": "没有运算符 “{operator}”" },
  unknownVariable: { en: "There is no field “{path}”", "zh-CN": "没有字段 “{path}”" },
  unknownChoice: {
    en: "“{value}” is not among the choices of “{path}”",
    "zh-CN": "“{value}” 不是 “{path}” 的选项",
  },
  argumentCount: {
    en: "“{operator}” takes {count} values, not {given}",
    "zh-CN": "“{operator}” 需要 {count} 个值，而不是 {given} 个",
  },
  wrongType: { en: "{wanted} is expected here, not {given}", "zh-CN": "此处应为{wanted}，而不是{given}" },
  differentTypes: {
    en: "{first} and {given} cannot be used together",
    "zh-CN": "{first}和{given}不能一起使用",
  },
  notConstant: {
    en: "The value {number} of “{operator}” has to be written in the rule and be one that the operator knows",
    "zh-CN": "“{operator}” 的第 {number} 个值必须直接写在规则中，且为该运算符支持的值",
  },
  notAList: { en: "A list may hold texts only here", "zh-CN": "此处的列表只能包含文本" },
  volatile: {
    en: "“{operator}” depends on who asks or when, and cannot be part of a stored value",
    "zh-CN": "“{operator}” 取决于查询者或时间，不能用于存储的值",
  },
} as const satisfies Record<string, { readonly en: string; readonly "zh-CN": string }>;

export type RuleFindingCode = keyof typeof RULE_FINDING_MESSAGES;
export type FindingParams = Readonly<Record<string, string | LocalWords>>;

interface LocalWords {
  readonly en: string;
  readonly "zh-CN": string;
}

/** A finding with its messages filled in. */
export function ruleFinding(pointer: string, code: RuleFindingCode, params: FindingParams = {}): RuleFinding {
  const fill = (locale: keyof LocalWords): string =>
    RULE_FINDING_MESSAGES[code][locale].replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name] ?? "?";
      return typeof value === "string" ? value : value[locale];
    });
  return { pointer, code, message: { en: sentence(fill("en")), "zh-CN": fill("zh-CN") } };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A rule that cannot be run was run: whoever stored or passed it on did not check it. */
export class RuleError extends Error {
  readonly findings: readonly RuleFinding[];
  override readonly name = "RuleError";

  constructor(findings: readonly RuleFinding[]) {
    super(findings.map((finding) => `${finding.pointer || "/"}: ${finding.message.en}`).join("; "));
    this.findings = findings;
  }
}
