import { FIELD_KINDS } from "@formwright/fields/model";
import {
  buildModel,
  type Change,
  checkModel,
  diffDefinition,
  type Finding,
  type LocalText,
  type Model,
  type PublishedDefinition,
  type PublishedKind,
  parseEntity,
  textIn,
} from "@formwright/model";
import type { Context, Db, Tx } from "../context.ts";
import { readTables } from "../tables/read-tables.ts";
import { type DraftBesideLive, type DraftChange, readDraftBesideLive, requireAdmin } from "./draft.ts";
import { Measure } from "./measure.ts";
import { planEntity } from "./plan-entity.ts";
import { planFlow } from "./plan-flow.ts";

/** safe: nothing is lost or refused. consent: something goes out of sight. refused: cannot be published like this. */
export type PlanLevel = "safe" | "consent" | "refused";

/** One sentence about one change. */
export interface PlanRemark {
  readonly words: LocalText;
  readonly level: PlanLevel;
  /** How many records it touches or stands in the way of, by name. */
  readonly counts?: { readonly [name: string]: number };
  readonly examples?: readonly string[];
}

export interface PlannedChange {
  readonly kind: PublishedKind;
  readonly key: string;
  readonly action: "create" | "update" | "retire";
  readonly words: readonly LocalText[];
  /** The gravest of its remarks. */
  readonly level: PlanLevel;
  readonly counts?: { readonly [name: string]: number };
  readonly remarks: readonly PlanRemark[];
}

export interface Plan {
  readonly checksum: string;
  /** The release that is live now. */
  readonly release: number;
  readonly changes: readonly PlannedChange[];
  /** Everything that does not fit together; an error stops publishing. */
  readonly findings: readonly Finding[];
}

/**
 * What publishing the draft would do, in words, with figures from the tables as they are.
 *
 * @throws Problem `forbidden`
 */
export async function planDraft(db: Db | Tx, ctx: Context): Promise<Plan> {
  requireAdmin(ctx);
  return planChanges(db, ctx, await readDraftBesideLive(db, ctx));
}

export async function planChanges(db: Db | Tx, ctx: Pick<Context, "workspace">, draft: DraftBesideLive): Promise<Plan> {
  const live = buildModel(draft.release, draft.live, FIELD_KINDS);
  const { findings } = checkModel(draft.definitions, FIELD_KINDS, draft.release + 1);
  const measure = new Measure(db, ctx.workspace.schema, await readTables(db, ctx.workspace.schema));
  const changes: PlannedChange[] = [];
  for (const change of draft.changes) changes.push(await planChange(live, draft, change, measure));
  return { checksum: draft.checksum, release: draft.release, changes, findings };
}

async function planChange(
  live: Model,
  draft: DraftBesideLive,
  change: DraftChange,
  measure: Measure,
): Promise<PlannedChange> {
  const before = draft.live.find((one) => one.kind === change.kind && one.key === change.key) ?? null;
  const action = change.action === "retire" ? "retire" : before ? "update" : "create";
  const found = await details(live, change, measure);
  const shown =
    before && change.definition
      ? updateRemarks(before, change.definition, found)
      : [headline(action, change, before), ...found];
  const counts = Object.assign({}, ...shown.map((remark) => remark.counts ?? {})) as { [name: string]: number };
  return {
    kind: change.kind,
    key: change.key,
    action,
    words: shown.map((remark) => remark.words),
    level: gravest(shown),
    ...(Object.keys(counts).length > 0 && { counts }),
    remarks: shown,
  };
}

/** What differs in words, and what measuring the tables adds to it. A removal is said once, with its figures. */
function updateRemarks(
  before: PublishedDefinition,
  after: PublishedDefinition,
  found: readonly PlanRemark[],
): readonly PlanRemark[] {
  const isMeasured = ({ path, action }: Change) =>
    (action === "removed" || action === "added") && before.kind === "entity" && /^\/fields\/[^/]+$/.test(path);
  const differences = diffDefinition(before, after).filter((change) => !isMeasured(change));
  return [...found, ...differences.map(({ words }): PlanRemark => ({ words, level: "safe" }))];
}

async function details(live: Model, change: DraftChange, measure: Measure): Promise<readonly PlanRemark[]> {
  if (change.kind === "entity") {
    const parsed = change.definition ? parseEntity(change.definition, FIELD_KINDS) : null;
    if (parsed && !parsed.ok) return [];
    return planEntity(live.entities.get(change.key) ?? null, parsed?.value ?? null, measure);
  }
  if (change.kind === "flow") return planFlow(live.flows.get(change.key) ?? null, change.definition, measure);
  return [];
}

const KIND_WORDS: Readonly<Record<PublishedKind, { readonly en: string; readonly "zh-CN": string }>> = {
  app: { en: "app", "zh-CN": "应用" },
  entity: { en: "entity", "zh-CN": "实体" },
  form: { en: "form", "zh-CN": "表单" },
  view: { en: "view", "zh-CN": "视图" },
  flow: { en: "stage flow", "zh-CN": "阶段流程" },
  approval: { en: "approval", "zh-CN": "审批" },
  automation: { en: "automation", "zh-CN": "自动化" },
  role: { en: "role", "zh-CN": "角色" },
};

const ACTION_WORDS = {
  create: { en: "New", "zh-CN": "新增" },
  update: { en: "Changes", "zh-CN": "修改" },
  retire: { en: "Takes away", "zh-CN": "移除" },
} as const;

function headline(
  action: PlannedChange["action"],
  change: DraftChange,
  before: PublishedDefinition | null,
): PlanRemark {
  const label = (change.definition ?? before)?.label ?? {};
  const kind = KIND_WORDS[change.kind];
  const verb = ACTION_WORDS[action];
  return {
    level: action === "retire" ? "consent" : "safe",
    words: {
      en: `${verb.en} ${kind.en} “${textIn(label, "en", change.key)}”.`,
      "zh-CN": `${verb["zh-CN"]}${kind["zh-CN"]}“${textIn(label, "zh-CN", change.key)}”。`,
    },
  };
}

const GRAVITY: readonly PlanLevel[] = ["safe", "consent", "refused"];

function gravest(remarks: readonly PlanRemark[]): PlanLevel {
  return remarks.reduce<PlanLevel>(
    (worst, { level }) => (GRAVITY.indexOf(level) > GRAVITY.indexOf(worst) ? level : worst),
    "safe",
  );
}
