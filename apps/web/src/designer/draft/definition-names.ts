import type { LocalText, PublishedDefinition, PublishedKind } from "@formwright/model";
import type { MessageKey } from "../../i18n/messages.ts";
import type { DraftDocument, PlanLevel, PlannedAction, WireFinding } from "./draft-api.ts";

export const KIND_LABELS = {
  entity: "draft.kindEntity",
  form: "draft.kindForm",
  view: "draft.kindView",
  app: "draft.kindApp",
  flow: "draft.kindFlow",
  approval: "draft.kindApproval",
  automation: "draft.kindAutomation",
  role: "draft.kindRole",
} as const satisfies Record<PublishedKind, MessageKey>;

export const ACTION_LABELS = {
  create: "draft.actionCreate",
  update: "draft.actionUpdate",
  retire: "draft.actionRetire",
} as const satisfies Record<PlannedAction, MessageKey>;

export const LEVEL_LABELS = {
  safe: "draft.levelSafe",
  consent: "draft.levelConsent",
  refused: "draft.levelRefused",
} as const satisfies Record<PlanLevel, MessageKey>;

export function isPublishedKind(kind: string): kind is PublishedKind {
  return Object.hasOwn(KIND_LABELS, kind);
}

/** The label of a definition in the draft, else of the live one that the draft retires; its key when there is none. */
export function nameOf(
  draft: DraftDocument | undefined,
  live: readonly PublishedDefinition[],
  kind: string,
  key: string,
): LocalText {
  const isIt = (definition: PublishedDefinition) => definition.kind === kind && definition.key === key;
  return (draft?.definitions.find(isIt) ?? live.find(isIt))?.label ?? { en: key };
}

/** Where a person edits a definition, at the place that a finding points to. */
export function editorPath(slug: string, kind: string, key: string, pointer = ""): string {
  const base = `/w/${slug}/admin`;
  if (kind !== "entity") {
    const at = pointer ? `?at=${encodeURIComponent(pointer)}` : "";
    return `${base}/definitions/${kind}/${key}${at}`;
  }
  const field = fieldOfPointer(pointer);
  return `${base}/entities/${key}${field ? `?field=${encodeURIComponent(field)}` : ""}`;
}

/** The field that a pointer into an entity document is about; null when it is about the entity itself. */
export function fieldOfPointer(pointer: string): string | null {
  const match = /^\/(?:schema\/properties|fields)\/([^/]+)/.exec(pointer);
  return match?.[1] ? match[1].replaceAll("~1", "/").replaceAll("~0", "~") : null;
}

/**
 * The definition that a finding of a plan is about. The plan's pointers begin with `/<kind>/<key>`, unless the finding
 * names them itself.
 */
export function subjectOf(
  finding: WireFinding,
): { readonly kind: string; readonly key: string; readonly pointer: string } | null {
  if (finding.kind && finding.key) return { kind: finding.kind, key: finding.key, pointer: finding.pointer };
  const match = /^\/([a-z]+)\/([^/]+)(\/.*)?$/.exec(finding.pointer);
  if (!match?.[1] || !match[2] || !(match[1] in KIND_LABELS)) return null;
  return { kind: match[1], key: match[2], pointer: match[3] ?? "" };
}
