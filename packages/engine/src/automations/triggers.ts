import type { Automation, Json, Model } from "@formwright/model";

/** An event of the log, as far as triggers look at it. */
export interface LoggedChange {
  readonly seq: number;
  readonly entity: string;
  readonly recordId: string;
  readonly kind: string;
  readonly door: string;
  readonly requestId: string | null;
  readonly changes: { readonly [field: string]: readonly [Json, Json] };
  readonly data: { readonly [key: string]: Json } | null;
}

/**
 * What samples and imports bring with them is as they say; nothing reacts to it: thousands of old records are no news,
 * and nobody wants a task for each.
 */
const QUIET_DOORS: ReadonlySet<string> = new Set(["template", "import"]);

/** The automations that an event sets off, in the order of their keys. */
export function triggeredBy(model: Model, change: LoggedChange): readonly Automation[] {
  if (QUIET_DOORS.has(change.door)) return [];
  return [...model.automations.values()]
    .filter((automation) => automation.enabled && matches(automation, change))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function matches({ trigger }: Automation, change: LoggedChange): boolean {
  if (trigger.entity !== change.entity) return false;
  switch (trigger.on) {
    case "created":
      return change.kind === "created";
    case "updated":
      return isUpdate(change) && (trigger.fields.length === 0 || trigger.fields.some((key) => key in change.changes));
    case "stageEntered": {
      const entered = enteredStage(change, trigger.field);
      return entered !== null && (trigger.stages.length === 0 || trigger.stages.includes(entered));
    }
    default:
      return false; // those of the clock
  }
}

function isUpdate({ kind }: LoggedChange): boolean {
  return kind === "updated" || kind === "moved";
}

/** A new record enters its first stage too. */
function enteredStage(change: LoggedChange, field: string): string | null {
  const [from, to] = Object.hasOwn(change.changes, field) ? (change.changes[field] ?? []) : [];
  return typeof to === "string" && to !== from ? to : null;
}
