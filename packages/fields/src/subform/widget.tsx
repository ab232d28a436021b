import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { type Field, type LocalText, type ReadText, textIn } from "@formwright/model";
import { Alert, Button } from "antd";
import { type ClipboardEvent, useState } from "react";
import { fieldWidget } from "../widget/field-widget.ts";
import { cellsOf, isTable, paste, type Row, rowsOf, rowsValue, setCell } from "../widget/subform-rows.ts";
import type { EditProps, ReadProps, TitledRecord, WidgetEnvironment } from "../widget-kind.ts";

const TEXTS = {
  add: { en: "Add row", "zh-CN": "添加行" },
  remove: { en: "Remove row", "zh-CN": "删除行" },
  row: { en: "row", "zh-CN": "第" },
  none: { en: "No rows yet. Add one, or paste from a spreadsheet.", "zh-CN": "还没有数据行，可添加或从表格粘贴。" },
  rows: { en: "rows", "zh-CN": "行" },
  unread: { en: "Could not be read and was left out: ", "zh-CN": "以下内容无法识别，已略过：" },
} as const satisfies Record<string, LocalText>;

export const subformWidget = fieldWidget({
  key: "subform",
  Edit: SubformEdit,
  Read: SubformRead,
  Cell: SubformCell,
  width: 90,
  isWide: true,
});

const cellStyle = {
  padding: "2px 4px",
  borderBottom: "1px solid var(--color-line, #e2dfd5)",
  verticalAlign: "top",
} as const;
const headStyle = {
  padding: "6px 8px",
  textAlign: "left",
  fontWeight: 500,
  fontSize: 12.5,
  color: "var(--color-ink-soft, #4c5752)",
  background: "var(--color-surface-sunken, #faf9f5)",
  whiteSpace: "nowrap",
} as const;

/** Rows in a small table. Cells from a spreadsheet are pasted where the cursor is. */
function SubformEdit({ field, value, onChange, env, disabled, describedBy, id }: EditProps) {
  const text = (key: keyof typeof TEXTS) => textIn(TEXTS[key], env.locale);
  const [unread, setUnread] = useState<readonly string[]>([]);
  const rows = rowsOf(value);
  const columns = field.fields ?? [];
  const maxRows = Number(field.options.maxRows ?? 200);

  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData("text/plain");
    if (disabled === true || !isTable(pasted)) return;
    event.preventDefault();
    void paste(rows, columns, placeOf(event.target), cellsOf(pasted), maxRows, readCell(env)).then((result) => {
      onChange(rowsValue(result.rows));
      setUnread(result.unread);
    });
  };

  return (
    <fieldset
      id={id}
      aria-label={textIn(field.label, env.locale, field.key)}
      aria-describedby={describedBy}
      onPaste={onPaste}
      style={{
        border: "1px solid var(--color-line, #e2dfd5)",
        borderRadius: 6,
        margin: 0,
        padding: 0,
        minWidth: 0,
        overflowX: "auto",
      }}
    >
      {rows.length > 0 && (
        <table style={{ width: "100%", borderCollapse: "collapse" }}>
          <Head columns={columns} env={env} hasActions />
          <tbody>
            {rows.map((row, index) => (
              <tr key={row.id ?? `new-${index}`}>
                {columns.map((column, at) => (
                  <td
                    key={column.key}
                    data-row={index}
                    data-column={at}
                    style={{ ...cellStyle, minWidth: Math.min(env.widgetOf(column.kind).width, 160) }}
                  >
                    <EditCell
                      column={column}
                      row={row}
                      env={env}
                      disabled={disabled}
                      label={`${textIn(column.label, env.locale, column.key)} ${index + 1}`}
                      onChange={(next, record) => onChange(rowsValue(setCell(rows, index, column.key, next, record)))}
                    />
                  </td>
                ))}
                <td style={{ ...cellStyle, width: 36 }}>
                  <Button
                    type="text"
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={`${text("remove")} ${index + 1}`}
                    disabled={disabled ?? false}
                    onClick={() => onChange(rowsValue(rows.filter((_, at) => at !== index)))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length === 0 && (
        <p style={{ padding: "10px 12px 0", color: "var(--color-ink-faint, #66706b)" }}>{text("none")}</p>
      )}
      <Button
        type="text"
        icon={<PlusOutlined aria-hidden />}
        style={{ margin: 4 }}
        disabled={disabled === true || rows.length >= maxRows}
        onClick={() => onChange(rowsValue([...rows, { values: {} }]))}
      >
        {text("add")}
      </Button>
      {unread.length > 0 && (
        <Alert
          type="warning"
          title={text("unread") + unread.slice(0, 5).join(" · ")}
          closable={{ onClose: () => setUnread([]) }}
        />
      )}
    </fieldset>
  );
}

function SubformRead({ field, value, env }: ReadProps) {
  const rows = rowsOf(value);
  if (rows.length === 0) return null;
  const columns = field.fields ?? [];
  return (
    <div style={{ overflowX: "auto", border: "1px solid var(--color-line, #e2dfd5)", borderRadius: 6 }}>
      <table style={{ width: "100%", borderCollapse: "collapse" }}>
        <Head columns={columns} env={env} />
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.id ?? index}>
              {columns.map((column) => (
                <td
                  key={column.key}
                  style={{ ...cellStyle, padding: "6px 8px", textAlign: env.widgetOf(column.kind).align }}
                >
                  <ReadCell column={column} row={row} env={env} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SubformCell({ value, env }: ReadProps) {
  const { length } = rowsOf(value);
  return length === 0 ? null : `${length} ${textIn(TEXTS.rows, env.locale)}`;
}

interface HeadProps {
  readonly columns: readonly Field[];
  readonly env: WidgetEnvironment;
  readonly hasActions?: boolean;
}

function Head({ columns, env, hasActions = false }: HeadProps) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column.key} scope="col" style={{ ...headStyle, textAlign: env.widgetOf(column.kind).align }}>
            {textIn(column.label, env.locale, column.key)}
            {column.required && hasActions && <span style={{ color: "var(--color-red, #b3261e)" }}> *</span>}
          </th>
        ))}
        {hasActions && (
          <th style={headStyle}>
            <span className="visually-hidden">{textIn(TEXTS.remove, env.locale)}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

interface CellProps {
  readonly column: Field;
  readonly row: Row;
  readonly env: WidgetEnvironment;
}

function ReadCell({ column, row, env }: CellProps) {
  const { Cell } = env.widgetOf(column.kind);
  return <Cell field={column} value={row.values[column.key] ?? null} title={row.refs?.[column.key]?.title} env={env} />;
}

interface EditCellProps extends CellProps {
  readonly label: string;
  readonly disabled: boolean | undefined;
  readonly onChange: EditProps["onChange"];
}

function EditCell({ column, row, env, label, disabled, onChange }: EditCellProps) {
  const { Edit, align } = env.widgetOf(column.kind);
  if (Edit === null || column.readOnly) {
    return (
      <div style={{ padding: "5px 4px", textAlign: align }}>
        <ReadCell column={column} row={row} env={env} />
      </div>
    );
  }
  return (
    <Edit
      field={column}
      value={row.values[column.key] ?? null}
      title={row.refs?.[column.key]?.title}
      env={env}
      onChange={onChange}
      label={label}
      disabled={disabled}
      isBare
    />
  );
}

/** Where in the table somebody pastes: the cell that has the cursor, else the first. */
function placeOf(target: EventTarget): { readonly row: number; readonly column: number } {
  const cell = target instanceof Element ? target.closest<HTMLElement>("td[data-row]") : null;
  return { row: Number(cell?.dataset.row ?? 0), column: Number(cell?.dataset.column ?? 0) };
}

/** Reads a pasted cell: references by their exact title, everything else as its kind does. */
function readCell(env: WidgetEnvironment) {
  return async (field: Field, text: string): Promise<ReadText & { readonly record?: TitledRecord }> => {
    const entity = { reference: String(field.options.entity ?? ""), member: "member", department: "department" }[
      field.kind
    ];
    if (entity === undefined || text.trim() === "") return env.readText(field, text);
    const same = (await env.lookup.search(entity, text.trim())).filter((record) => record.title === text.trim());
    const [only] = same;
    if (only === undefined || same.length > 1) return { ok: false, code: "titleNotFound", message: { en: text } };
    return { ok: true, value: only.id, record: only };
  };
}
