export { type Database, type OpenOptions, openDatabase } from "./open-database.ts";
