import { DownOutlined, RightOutlined } from "@ant-design/icons";
import { widgetOf } from "@formwright/fields/widget";
import type { Field, FormField, FormSection } from "@formwright/model";
import { Alert } from "antd";
import { useEffect, useId, useRef, useState } from "react";
import { useT, useText } from "../i18n/locale.ts";
import { propertyAt } from "../model/properties.ts";
import { useModel } from "../model/workspace-context.tsx";
import css from "./record-form.module.css";
import type { RecordForm } from "./use-record-form.ts";
import { useWidgetEnvironment } from "./widget-environment.tsx";

interface Props {
  readonly form: RecordForm;
  readonly mode: "edit" | "read";
  /** Somebody wants to change this field: begins to edit. */
  readonly onEdit?: ((field: string) => void) | undefined;
  /** The field that gets the cursor. */
  readonly focus?: string | null | undefined;
}

/** The fields of a record in their sections, to read or to edit. */
export function RecordFormView({ form, mode, onEdit, focus }: Props) {
  const t = useT();
  return (
    <div className={css.form}>
      {form.otherErrors.length > 0 && (
        <Alert
          role="alert"
          type="error"
          title={t("records.notSaved")}
          description={
            <ul>
              {form.otherErrors.map((error) => (
                <li key={error}>{error}</li>
              ))}
            </ul>
          }
        />
      )}
      {form.sections.map((section) => (
        <Section key={section.key} form={form} section={section} mode={mode} onEdit={onEdit} focus={focus} />
      ))}
    </div>
  );
}

interface SectionProps extends Props {
  readonly section: FormSection;
}

function Section({ form, section, mode, onEdit, focus }: SectionProps) {
  const text = useText();
  const shown = section.fields.filter((placed) => form.states.get(placed.field)?.isShown === true);
  const wantsAttention = shown.some((placed) => form.errors.has(placed.field) || placed.field === focus);
  const [isOpen, setIsOpen] = useState(section.collapsed !== true);
  const bodyId = useId();
  useEffect(() => {
    if (wantsAttention) setIsOpen(true);
  }, [wantsAttention]);
  if (shown.length === 0) return null;
  const label = text(section.label);
  return (
    <section className={css.section}>
      {label !== "" && (
        <h2 className={css.heading}>
          <button
            type="button"
            className={css.toggle}
            aria-expanded={isOpen}
            aria-controls={bodyId}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
            {label}
          </button>
        </h2>
      )}
      {isOpen && (
        <div id={bodyId} className={css.grid} style={{ "--columns": section.columns } as React.CSSProperties}>
          {shown.map((placed) => (
            <FieldRow
              key={placed.key}
              form={form}
              placed={placed}
              columns={section.columns}
              mode={mode}
              onEdit={onEdit}
              hasFocus={placed.field === focus}
            />
          ))}
        </div>
      )}
    </section>
  );
}

interface RowProps {
  readonly form: RecordForm;
  readonly placed: FormField;
  readonly columns: number;
  readonly mode: "edit" | "read";
  readonly onEdit: ((field: string) => void) | undefined;
  readonly hasFocus: boolean;
}

function FieldRow({ form, placed, columns, mode, onEdit, hasFocus }: RowProps) {
  const text = useText();
  const t = useT();
  const id = useId();
  const row = useRef<HTMLDivElement>(null);
  const model = useModel();
  const env = useWidgetEnvironment();
  const field = fieldAt(form, placed.field, propertyAt(model, form.entity, placed.field)?.field);
  const state = form.states.get(placed.field);

  useEffect(() => {
    if (!hasFocus || row.current === null) return;
    row.current.scrollIntoView({ block: "center", behavior: "smooth" });
    row.current.querySelector<HTMLElement>("input, textarea, button, [tabindex]")?.focus({ preventScroll: true });
  }, [hasFocus]);

  if (field === null || state === undefined) return null;
  const widget = widgetOf(field.kind);
  const value = form.values[field.key] ?? null;
  const error = form.errors.get(field.key);
  const help = text(field.help);
  const isEditable = mode === "edit" && !state.isReadOnly && widget.Edit !== null;
  const span = Math.min(widget.isWide ? Math.max(placed.span ?? columns, 2) : (placed.span ?? 1), columns);
  const label = text(field.label, field.key);
  const described = error !== undefined ? `${id}-error` : help !== "" && isEditable ? `${id}-help` : undefined;
  const props = { field, value, title: form.titles[field.key], env };
  const { Edit, Read } = widget;
  return (
    <div ref={row} className={css.field} style={{ "--span": span } as React.CSSProperties} data-field={field.key}>
      <div className={css.label}>
        {isEditable ? <label htmlFor={id}>{label}</label> : <span id={`${id}-label`}>{label}</span>}
        {mode === "edit" && state.isRequired && (
          <span className={css.star} title={t("common.required")} aria-hidden>
            *
          </span>
        )}
      </div>
      {isEditable && Edit !== null ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: leaving the field with the focus is when it is checked.
        <div onBlur={() => form.touch(field.key)}>
          <Edit
            {...props}
            id={id}
            onChange={(next, record) => form.set(field.key, next, record)}
            isInvalid={error !== undefined}
            describedBy={described}
          />
        </div>
      ) : (
        <ReadValue
          isEmpty={value === null || (Array.isArray(value) && value.length === 0)}
          labelledBy={`${id}-label`}
          isMuted={mode === "edit"}
          onEdit={mode === "read" && !state.isReadOnly && widget.Edit !== null ? onEdit : undefined}
          fieldKey={field.key}
        >
          <Read {...props} />
        </ReadValue>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className={css.error}>
          {error}
        </p>
      )}
      {error === undefined && help !== "" && isEditable && (
        <p id={`${id}-help`} className={css.help}>
          {help}
        </p>
      )}
    </div>
  );
}

interface ReadValueProps {
  readonly isEmpty: boolean;
  readonly isMuted: boolean;
  readonly labelledBy: string;
  readonly onEdit: ((field: string) => void) | undefined;
  readonly fieldKey: string;
  readonly children: React.ReactNode;
}

function ReadValue({ isEmpty, isMuted, onEdit, fieldKey, children }: ReadValueProps) {
  const classes = [css.value, isMuted && css.muted, onEdit !== undefined && css.editable].filter(Boolean).join(" ");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse; the Edit button does the same.
    <div className={classes} onDoubleClick={onEdit === undefined ? undefined : () => onEdit(fieldKey)}>
      {isEmpty ? <span className={css.none}>—</span> : children}
    </div>
  );
}

/** The field as the form shows it. The owner is a system field that forms may place and people may change. */
function fieldAt(form: RecordForm, key: string, made: Field | undefined): Field | null {
  const own = form.entity.fields.find((field) => field.key === key);
  if (own !== undefined) return own;
  return made === undefined ? null : { ...made, readOnly: false, required: key === "owner" };
}
