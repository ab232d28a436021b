export { databaseKinds, openTestDatabase, skippedDatabases, type TestDatabase } from "./databases.ts";
