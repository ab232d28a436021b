export {
  type Draft,
  type DraftChange,
  discardDraft,
  type PutDraftResult,
  putDraft,
  readDraft,
  retireInDraft,
} from "./draft.ts";
export { type Plan, type PlanLevel, type PlannedChange, type PlanRemark, planDraft } from "./plan-draft.ts";
export { type PublishedRelease, type PublishInput, publishDraft, restoreRelease } from "./publish-draft.ts";
export {
  diffReleases,
  listReleases,
  type ReleaseDetail,
  type ReleaseDifference,
  type ReleaseInfo,
  readRelease,
} from "./releases.ts";
