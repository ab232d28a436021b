import { type Finding, finding, pointerTo } from "../common/finding.ts";
import { duplicateKeys, parseWith, withKeys } from "../common/parse-with.ts";
import type { Form } from "./definition.ts";
import { FORM_SCHEMA } from "./schema.ts";

/** Parses a form; left out, it serves every purpose and its sections have two columns. */
export const parseForm = parseWith<Form>({
  schema: FORM_SCHEMA,
  complete: (form) => ({
    ...form,
    purposes: form.purposes?.length ? form.purposes : ["create", "edit", "detail"],
    sections: form.sections.map((section) => ({
      ...section,
      columns: section.columns ?? 2,
      fields: withKeys(section.fields, ({ field }) => field),
    })),
  }),
  check: (form) => [
    ...duplicateKeys(form.sections, "/sections"),
    ...duplicateKeys(form.related, "/related"),
    ...placedTwice(form),
  ],
});

/** A field stands on a form once: two inputs for one value would contradict each other. */
function placedTwice({ sections }: Form): Finding[] {
  const seen = new Set<string>();
  return sections.flatMap((section, at) =>
    section.fields.flatMap(({ field }, index) => {
      const isTwin = seen.has(field);
      seen.add(field);
      return isTwin ? [finding("duplicateKey", pointerTo("/sections", at, "fields", index), { key: field })] : [];
    }),
  );
}
