import { widgetOf } from "@formwright/fields/widget";
import type { Entity, Json } from "@formwright/model";
import { Button, Modal, Radio } from "antd";
import { useState } from "react";
import type { RecordJson } from "../api/wire.ts";
import { useT, useText } from "../i18n/locale.ts";
import css from "./conflict-dialog.module.css";
import { type FormValues, isSame } from "./form-logic.ts";
import { recordTitles, recordValues } from "./record-values.ts";
import { useWidgetEnvironment } from "./widget-environment.tsx";

/** A field that both changed. */
export interface Clash {
  readonly field: string;
  readonly mine: Json;
  readonly theirs: Json;
}

/** Fields that I changed and that somebody else changed to something different meanwhile. */
export function clashes(base: FormValues, mine: FormValues, theirs: FormValues): readonly Clash[] {
  return Object.entries(mine)
    .filter(([field, value]) => {
      const other = theirs[field] ?? null;
      return !isSame(other, base[field] ?? null) && !isSame(other, value);
    })
    .map(([field, value]) => ({ field, mine: value, theirs: theirs[field] ?? null }));
}

interface Props {
  readonly entity: Entity;
  /** What is there now. */
  readonly current: RecordJson;
  readonly found: readonly Clash[];
  readonly titles: Readonly<Record<string, string | null>>;
  /** The fields of which theirs is kept. */
  readonly onMerge: (keepTheirs: ReadonlySet<string>) => void;
  readonly onCancel: () => void;
}

/** Somebody was faster: shows what the other changed, field by field, and lets one choose. */
export function ConflictDialog({ entity, current, found, titles, onMerge, onCancel }: Props) {
  const t = useT();
  const text = useText();
  const env = useWidgetEnvironment();
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const theirTitles = recordTitles(current);
  const who = theirTitles.updatedBy ?? t("common.unknownPerson");

  const choose = (field: string, isTheirs: boolean) => {
    const next = new Set(theirs);
    if (isTheirs) next.add(field);
    else next.delete(field);
    setTheirs(next);
  };

  return (
    <Modal
      open
      width={640}
      title={t("records.conflictTitle", { who })}
      onCancel={onCancel}
      footer={
        <>
          <Button onClick={onCancel}>{t("common.cancel")}</Button>
          <Button type="primary" onClick={() => onMerge(theirs)}>
            {t("records.conflictSave")}
          </Button>
        </>
      }
    >
      <p>{found.length === 0 ? t("records.conflictNone") : t("records.conflictHint")}</p>
      <div className={css.list}>
        {found.map(({ field: key, mine, theirs: other }) => {
          const field = entity.fields.find((one) => one.key === key);
          if (field === undefined) return null;
          const { Cell } = widgetOf(field.kind);
          return (
            <fieldset key={key} className={css.clash}>
              <legend>{text(field.label, key)}</legend>
              <Radio.Group
                vertical
                value={theirs.has(key) ? "theirs" : "mine"}
                onChange={(event) => choose(key, event.target.value === "theirs")}
              >
                <Radio value="mine">
                  <span className={css.who}>{t("records.mine")}</span>
                  {mine === null ? "—" : <Cell field={field} value={mine} title={titles[key]} env={env} />}
                </Radio>
                <Radio value="theirs">
                  <span className={css.who}>{who}</span>
                  {other === null ? "—" : <Cell field={field} value={other} title={theirTitles[key]} env={env} />}
                </Radio>
              </Radio.Group>
            </fieldset>
          );
        })}
      </div>
    </Modal>
  );
}

/** The record in the body of a 412, where the server sends it along. */
export function currentIn(body: Readonly<Record<string, unknown>>): RecordJson | null {
  const found = body.record ?? body.current;
  if (typeof found !== "object" || found === null || !("version" in found) || !("values" in found)) return null;
  return found as RecordJson;
}

export function valuesOf(record: RecordJson): FormValues {
  return recordValues(record);
}
