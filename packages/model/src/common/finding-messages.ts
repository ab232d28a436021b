import { RULE_FINDING_MESSAGES } from "@formwright/rules";
import type { LocalText } from "./text.ts";

type Message = { readonly en: string; readonly "zh-CN": string };

/** Findings about the shape of a document or a value: what a JSON Schema keyword says no to. */
const SHAPE = {
  required: { en: "This is required.", "zh-CN": "必填。" },
  unknownProperty: { en: "“{name}” is not known here.", "zh-CN": "此处没有“{name}”。" },
  type: { en: "Must be {expected}.", "zh-CN": "类型不对，应为{expectedZh}。" },
  enum: { en: "“{value}” is not one of the choices.", "zh-CN": "“{value}”不在可选值之内。" },
  const: { en: "Must be “{expected}”.", "zh-CN": "必须是“{expected}”。" },
  minLength: { en: "Must have at least {limit} characters.", "zh-CN": "至少 {limit} 个字符。" },
  maxLength: { en: "Must have at most {limit} characters.", "zh-CN": "最多 {limit} 个字符。" },
  pattern: { en: "Does not have the expected form.", "zh-CN": "格式不对。" },
  format: { en: "Is not a valid {format}.", "zh-CN": "不是有效的 {format}。" },
  minimum: { en: "Must be at least {limit}.", "zh-CN": "不得小于 {limit}。" },
  maximum: { en: "Must be at most {limit}.", "zh-CN": "不得大于 {limit}。" },
  minItems: { en: "Must have at least {limit} entries.", "zh-CN": "至少 {limit} 项。" },
  maxItems: { en: "Must have at most {limit} entries.", "zh-CN": "最多 {limit} 项。" },
  uniqueItems: { en: "The same entry is there twice.", "zh-CN": "有重复项。" },
  minProperties: { en: "Must not be empty.", "zh-CN": "不能为空。" },
  maxProperties: { en: "Must have at most {limit} entries.", "zh-CN": "最多 {limit} 项。" },
  union: { en: "Fits none of the allowed forms.", "zh-CN": "不符合任何允许的形式。" },
  tooDeep: { en: "Is nested too deeply.", "zh-CN": "嵌套过深。" },
} as const satisfies Record<string, Message>;

/** Findings about a value that its schema alone cannot say. */
const VALUE = {
  blank: { en: "Must not be blank; send null to empty it.", "zh-CN": "不能全为空白；要清空请传 null。" },
  nulCharacter: { en: "Contains a NUL character.", "zh-CN": "含有 NUL 字符。" },
  loneSurrogate: { en: "Contains half a character (a lone surrogate).", "zh-CN": "含有不完整的字符（孤立代理项）。" },
  decimalPlaces: { en: "Has more than {scale} decimal places.", "zh-CN": "小数位超过 {scale} 位。" },
  numberTooLarge: { en: "Has more digits than can be kept exactly.", "zh-CN": "位数过多，无法精确保存。" },
  impossibleDate: { en: "There is no such date.", "zh-CN": "没有这样的日期。" },
  notPhone: { en: "Is not a telephone number.", "zh-CN": "不是有效的电话号码。" },
  notUrl: { en: "Must be an http or https address.", "zh-CN": "必须是 http 或 https 网址。" },
  readOnlyField: { en: "Nobody writes this field: it is computed.", "zh-CN": "该字段由系统计算，不能填写。" },
  useTransition: { en: "The stage changes only through a transition.", "zh-CN": "阶段只能通过流转来改变。" },
} as const satisfies Record<string, Message>;

/** Findings about text that was typed, pasted or imported. */
const TEXT = {
  notNumber: { en: "“{text}” is not a number.", "zh-CN": "“{text}”不是数字。" },
  notBoolean: { en: "“{text}” is neither yes nor no.", "zh-CN": "“{text}”不是“是”或“否”。" },
  notDate: { en: "“{text}” is not a date.", "zh-CN": "“{text}”不是日期。" },
  notDatetime: { en: "“{text}” is not a date with a time.", "zh-CN": "“{text}”不是日期时间。" },
  timeInDate: { en: "“{text}” has a time, but only a date is kept.", "zh-CN": "“{text}”带有时间，此字段只保存日期。" },
  ambiguousDate: {
    en: "“{text}”: say whether the day or the month comes first.",
    "zh-CN": "“{text}”：请确认日在前还是月在前。",
  },
  notChoice: { en: "“{text}” is not one of the choices.", "zh-CN": "“{text}”不在选项之中。" },
  titleNotFound: { en: "Nothing is called “{text}”.", "zh-CN": "找不到“{text}”。" },
  titleAmbiguous: { en: "Several are called “{text}”.", "zh-CN": "有多个“{text}”。" },
  notRows: { en: "Is not a list of rows (JSON).", "zh-CN": "不是行列表（JSON）。" },
} as const satisfies Record<string, Message>;

/** Findings about the options of a field. */
const OPTIONS = {
  boundsContradict: { en: "The smallest is larger than the largest.", "zh-CN": "最小值大于最大值。" },
  duplicateChoice: { en: "The choice “{value}” is there twice.", "zh-CN": "选项“{value}”重复。" },
  duplicateLabel: { en: "Two choices are called “{label}”.", "zh-CN": "有两个选项都叫“{label}”。" },
  noDigits: {
    en: "The pattern needs one run of zeros for the number, e.g. {0000}.",
    "zh-CN": "编号格式需要一段零，例如 {0000}。",
  },
  unknownToken: { en: "The pattern does not know “{token}”.", "zh-CN": "编号格式里没有“{token}”。" },
  unknownKind: { en: "There is no field kind “{name}”.", "zh-CN": "没有字段类型“{name}”。" },
  contradictsKind: {
    en: "“{keyword}” says something else than the field kind and its options.",
    "zh-CN": "“{keyword}”与字段类型及其选项矛盾。",
  },
  keywordNotAllowed: {
    en: "“{keyword}” cannot be used with this field kind.",
    "zh-CN": "此字段类型不能使用“{keyword}”。",
  },
  notInSubform: { en: "This field kind cannot be a column of a subform.", "zh-CN": "此字段类型不能用在子表单里。" },
  cannotBeUnique: { en: "This field kind cannot be unique.", "zh-CN": "此字段类型不能设为唯一。" },
  cannotBeRequired: { en: "A computed field cannot be required.", "zh-CN": "计算字段不能设为必填。" },
  cannotHaveDefault: { en: "This field cannot have a default.", "zh-CN": "此字段不能有默认值。" },
} as const satisfies Record<string, Message>;

/** Findings about how definitions fit together. */
const MODEL = {
  badKey: {
    en: "A key is a small letter, then small letters, digits or _.",
    "zh-CN": "键须以小写字母开头，只含小写字母、数字和下划线。",
  },
  reservedKey: { en: "The key “{key}” is taken by the system.", "zh-CN": "键“{key}”为系统保留。" },
  keyTooLong: {
    en: "The key is too long: entity and subform together may have {limit} characters.",
    "zh-CN": "键太长：实体与子表单合计最多 {limit} 个字符。",
  },
  duplicateKey: { en: "The key “{key}” is there twice.", "zh-CN": "键“{key}”重复。" },
  unknownEntity: { en: "There is no entity “{key}”.", "zh-CN": "没有实体“{key}”。" },
  unknownField: { en: "“{entity}” has no field “{field}”.", "zh-CN": "“{entity}”没有字段“{field}”。" },
  unknownFlow: { en: "There is no flow “{key}”.", "zh-CN": "没有流程“{key}”。" },
  unknownApproval: { en: "There is no approval “{key}”.", "zh-CN": "没有审批“{key}”。" },
  unknownRole: { en: "There is no role “{key}”.", "zh-CN": "没有角色“{key}”。" },
  unknownView: { en: "There is no view “{key}”.", "zh-CN": "没有视图“{key}”。" },
  unknownStage: { en: "There is no stage “{key}”.", "zh-CN": "没有阶段“{key}”。" },
  wrongFieldKind: {
    en: "“{field}” is of kind {kind}; {expected} is needed.",
    "zh-CN": "“{field}”的类型是 {kind}，此处需要 {expected}。",
  },
  wrongTarget: { en: "“{field}” does not point to “{entity}”.", "zh-CN": "“{field}”没有指向“{entity}”。" },
  wrongEntity: {
    en: "“{key}” belongs to “{actual}”, not to “{entity}”.",
    "zh-CN": "“{key}”属于“{actual}”，不属于“{entity}”。",
  },
  cannotBeTitle: { en: "“{field}” cannot be the title.", "zh-CN": "“{field}”不能作为标题。" },
  cannotSort: { en: "Records cannot be sorted by “{field}”.", "zh-CN": "不能按“{field}”排序。" },
  cannotSet: { en: "“{field}” is computed and cannot be set.", "zh-CN": "“{field}”由系统计算，不能设置。" },
  requiredNotSet: {
    en: "“{entity}” requires “{field}”, which is not set here: no record could be made.",
    "zh-CN": "“{entity}”要求填写“{field}”，此处未设置，无法新建记录。",
  },
  fieldOrder: { en: "fieldOrder must name every field once.", "zh-CN": "fieldOrder 必须且只能列出每个字段一次。" },
  flowElsewhere: { en: "The flow “{flow}” is not made for this field.", "zh-CN": "流程“{flow}”不是为此字段定义的。" },
  circularFormula: { en: "The formula depends on itself: {path}.", "zh-CN": "公式循环依赖：{path}。" },
  circularRequired: {
    en: "Required references form a circle: {path}; no first record could be made.",
    "zh-CN": "必填引用形成循环：{path}，无法创建第一条记录。",
  },
  volatileFormula: {
    en: "A stored formula cannot use {operators}: its value would change without a change of the record.",
    "zh-CN": "存储的公式不能使用 {operators}：记录不变而值会变。",
  },
  formulaReach: {
    en: "A formula uses fields of its own record only; “{field}” is not one.",
    "zh-CN": "公式只能使用本记录的字段，“{field}”不是。",
  },
  branchNeedsLast: {
    en: "The last path must have no rule: it is taken when no other holds.",
    "zh-CN": "最后一条路径不能有条件：其他都不成立时走它。",
  },
  branchTooEarly: { en: "Only the last path may be without a rule.", "zh-CN": "只有最后一条路径可以没有条件。" },
  noApprover: {
    en: "An approval needs at least one step where people decide.",
    "zh-CN": "审批至少需要一个由人决定的步骤。",
  },
  stepNotHere: { en: "The step “{type}” cannot be used here.", "zh-CN": "此处不能使用步骤“{type}”。" },
  notReachable: { en: "No transition leads to the stage “{key}”.", "zh-CN": "没有流转通向阶段“{key}”。" },
  duplicateTransition: {
    en: "There is already a transition from “{from}” to “{to}”.",
    "zh-CN": "从“{from}”到“{to}”已有流转。",
  },
  approvalNotByTransition: {
    en: "The approval “{key}” is not started by transitions.",
    "zh-CN": "审批“{key}”不由流转启动。",
  },
  systemEntity: {
    en: "“{key}” is part of every workspace and cannot be changed this way.",
    "zh-CN": "“{key}”是每个工作区固有的，不能这样更改。",
  },
  groupByKind: {
    en: "A board needs a stage or select field; “{field}” is of kind {kind}.",
    "zh-CN": "看板需要阶段或单选字段，“{field}”的类型是 {kind}。",
  },
  unknownReference: { en: "No sample record is called “{key}”.", "zh-CN": "没有名为“{key}”的示例记录。" },
} as const satisfies Record<string, Message>;

/** Every code of a finding that this package and the field kinds give, with its words. docs/problems.md lists them all. */
export const FINDING_MESSAGES = { ...SHAPE, ...VALUE, ...TEXT, ...OPTIONS, ...MODEL } as const;

export type FindingCode = keyof typeof FINDING_MESSAGES;

/** The groups that docs/problems.md lists the codes in; rules give findings of their own. */
export const FINDING_GROUPS = {
  shape: SHAPE,
  value: VALUE,
  text: TEXT,
  options: OPTIONS,
  model: MODEL,
  rules: RULE_FINDING_MESSAGES,
} as const;

/**
 * The words of a finding in both languages, its `{names}` filled from the parameters.
 *
 * @param code which finding
 * @param params what the braces stand for; a missing one stays empty
 */
export function findingMessage(code: FindingCode, params: Readonly<Record<string, unknown>> = {}): LocalText {
  const message = FINDING_MESSAGES[code];
  const fill = (text: string) => text.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => said(params, name, whole));
  return { en: fill(message.en), "zh-CN": fill(message["zh-CN"]) };
}

function said(params: Readonly<Record<string, unknown>>, name: string, whole: string): string {
  if (!Object.hasOwn(params, name)) return whole;
  const text = String(params[name]);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
