export * from "./accounts.ts";
export { ADMIN_ROLE, type CreatedWorkspace, createWorkspace, type NewWorkspace } from "./create-workspace.ts";
export * from "./idempotency.ts";
export * from "./invitations.ts";
export type { Migration } from "./migration.ts";
export { migratePlatform } from "./run-migrations.ts";
export * from "./sessions.ts";
export { keepSetting, lockByName } from "./settings.ts";
export * from "./workspaces.ts";
