import type { Json } from "../common/json.ts";
import { LOCALES, type Locale, type LocalText, textIn } from "../common/text.ts";
import type { DefinitionKind } from "../definition.ts";

type Words = { readonly [L in Locale]: string };

export const KIND_WORDS = {
  app: { en: "App", "zh-CN": "应用" },
  entity: { en: "Entity", "zh-CN": "实体" },
  form: { en: "Form", "zh-CN": "表单" },
  view: { en: "View", "zh-CN": "视图" },
  flow: { en: "Flow", "zh-CN": "流程" },
  approval: { en: "Approval", "zh-CN": "审批" },
  automation: { en: "Automation", "zh-CN": "自动化" },
  role: { en: "Role", "zh-CN": "角色" },
  template: { en: "Template", "zh-CN": "模板" },
} as const satisfies Record<DefinitionKind, Words>;

/** What an element of a list is called, by the list that it stands in. */
const ELEMENT_WORDS: Readonly<Record<string, Words>> = {
  fields: { en: "Field", "zh-CN": "字段" },
  choices: { en: "Choice", "zh-CN": "选项" },
  duplicates: { en: "Duplicate rule", "zh-CN": "查重规则" },
  sections: { en: "Section", "zh-CN": "分区" },
  related: { en: "Related list", "zh-CN": "相关列表" },
  columns: { en: "Column", "zh-CN": "列" },
  sort: { en: "Sort", "zh-CN": "排序" },
  stages: { en: "Stage", "zh-CN": "阶段" },
  criteria: { en: "Criterion", "zh-CN": "推进标准" },
  checklist: { en: "Checklist item", "zh-CN": "检查项" },
  transitions: { en: "Transition", "zh-CN": "流转" },
  steps: { en: "Step", "zh-CN": "步骤" },
  onStarted: { en: "Step at the start", "zh-CN": "开始时的步骤" },
  onApproved: { en: "Step when approved", "zh-CN": "通过后的步骤" },
  onRejected: { en: "Step when rejected", "zh-CN": "拒绝后的步骤" },
  onWithdrawn: { en: "Step when withdrawn", "zh-CN": "撤回后的步骤" },
  paths: { en: "Path", "zh-CN": "路径" },
  menu: { en: "Menu group", "zh-CN": "菜单组" },
  entries: { en: "Menu entry", "zh-CN": "菜单项" },
  entities: { en: "Access to entity", "zh-CN": "实体权限" },
  samples: { en: "Sample record", "zh-CN": "示例记录" },
};

/** What a property is called. One that is not here is called by its own name. */
const PROPERTY_WORDS: Readonly<Record<string, Words>> = {
  label: { en: "name", "zh-CN": "名称" },
  plural: { en: "plural", "zh-CN": "复数名称" },
  description: { en: "description", "zh-CN": "说明" },
  help: { en: "help text", "zh-CN": "帮助说明" },
  kind: { en: "kind", "zh-CN": "类型" },
  options: { en: "options", "zh-CN": "选项设置" },
  required: { en: "required", "zh-CN": "必填" },
  readOnly: { en: "read-only", "zh-CN": "只读" },
  unique: { en: "unique", "zh-CN": "唯一" },
  default: { en: "default", "zh-CN": "默认值" },
  titleField: { en: "title field", "zh-CN": "标题字段" },
  search: { en: "searched fields", "zh-CN": "搜索字段" },
  icon: { en: "icon", "zh-CN": "图标" },
  color: { en: "colour", "zh-CN": "颜色" },
  filter: { en: "filter", "zh-CN": "筛选条件" },
  rule: { en: "rule", "zh-CN": "规则" },
  when: { en: "condition", "zh-CN": "条件" },
  show: { en: "show rule", "zh-CN": "显示规则" },
  require: { en: "require rule", "zh-CN": "必填规则" },
  roles: { en: "roles", "zh-CN": "角色" },
  ask: { en: "asked fields", "zh-CN": "需填字段" },
  approval: { en: "approval", "zh-CN": "审批" },
  limit: { en: "time limit", "zh-CN": "时限" },
  within: { en: "time limit", "zh-CN": "时限" },
  onOverdue: { en: "what happens when overdue", "zh-CN": "超时处理" },
  category: { en: "category", "zh-CN": "类别" },
  winRate: { en: "win rate", "zh-CN": "赢率" },
  start: { en: "start", "zh-CN": "开始" },
  trigger: { en: "trigger", "zh-CN": "触发" },
  enabled: { en: "enabled", "zh-CN": "启用" },
  set: { en: "values set", "zh-CN": "设置的值" },
  who: { en: "people", "zh-CN": "人员" },
  mode: { en: "mode", "zh-CN": "方式" },
  title: { en: "title", "zh-CN": "标题" },
  body: { en: "text", "zh-CN": "正文" },
  card: { en: "card fields", "zh-CN": "卡片字段" },
  groupBy: { en: "grouping", "zh-CN": "分组" },
  sum: { en: "sum", "zh-CN": "求和" },
  width: { en: "width", "zh-CN": "宽度" },
  span: { en: "width", "zh-CN": "宽度" },
  actions: { en: "actions", "zh-CN": "操作" },
  admin: { en: "admin", "zh-CN": "管理员" },
  version: { en: "version", "zh-CN": "版本" },
};

/** Something with a key and perhaps a label, in the list `list`: "Stage Quoted". */
export function elementWords(list: string, element: { readonly [key: string]: Json }, key: string): Words {
  const noun = ELEMENT_WORDS[list] ?? { en: list, "zh-CN": list };
  const label = (element.label ?? element.ref) as LocalText | undefined;
  return both((locale) => `${noun[locale]} ${typeof label === "object" ? textIn(label, locale, key) : key}`);
}

/** Nested names, the outer first: "Stage Quoted › Checklist item First call". */
export function within(outer: readonly Words[], inner: Words): Words {
  return both((locale) => [...outer, inner].map((words) => words[locale]).join(" › "));
}

export function added(what: Words): Words {
  return { en: `${what.en} added`, "zh-CN": `新增${what["zh-CN"]}` };
}

export function removed(what: Words): Words {
  return { en: `${what.en} removed`, "zh-CN": `移除${what["zh-CN"]}` };
}

export function moved(what: Words, into?: Words): Words {
  if (!into) return { en: `${what.en} moved`, "zh-CN": `移动${what["zh-CN"]}` };
  return { en: `${what.en} moved into ${into.en}`, "zh-CN": `${what["zh-CN"]}移到${into["zh-CN"]}` };
}

/** "Field Amount: required changed from no to yes". Values are shown when they are short. */
export function changed(
  what: Words | null,
  property: string,
  before: Json | undefined,
  after: Json | undefined,
): Words {
  const words = PROPERTY_WORDS[property] ?? { en: property, "zh-CN": property };
  const shown = both((locale) => shownChange(before, after, locale));
  return {
    en: `${what ? `${what.en}: ` : ""}${words.en} changed${shown.en}`,
    "zh-CN": `${what ? `${what["zh-CN"]}：` : ""}${words["zh-CN"]}已更改${shown["zh-CN"]}`,
  };
}

const FROM_TO = { en: [" from ", " to "], "zh-CN": ["：由", "改为"] } as const;

function shownChange(before: Json | undefined, after: Json | undefined, locale: Locale): string {
  const [from, to] = [shortly(before, locale), shortly(after, locale)];
  if (from === null || to === null) return "";
  const [open, close] = FROM_TO[locale];
  return `${open}${from}${close}${to}`;
}

const NOTHING = { en: "nothing", "zh-CN": "无" } as const;
const YES_NO = { en: ["yes", "no"], "zh-CN": ["是", "否"] } as const;

function shortly(value: Json | undefined, locale: Locale): string | null {
  if (value === undefined || value === null) return NOTHING[locale];
  if (typeof value === "boolean") return YES_NO[locale][value ? 0 : 1];
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return value.length <= 60 ? `“${value}”` : null;
  const isText = !Array.isArray(value) && LOCALES.some((one) => typeof (value as LocalText)[one] === "string");
  return isText ? `“${textIn(value as LocalText, locale)}”` : null;
}

function both(say: (locale: Locale) => string): Words {
  return { en: say("en"), "zh-CN": say("zh-CN") };
}

export type { Words };
