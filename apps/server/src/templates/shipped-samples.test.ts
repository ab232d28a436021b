import { fileURLToPath } from "node:url";
import { FIELD_KINDS } from "@formwright/fields/model";
import {
  checkModel,
  compileSchema,
  type Field,
  type FieldKindRegistry,
  type Json,
  LOCALES,
  SYSTEM_ENTITIES,
} from "@formwright/model";
import { describe, expect, test } from "vitest";
import { readTemplates } from "./read-template-folder.ts";

const SHIPPED = fileURLToPath(new URL("../../../../templates", import.meta.url));
const KINDS: FieldKindRegistry = FIELD_KINDS;
const SOME_ID = "0190a000-0000-7000-8000-000000000000";

type Values = { readonly [field: string]: Json };

describe.each([...(await readTemplates(SHIPPED)).values()])("the samples of the template $key", (template) => {
  const { model } = checkModel([...SYSTEM_ENTITIES, ...template.definitions], FIELD_KINDS);
  const fieldsOf = (entity: string) => model?.entities.get(entity)?.fields ?? [];

  test.each(LOCALES)("hold values that their fields take (%s)", (locale) => {
    const wrong = template.samples.flatMap(({ ref, entity, values, localized }) =>
      wrongValues(fieldsOf(entity), { ...values, ...localized?.[locale] }, ref),
    );
    expect(wrong).toEqual([]);
  });

  test.each(LOCALES)("hold everything that is required (%s)", (locale) => {
    const missing = template.samples.flatMap(({ ref, entity, values, localized }) =>
      fieldsOf(entity)
        .filter(({ required, default: rule }) => required && rule === undefined)
        .filter(({ key }) => ({ ...values, ...localized?.[locale] })[key] === undefined)
        .map(({ key }) => `${ref}/${key}`),
    );
    expect(missing).toEqual([]);
  });
});

function wrongValues(fields: readonly Field[], values: Values, at: string): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const field = fields.find((one) => one.key === key);
    const place = `${at}/${key}`;
    if (!field) return [`${place} is no field`];
    if (field.fields) {
      const columns = field.fields;
      const rows = value as readonly { readonly values: Values }[];
      return rows.flatMap((row, index) => wrongValues(columns, row.values, `${place}/${index}`));
    }
    return wrongValue(field, value, place);
  });
}

function wrongValue(field: Field, value: Json, place: string): string[] {
  const kind = KINDS[field.kind];
  if (!kind || kind.computed) return [`${place} is computed`];
  const plain = resolved(value);
  const findings = [...compileSchema(field.schema)(plain), ...kind.checkValue(plain, field.options)];
  return findings.map(({ code }) => `${place}: ${code}`);
}

/** A value as installing makes it. */
function resolved(value: Json): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const { $ref, $days, at } = value as { $ref?: Json; $days?: Json; at?: Json };
  if ($ref !== undefined) return SOME_ID;
  if ($days === undefined) return value;
  return at === undefined ? "2026-01-31" : `2026-01-31T${String(at)}:00+08:00`;
}
