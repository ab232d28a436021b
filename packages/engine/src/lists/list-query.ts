import { type Entity, type Finding, Problem, pointerTo } from "@formwright/model";
import { checkRule, type Rule } from "@formwright/rules";
import type { Context } from "../context.ts";
import { fieldKindOf } from "../model/field-kinds.ts";
import { type PathStep, walkPath } from "../model/paths.ts";
import { visibleScope } from "../model/rule-sql.ts";
import { searchWords } from "../search/search-all.ts";
import { visibleTo } from "./path-joins.ts";

export interface SortKey {
  readonly field: string;
  readonly direction: "asc" | "desc";
}

/** What a list may be asked for; everything is optional. */
export interface ListQuery {
  readonly filter?: Rule | null;
  readonly sort?: readonly SortKey[];
  /** Keys of the values wanted; all but subforms when absent. */
  readonly fields?: readonly string[];
  /** Reference fields whose record comes whole. */
  readonly expand?: readonly string[];
  /** Text to find in the searchable fields; several words must all be there. */
  readonly q?: string;
  /** 1 to 500; 50 when absent. */
  readonly limit?: number;
  readonly cursor?: string | null;
  readonly count?: "exact" | "estimated" | "none";
  /** True lists the recycle bin instead. */
  readonly deleted?: boolean;
}

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 500;
const MAX_SORT_KEYS = 5;

/** A query whose every name is known to the model and visible to the caller. */
export interface CheckedQuery {
  readonly filter: Rule | null;
  readonly sort: readonly CheckedSort[];
  readonly fields: readonly string[] | null;
  readonly expand: readonly string[];
  readonly words: readonly string[];
  readonly limit: number;
  readonly cursor: string | null;
  readonly count: "exact" | "estimated" | "none";
  readonly isBin: boolean;
}

export interface CheckedSort extends SortKey {
  readonly steps: readonly PathStep[];
}

/** Reads `-amount,customer.name`: a minus sorts from high to low. */
export function parseSort(text: string): readonly SortKey[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) =>
      part.startsWith("-") ? { field: part.slice(1), direction: "desc" } : { field: part, direction: "asc" },
    );
}

/**
 * Checks a list query against the model and the caller's rights.
 *
 * @throws Problem `invalid` with every finding; a hidden field is as unknown as one that never was
 */
export function checkListQuery(ctx: Context, entity: Entity, query: ListQuery): CheckedQuery {
  const findings: Finding[] = [];
  const filter = query.filter ?? null;
  if (filter !== null) findings.push(...checkFilter(ctx, entity, filter, "/filter"));
  const sort = (query.sort ?? []).flatMap((key, index) => checkSort(ctx, entity, key, index, findings));
  if (sort.length > MAX_SORT_KEYS) findings.push(unknownName("/sort", "tooManySortKeys", String(MAX_SORT_KEYS)));
  const fields = query.fields ?? null;
  for (const [index, key] of (fields ?? []).entries())
    if (!visiblePath(ctx, entity, key)) findings.push(unknownName(`/fields/${index}`, "unknownField", key));
  const expand = query.expand ?? [];
  for (const [index, key] of expand.entries())
    if (!visiblePath(ctx, entity, key)?.[0]?.property.target || key.includes("."))
      findings.push(unknownName(`/expand/${index}`, "unknownField", key));
  const limit = query.limit ?? DEFAULT_LIMIT;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    findings.push(unknownName("/limit", "limit", String(MAX_LIMIT)));
  if (findings.length > 0) throw invalid(findings);
  return {
    filter,
    sort: sort.length > 0 ? sort : defaultSort(ctx, entity),
    fields: fields?.map((key) => key.split(".")[0] ?? key) ?? null,
    expand,
    words: searchWords(query.q ?? ""),
    limit,
    cursor: query.cursor ?? null,
    count: query.count ?? "none",
    isBin: query.deleted ?? false,
  };
}

/** The findings of a filter that somebody sent: typed like every rule, over what the caller may see. */
export function checkFilter(ctx: Context, entity: Entity, filter: Rule, pointer: string): readonly Finding[] {
  const { findings } = checkRule(filter, visibleScope(ctx.model, entity, visibleTo(ctx)), "boolean");
  return findings.map((one) => ({ ...one, pointer: pointer + one.pointer, severity: "error" }));
}

/** The steps of a path that the caller may see; null otherwise. */
export function visiblePath(ctx: Context, entity: Entity, path: string): readonly PathStep[] | null {
  const steps = walkPath(ctx.model, entity, path);
  return steps?.every(visibleTo(ctx)) ? steps : null;
}

function checkSort(ctx: Context, entity: Entity, key: SortKey, index: number, findings: Finding[]): CheckedSort[] {
  const path = visiblePath(ctx, entity, key.field);
  const steps = path && towardsTitle(ctx, path);
  const last = steps?.at(-1)?.property;
  if (!steps || !last?.column || (last.field && !fieldKindOf(last.field).sortable)) {
    findings.push(unknownName(`/sort/${index}`, path ? "notSortable" : "unknownField", key.field));
    return [];
  }
  return [{ ...key, steps }];
}

/** Sorting by a reference means by its title: nobody wants the order of ids. */
function towardsTitle(ctx: Context, steps: readonly PathStep[]): readonly PathStep[] {
  const target = steps.at(-1)?.property.target;
  const entity = target ? ctx.model.entities.get(target) : undefined;
  const title = entity && visiblePath(ctx, entity, entity.titleField);
  return title ? [...steps, ...title] : steps;
}

function defaultSort(ctx: Context, entity: Entity): readonly CheckedSort[] {
  const steps = walkPath(ctx.model, entity, "created_at") ?? [];
  return [{ field: "created_at", direction: "desc", steps }];
}

export function unknownName(pointer: string, code: keyof typeof WORDS, name: string): Finding {
  const { en, zh } = WORDS[code];
  return {
    pointer: pointerTo("") + pointer,
    code,
    message: { en: en.replace("{}", name), "zh-CN": zh.replace("{}", name) },
    severity: "error",
    params: { name },
  };
}

const WORDS = {
  unknownField: { en: 'There is no field "{}".', zh: "没有字段“{}”。" },
  notSortable: { en: '"{}" cannot be sorted by.', zh: "不能按“{}”排序。" },
  notGroupable: { en: '"{}" cannot be grouped by.', zh: "不能按“{}”分组。" },
  notMeasurable: { en: '"{}" has no numbers to measure.', zh: "“{}”不是可计算的数值。" },
  badName: { en: '"{}" cannot be a name here, or is there twice.', zh: "“{}”不能作为名称，或重复出现。" },
  keys: { en: "One to {} measures, and at most as many groups.", zh: "度量为 1 到 {} 个，分组不超过此数。" },
  limit: { en: "The limit is a whole number from 1 to {}.", zh: "数量须为 1 到 {} 的整数。" },
  tooManySortKeys: { en: "At most {} fields can be sorted by.", zh: "最多按 {} 个字段排序。" },
} as const;

export function invalid(findings: readonly Finding[]): Problem {
  return new Problem(
    "invalid",
    { en: "Some of what was sent cannot be taken.", "zh-CN": "提交的内容有误。" },
    { errors: findings },
  );
}
