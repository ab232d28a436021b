export { FolderInUse, type FolderLock, lockFolder } from "./folder-lock.ts";
export type { OnNotification } from "./listen.ts";
export { type Database, type OpenOptions, openDatabase } from "./open-database.ts";
export type { QueryClient, QueryPool } from "./query-pool.ts";
export { REPLAN } from "./read-pool.ts";
