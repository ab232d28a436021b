export { PROBLEM_ON_WIRE, RECORD_ON_WIRE, RULE_ON_WIRE } from "./wire-schemas.ts";
export { type OpenApiInfo, workspaceOpenApi } from "./workspace-openapi.ts";
