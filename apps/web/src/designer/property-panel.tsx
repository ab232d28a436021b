import type { EntityDocument } from "@formwright/model";
import type { Selection } from "./canvas/selection.ts";
import { fieldOfPointer } from "./draft/definition-names.ts";
import { placeOf } from "./edits/edit-form.ts";
import { readFields } from "./edits/field-property.ts";
import type { BundleEditor } from "./edits/use-bundle-editor.ts";
import { EntityPanel } from "./properties/entity-panel.tsx";
import { FieldPanel } from "./properties/field-panel.tsx";
import { SectionPanel } from "./properties/section-panel.tsx";

interface Props {
  readonly editor: BundleEditor;
  readonly selection: Selection | null;
  readonly form: string | null;
  readonly live: EntityDocument | null;
  readonly onSelect: (selection: Selection | null) => void;
  readonly onRetire: (field: string) => void;
}

/** The right side of the designer: whatever is selected, and the entity when nothing is. */
export function PropertyPanel({ editor, selection, form: formKey, live, onSelect, onRetire }: Props) {
  const { bundle, edit } = editor;
  const form = bundle.forms.find((item) => item.key === formKey);
  const findings = editor.findings[`entity/${bundle.entity.key}`] ?? [];
  const fields = readFields(bundle.entity);
  const field = selection?.type === "field" ? fields.find((item) => item.key === selection.key) : undefined;
  const at =
    selection?.type === "section" ? (form?.sections.findIndex((section) => section.key === selection.key) ?? -1) : -1;
  const section = form?.sections[at];

  if (form && section)
    return (
      <SectionPanel
        key={section.key}
        section={section}
        isFirst={at === 0}
        isLast={at === form.sections.length - 1}
        onChange={(change, part) =>
          edit({ type: "changeSection", form: form.key, key: section.key, change }, `${section.key}.${part}`)
        }
        onMove={(by) => edit({ type: "moveSection", form: form.key, key: section.key, by })}
        onRemove={() => {
          edit({ type: "removeSection", form: form.key, key: section.key });
          onSelect(null);
        }}
      />
    );

  if (!field)
    return (
      <EntityPanel
        entity={bundle.entity}
        findings={findings.filter((finding) => fieldOfPointer(finding.pointer) === null)}
        onChange={(change, part) => edit({ type: "changeEntity", change }, part)}
      />
    );

  const place = form && placeOf(form, field.key);
  const home = place && form.sections.find((item) => item.key === place.section);
  const item = place && home?.fields[place.index];
  return (
    <FieldPanel
      field={field}
      entity={bundle.entity.key}
      siblings={fields.filter((other) => other.key !== field.key)}
      live={live}
      findings={findings
        .filter((finding) => fieldOfPointer(finding.pointer) === field.key)
        .map((finding) => ({
          ...finding,
          pointer: finding.pointer.replace(/^\/(?:schema\/properties|fields)\/[^/]+/, ""),
        }))}
      span={home ? { value: item?.span ?? 1, max: home.columns } : null}
      onChange={(next, part) => {
        edit({ type: "changeField", key: field.key, field: next }, `field.${part}`);
        if (next.key !== field.key) onSelect({ type: "field", key: next.key });
      }}
      onSpan={(span) => form && edit({ type: "setSpan", form: form.key, key: field.key, span })}
      onTakeOff={() => form && edit({ type: "takeOff", form: form.key, key: field.key })}
      onRetire={() => onRetire(field.key)}
    />
  );
}
