import { FIELD_KINDS } from "@formwright/fields/model";
import { type PublishedDefinition, parseDefinition } from "@formwright/model";
import { ApiProblem } from "../../api/problem.ts";
import type { WireFinding } from "../draft/draft-api.ts";
import { changedDefinitions, type EntityBundle } from "./entity-bundle.ts";

export interface SaveResult {
  /** What the draft holds now. */
  readonly saved: EntityBundle;
  readonly outcome: "saved" | "refused" | "offline";
  readonly findings: Readonly<Record<string, readonly WireFinding[]>>;
}

/**
 * Puts every changed definition into the draft, one after the other; stops at the first that is refused. What is not
 * well-formed is not even sent: the browser checks with the same code as the server.
 */
export async function saveBundle(
  put: (definition: PublishedDefinition) => Promise<{ readonly findings?: readonly WireFinding[] }>,
  before: EntityBundle,
  after: EntityBundle,
): Promise<SaveResult> {
  const findings: Record<string, readonly WireFinding[]> = {};
  let saved = before;
  for (const definition of changedDefinitions(before, after)) {
    const name = `${definition.kind}/${definition.key}`;
    const parsed = parseDefinition(definition.kind, definition, FIELD_KINDS);
    if (!parsed.ok) {
      findings[name] = parsed.findings;
      return { saved, outcome: "refused", findings };
    }
    try {
      const answer = await put(definition);
      findings[name] = answer.findings ?? [];
      saved = definition.kind === "entity" ? { ...saved, entity: definition } : withForm(saved, definition);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500)
        return { saved, outcome: "offline", findings };
      findings[name] =
        error.errors.length > 0 ? error.errors : [{ pointer: "", code: error.code, message: error.detail }];
      return { saved, outcome: "refused", findings };
    }
  }
  return { saved, outcome: "saved", findings };
}

function withForm(bundle: EntityBundle, form: EntityBundle["forms"][number]): EntityBundle {
  return { ...bundle, forms: bundle.forms.map((known) => (known.key === form.key ? form : known)) };
}
