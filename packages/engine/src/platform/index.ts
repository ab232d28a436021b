export * from "./accounts.ts";
export * from "./idempotency.ts";
export * from "./invitations.ts";
export type { Migration } from "./migration.ts";
export { migratePlatform } from "./run-migrations.ts";
export * from "./sessions.ts";
export * from "./workspaces.ts";
