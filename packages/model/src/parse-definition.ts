import { parseApp } from "./app/parse.ts";
import { parseApproval } from "./approval/parse.ts";
import { parseAutomation } from "./automation/parse.ts";
import { canonicalJson } from "./common/canonical-json.ts";
import type { Parsed } from "./common/finding.ts";
import type { Definition, DefinitionKind } from "./definition.ts";
import { parseEntity, printEntity } from "./entity/parse-entity.ts";
import type { FieldKindRegistry } from "./field-kind.ts";
import { parseFlow } from "./flow/parse.ts";
import { parseForm } from "./form/parse.ts";
import { parseRole } from "./role/parse.ts";
import { parseTemplate } from "./template/parse.ts";
import { parseView } from "./view/parse.ts";

type Parse = (document: unknown, kinds: FieldKindRegistry) => Parsed<Definition>;

const PARSERS = {
  app: parseApp,
  entity: parseEntityDocument,
  form: parseForm,
  view: parseView,
  flow: parseFlow,
  approval: parseApproval,
  automation: parseAutomation,
  role: parseRole,
  template: parseTemplate,
} as const satisfies Record<DefinitionKind, Parse>;

/**
 * Parses one definition of any kind and completes it: what comes back is what is stored (see {@link printDefinition}).
 * How it fits to the others is {@link checkModel}'s question.
 *
 * @param kind the kind that the document must be of
 * @param document anything that somebody sent
 * @param kinds the registry of fields/model
 */
export function parseDefinition(kind: DefinitionKind, document: unknown, kinds: FieldKindRegistry): Parsed<Definition> {
  return PARSERS[kind](document, kinds);
}

function parseEntityDocument(document: unknown, kinds: FieldKindRegistry): Parsed<Definition> {
  const parsed = parseEntity(document, kinds);
  return parsed.ok ? { ...parsed, value: printEntity(parsed.value) } : parsed;
}

/** The text that a parsed definition is stored and compared as. Parsing it gives the definition back. */
export function printDefinition(definition: Definition): string {
  return canonicalJson(definition);
}
