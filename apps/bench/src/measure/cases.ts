import { WORKSPACE } from "../tables/formwright-api.ts";
import { RARE_WORD } from "../tables/load-rows.ts";
import type { Ask } from "./measure.ts";

export type CaseKey =
  | "get"
  | "list"
  | "list-count"
  | "create"
  | "update"
  | "deep"
  | "search"
  | "aggregate"
  | "bulk"
  | "page-1";

export interface Case {
  readonly key: CaseKey;
  readonly label: string;
  /** Ratio that Formwright is to reach. */
  readonly aim: number;
  readonly formwright: () => Ask;
  readonly handwritten: () => Ask;
}

/** What the requests are made from. */
export interface CaseData {
  readonly ids: readonly string[];
  readonly customers: readonly string[];
  /** Where the list of the newest is at the deep row, for each server in its way. */
  readonly deep: { readonly cursor: string; readonly offset: number };
}

/** Past 500 rows Formwright answers with ids and versions alone, as an import wants it. */
export const ROWS_IN_A_BATCH = 1000;

const RECORDS = `/api/v1/w/${WORKSPACE}/records/opportunity`;
const LISTED = "code,name,customer,stage,amount,close_plan,source";
const get = (path: string): Ask => ({ method: "GET", path });

/** The path of a list in Formwright's API. */
export function listPath(query: Readonly<Record<string, string>>): string {
  return `${RECORDS}?${new URLSearchParams({ limit: "50", fields: LISTED, ...query })}`;
}

export const NEWEST = { sort: "-created_at" };
const BY_STAGE = { filter: JSON.stringify({ "==": [{ var: "stage" }, "quoted"] }), sort: "-amount" };

/** The rows of the table, in its order. */
export function casesOf(data: CaseData): readonly Case[] {
  const id = () => pick(data.ids);
  return [
    {
      key: "get",
      label: "get one",
      aim: 0.8,
      formwright: () => get(`${RECORDS}/${id()}`),
      handwritten: () => get(`/opportunities/${id()}`),
    },
    {
      key: "list",
      label: "list 50: filter, sort, referenced names",
      aim: 0.8,
      formwright: () => get(listPath(BY_STAGE)),
      handwritten: () => get("/opportunities?stage=quoted"),
    },
    {
      key: "list-count",
      label: "the same with an exact count",
      aim: 0.8,
      formwright: () => get(listPath({ ...BY_STAGE, count: "exact" })),
      handwritten: () => get("/opportunities?stage=quoted&count=exact"),
    },
    {
      key: "create",
      label: "create",
      aim: 0.7,
      formwright: () => ({ method: "POST", path: RECORDS, body: { values: newOpportunity(data) } }),
      handwritten: () => ({ method: "POST", path: "/opportunities", body: newOpportunity(data) }),
    },
    {
      key: "update",
      label: "update",
      aim: 0.7,
      formwright: () => ({ method: "PATCH", path: `${RECORDS}/${id()}`, body: { values: { amount: amount() } } }),
      handwritten: () => ({ method: "PATCH", path: `/opportunities/${id()}`, body: { amount: amount() } }),
    },
    {
      key: "deep",
      label: `page at row ${data.deep.offset.toLocaleString("en")}`,
      aim: 0.8,
      formwright: () => get(listPath({ ...NEWEST, cursor: data.deep.cursor })),
      handwritten: () => get(`/opportunities?offset=${data.deep.offset}`),
    },
    {
      key: "search",
      label: "search: two characters, 1 row in 1,600",
      aim: 0.8,
      formwright: () => get(listPath({ ...NEWEST, q: RARE_WORD })),
      handwritten: () => get(`/opportunities?q=${encodeURIComponent(RARE_WORD)}`),
    },
    {
      key: "aggregate",
      label: "count and sum by stage",
      aim: 0.8,
      formwright: () => ({ method: "POST", path: `${RECORDS}/aggregate`, body: BY_STAGE_AGGREGATE }),
      handwritten: () => get("/opportunities/by-stage"),
    },
    {
      key: "bulk",
      label: "bulk import of 10,000 (rows/s)",
      aim: 0.7,
      formwright: () => ({
        method: "POST",
        path: `${RECORDS}/bulk?atomic=true`,
        body: { create: Array.from({ length: ROWS_IN_A_BATCH }, () => ({ values: newOpportunity(data) })) },
      }),
      handwritten: () => ({
        method: "POST",
        path: "/opportunities/bulk",
        body: Array.from({ length: ROWS_IN_A_BATCH }, () => newOpportunity(data)),
      }),
    },
    {
      key: "page-1",
      label: "page 1 of the list of that deep page",
      aim: 0.8,
      formwright: () => get(listPath(NEWEST)),
      handwritten: () => get("/opportunities?offset=0"),
    },
  ];
}

const BY_STAGE_AGGREGATE = {
  groupBy: [{ field: "stage" }],
  measures: [
    { fn: "count", as: "n" },
    { fn: "sum", field: "amount", as: "total" },
  ],
};

let made = 0;

export function newOpportunity(data: Pick<CaseData, "customers">) {
  made += 1;
  return {
    name: `华东数据平台采购新项目${made}`,
    customer: pick(data.customers),
    amount: amount(),
    close_plan: "2027-03-31",
    source: "referral",
  };
}

function amount(): number {
  return Math.floor(Math.random() * 100_000_000) / 100;
}

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(Math.random() * items.length)] as T;
}
