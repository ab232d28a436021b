import { type Finding, finding, findingsAt, isClean, type Parsed, pointerTo } from "../common/finding.ts";
import { parseWith } from "../common/parse-with.ts";
import { PUBLISHED_KINDS, type PublishedDefinition, type PublishedKind } from "../definition.ts";
import type { FieldKindRegistry } from "../field-kind.ts";
import { parseDefinition } from "../parse-definition.ts";
import type { Template } from "./definition.ts";
import { TEMPLATE_SCHEMA } from "./schema.ts";

const parseShape = parseWith<Template>({
  schema: TEMPLATE_SCHEMA,
  complete: (template) => ({ ...template, samples: template.samples ?? [] }),
  check: ({ samples }) => {
    const seen = new Set<string>();
    return samples.flatMap(({ ref }, index) => {
      const isTwin = seen.has(ref);
      seen.add(ref);
      return isTwin ? [finding("duplicateKey", pointerTo("/samples", index, "ref"), { key: ref })] : [];
    });
  },
});

/** Parses a template and every definition in it. How they fit together is checked when it is installed. */
export function parseTemplate(document: unknown, kinds: FieldKindRegistry): Parsed<Template> {
  const shape = parseShape(document);
  if (!shape.ok) return shape;
  const findings: Finding[] = [];
  const seen = new Set<string>();
  const definitions = shape.value.definitions.flatMap((definition, index) => {
    const at = pointerTo("/definitions", index);
    const parsed = parsePublished(definition, kinds);
    findings.push(...findingsAt(at, parsed.findings));
    const name = `${definition.kind}/${definition.key}`;
    if (seen.has(name)) findings.push(finding("duplicateKey", pointerTo(at, "key"), { key: name }));
    seen.add(name);
    return parsed.ok ? [parsed.value] : [];
  });
  return isClean(findings) ? { ok: true, value: { ...shape.value, definitions }, findings } : { ok: false, findings };
}

function parsePublished(document: { readonly kind?: string }, kinds: FieldKindRegistry): Parsed<PublishedDefinition> {
  const kind = document.kind as PublishedKind;
  if (!PUBLISHED_KINDS.includes(kind)) {
    return { ok: false, findings: [finding("enum", "/kind", { value: String(document.kind).slice(0, 60) })] };
  }
  return parseDefinition(kind, document, kinds) as Parsed<PublishedDefinition>;
}
