import type { Migration } from "../platform/migration.ts";

/** Runtime tables of stages, approvals, notifications and automations, after those of records. */
export const processMigrations: readonly Migration[] = [];
