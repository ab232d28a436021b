export type * from "./app/definition.ts";
export { parseApp } from "./app/parse.ts";
export { APP_SCHEMA } from "./app/schema.ts";
export type * from "./approval/definition.ts";
export { parseApproval } from "./approval/parse.ts";
export { APPROVAL_SCHEMA } from "./approval/schema.ts";
export type * from "./automation/definition.ts";
export { parseAutomation } from "./automation/parse.ts";
export { AUTOMATION_SCHEMA } from "./automation/schema.ts";
export { BrokenModel, buildModel } from "./build-model.ts";
export { type CheckedModel, checkModel } from "./check/check-model.ts";
export { definitionIn } from "./check/model-maps.ts";
export { type FoundField, resolvePath, targetOf } from "./check/resolve-path.ts";
export { fieldVariable, rowScope, ruleScope, type ScopeModel } from "./check/rule-scope.ts";
export { type FieldUse, usesOf } from "./check/uses-of.ts";
export { visitModel } from "./check/visit-definition.ts";
export type { Expectation, FieldNeed, RulePlace, Visitor } from "./check/visitor.ts";
export { canonicalJson } from "./common/canonical-json.ts";
export { type Finding, finding, findingsAt, isClean, type Parsed, pointerTo, warning } from "./common/finding.ts";
export { FINDING_GROUPS, FINDING_MESSAGES, type FindingCode, findingMessage } from "./common/finding-messages.ts";
export type * from "./common/json.ts";
export { PROBLEM_STATUS, Problem, type ProblemCode } from "./common/problem.ts";
export { KEY_LENGTH, KEY_PATTERN, KEY_SCHEMA, LOCAL_TEXT_SCHEMA, RULE_SCHEMA } from "./common/shared-schemas.ts";
export { LOCALES, type Locale, type LocalText, textIn } from "./common/text.ts";
export * from "./definition.ts";
export type { Change, DefinitionChange } from "./diff/change.ts";
export { diffDefinition, diffDefinitions } from "./diff/diff-definition.ts";
export { KIND_WORDS } from "./diff/diff-words.ts";
export type * from "./entity/definition.ts";
export { fieldOf, fieldsByKey, systemField } from "./entity/fields-of.ts";
export { parseEntity, printEntity } from "./entity/parse-entity.ts";
export { type RecordMode, readSchema, recordSchema } from "./entity/record-schema.ts";
export { ENTITY_SCHEMA } from "./entity/schema.ts";
export {
  DEPARTMENT_ENTITY,
  MEMBER_ENTITY,
  SYSTEM_ENTITIES,
  SYSTEM_ENTITY_FIELDS,
} from "./entity/system-entities.ts";
export { RESERVED_FIELD_KEYS, SYSTEM_FIELDS, type SystemField } from "./entity/system-fields.ts";
export { type ValidateOptions, validateValues } from "./entity/validate-values.ts";
export type * from "./field-kind.ts";
export { FILTER_OPERATORS, type FilterShape } from "./filter/filter-operators.ts";
export {
  type Filter,
  type FilterGroup,
  filtersToRule,
  filterToRule,
  operatorsOf,
  ruleToFilter,
  ruleToFilters,
} from "./filter/filters.ts";
export { RELATIVE_DATES, type RelativeDates } from "./filter/relative-dates.ts";
export type * from "./flow/definition.ts";
export { parseFlow } from "./flow/parse.ts";
export { FLOW_SCHEMA } from "./flow/schema.ts";
export type * from "./form/definition.ts";
export { parseForm } from "./form/parse.ts";
export { FORM_SCHEMA } from "./form/schema.ts";
export { parseDefinition, printDefinition } from "./parse-definition.ts";
export * from "./role/definition.ts";
export { parseRole } from "./role/parse.ts";
export { ROLE_SCHEMA } from "./role/schema.ts";
export type { SchemaCheck } from "./schema/check.ts";
export { compileSchema } from "./schema/compile-schema.ts";
export { FORMATS, isCalendarDate } from "./schema/formats.ts";
export type * from "./template/definition.ts";
export { parseTemplate } from "./template/parse.ts";
export { TEMPLATE_SCHEMA } from "./template/schema.ts";
export type * from "./view/definition.ts";
export { parseView } from "./view/parse.ts";
export { VIEW_SCHEMA } from "./view/schema.ts";
