export type * from "./context.ts";
export * from "./platform/index.ts";
export type * from "./records/record-change.ts";
