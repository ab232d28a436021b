import { BulbOutlined } from "@ant-design/icons";
import { FIELD_KINDS } from "@formwright/fields/model";
import type { Entity, Field, FieldKindModel, Flow } from "@formwright/model";
import { useQueries } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useMemo, useState } from "react";
import { useT, useText } from "../i18n/locale.ts";
import { useModel, useWorkspace } from "../model/workspace-context.tsx";
import { fetchPage } from "../records/use-records.ts";
import css from "./import.module.css";
import type { UnmatchedText } from "./import-api.ts";
import { type ImportPlan, withMeaning } from "./mapping.ts";

/** A meaning that can be chosen: what is sent, and what people read. */
interface Meaning {
  readonly value: string;
  readonly text: string;
}

interface Props {
  readonly entity: Entity;
  readonly plan: ImportPlan;
  readonly onPlan: (plan: ImportPlan) => void;
  readonly unmatched: readonly UnmatchedText[];
}

const KINDS: Readonly<Record<string, FieldKindModel>> = FIELD_KINDS;
/** Titles that are offered to choose from; the nearest is proposed however many there are. */
const MOST_TITLES = 500;
const SHOWN = 50;

/** Texts of the file that nothing known is meant by, each with the nearest known one proposed. */
export function UnknownValues({ entity, plan, onPlan, unmatched }: Props) {
  const t = useT();
  const [isWhole, setWhole] = useState(false);
  const fields = useMemo(() => new Map(entity.fields.map((field) => [field.key, field])), [entity]);
  const meanings = useMeanings(unmatched, fields);
  if (unmatched.length === 0) return null;
  const open = unmatched.filter((item) => item.proposal && meaningOf(plan, item) === undefined);
  const accept = (known: ImportPlan, item: UnmatchedText) =>
    item.proposal ? withMeaning(known, item.column, item.value, item.proposal.value) : known;
  return (
    <section className={css.unknown}>
      <div className={css.findingsHead}>
        <div>
          <h2>{t("importing.values")}</h2>
          <p className="muted">{t("importing.valuesHint")}</p>
        </div>
        {open.length > 0 && (
          <Button size="small" icon={<BulbOutlined />} onClick={() => onPlan(open.reduce(accept, plan))}>
            {t("importing.acceptProposals")}
          </Button>
        )}
      </div>
      <ul>
        {(isWhole ? unmatched : unmatched.slice(0, SHOWN)).map((item) => (
          <li key={`${item.column}:${item.value}`} className={css.unknownValue}>
            <span>
              <strong>{item.value}</strong> <span className="muted">{item.header}</span>{" "}
              <span className="muted numeric">{t("importing.times", { n: item.count })}</span>
            </span>
            <span className="muted">{t("importing.becomes")}</span>
            <span className={css.meaning}>
              <Select
                allowClear
                size="small"
                style={{ minWidth: 180 }}
                showSearch={{ optionFilterProp: "label" }}
                value={meaningOf(plan, item) ?? null}
                placeholder={t("importing.asIs")}
                aria-label={`${item.value} ${t("importing.becomes")}`}
                options={optionsFor(item, meanings.get(item.field) ?? [])}
                onChange={(value: string | null | undefined) =>
                  onPlan(withMeaning(plan, item.column, item.value, value ?? null))
                }
              />
              {item.proposal && meaningOf(plan, item) === undefined && (
                <Button size="small" type="dashed" onClick={() => onPlan(accept(plan, item))}>
                  {t("importing.proposed")}: {item.proposal.text}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {!isWhole && unmatched.length > SHOWN && (
        <Button size="small" type="link" onClick={() => setWhole(true)}>
          {t("common.more")} ({unmatched.length - SHOWN})
        </Button>
      )}
    </section>
  );
}

/** The meanings there are; the proposed one is among them even when it is beyond those that were fetched. */
function optionsFor({ proposal }: UnmatchedText, meanings: readonly Meaning[]) {
  const options = meanings.map((meaning) => ({ value: meaning.value, label: meaning.text }));
  if (!proposal || meanings.some((meaning) => meaning.value === proposal.value)) return options;
  return [{ value: proposal.value, label: proposal.text }, ...options];
}

function meaningOf(plan: ImportPlan, { column, value }: UnmatchedText): string | undefined {
  return plan.columns[column]?.options.valueMap?.[value];
}

/** Where the known values of a field come from: its choices, a flow's stages, or the records of an entity. */
function meaningSource(
  field: Field | undefined,
): { readonly choices: true } | { readonly flow: string } | { readonly entity: string } | null {
  const kind = field && KINDS[field.kind];
  if (!kind) return null;
  if (kind.choices) return { choices: true };
  if (kind.flow) return { flow: kind.flow(field.options) };
  return kind.target ? { entity: kind.target(field.options) } : null;
}

function useMeanings(
  values: readonly UnmatchedText[],
  fields: ReadonlyMap<string, Field>,
): ReadonlyMap<string, readonly Meaning[]> {
  const text = useText();
  const model = useModel();
  const { slug } = useWorkspace();
  const keys = [...new Set(values.map((item) => item.field))];
  const targets = keys.flatMap((key) => {
    const source = key === "owner" ? { entity: "member" } : meaningSource(fields.get(key));
    const target = source && "entity" in source ? model.entities.get(source.entity) : undefined;
    return target ? [{ key, target }] : [];
  });
  const pages = useQueries({
    queries: targets.map(({ target }) => ({
      queryKey: ["records", slug, target.key, "titles"],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        fetchPage(slug, target.key, { fields: [target.titleField], limit: MOST_TITLES }, signal),
    })),
  });
  const meanings = new Map<string, readonly Meaning[]>();
  for (const key of keys) {
    const field = fields.get(key);
    const source = meaningSource(field);
    if (field && source && "choices" in source)
      meanings.set(
        key,
        (KINDS[field.kind]?.choices?.(field.options) ?? []).map((choice) => ({
          value: choice.value,
          text: text(choice.label, choice.value),
        })),
      );
    if (source && "flow" in source) {
      const flow: Flow | undefined = model.flows.get(source.flow);
      meanings.set(
        key,
        (flow?.stages ?? []).map((stage) => ({ value: stage.key, text: text(stage.label, stage.key) })),
      );
    }
  }
  targets.forEach(({ key, target }, index) => {
    const records = pages[index]?.data?.items ?? [];
    meanings.set(
      key,
      records.map((record) => ({ value: record.id, text: String(record.values[target.titleField] ?? record.id) })),
    );
  });
  return meanings;
}
