import { BulbOutlined } from "@ant-design/icons";
import { FIELD_KINDS } from "@formwright/fields/model";
import type { Entity, Field, FieldKindModel, Flow } from "@formwright/model";
import { useQueries } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useMemo } from "react";
import { useT, useText } from "../i18n/locale.ts";
import { useModel, useWorkspace } from "../model/workspace-context.tsx";
import { fetchPage } from "../records/use-records.ts";
import css from "./import.module.css";
import type { ImportFinding, UploadedFile } from "./import-api.ts";
import { type ImportPlan, withMeaning } from "./mapping.ts";
import { nearMatch } from "./near-matches.ts";
import { type UnknownValue, unknownValues } from "./value-problems.ts";

/** A meaning that can be chosen: what is sent, and what people read. */
interface Meaning {
  readonly value: string;
  readonly text: string;
}

interface Props {
  readonly entity: Entity;
  readonly file: UploadedFile;
  readonly plan: ImportPlan;
  readonly onPlan: (plan: ImportPlan) => void;
  readonly findings: readonly ImportFinding[];
}

const KINDS: Readonly<Record<string, FieldKindModel>> = FIELD_KINDS;
/** Titles that are fetched to propose from; a larger entity is searched by typing. */
const MOST_TITLES = 500;

/** Values of the file that nothing known is meant by, each with the nearest known one proposed. */
export function UnknownValues({ entity, file, plan, onPlan, findings }: Props) {
  const t = useT();
  const fields = useMemo(() => new Map(entity.fields.map((field) => [field.key, field])), [entity]);
  const isMappable = (key: string) => key === "owner" || meaningSource(fields.get(key)) !== null;
  const values = unknownValues(findings, file.columns, plan, isMappable);
  const meanings = useMeanings(values, fields);
  if (values.length === 0) return null;

  const proposals = values.flatMap((item) => {
    const near = nearMatch(item.value, meanings.get(item.field) ?? []);
    return near ? [{ item, near }] : [];
  });
  const open = proposals.filter(({ item }) => meaningOf(plan, item) === undefined);
  const takeAll = () =>
    onPlan(open.reduce((known, { item, near }) => withMeaning(known, item.column, item.value, near.value), plan));
  const header = (index: number) => file.columns.find((column) => column.index === index)?.header ?? "";
  return (
    <section className={css.unknown}>
      <div className={css.findingsHead}>
        <div>
          <h2>{t("importing.values")}</h2>
          <p className="muted">{t("importing.valuesHint")}</p>
        </div>
        {open.length > 0 && (
          <Button size="small" icon={<BulbOutlined />} onClick={takeAll}>
            {t("importing.acceptProposals")}
          </Button>
        )}
      </div>
      <ul>
        {values.map((item) => {
          const near = proposals.find((proposal) => proposal.item === item)?.near;
          return (
            <li key={`${item.column}:${item.value}`} className={css.unknownValue}>
              <span>
                <strong>{item.value}</strong> <span className="muted">{header(item.column)}</span>{" "}
                <span className="muted numeric">{t("importing.times", { n: item.times })}</span>
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
                  options={(meanings.get(item.field) ?? []).map((meaning) => ({
                    value: meaning.value,
                    label: meaning.text,
                  }))}
                  onChange={(value: string | null | undefined) =>
                    onPlan(withMeaning(plan, item.column, item.value, value ?? null))
                  }
                />
                {near && meaningOf(plan, item) === undefined && (
                  <Button
                    size="small"
                    type="dashed"
                    onClick={() => onPlan(withMeaning(plan, item.column, item.value, near.value))}
                  >
                    {t("importing.proposed")}: {near.text}
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function meaningOf(plan: ImportPlan, { column, value }: UnknownValue): string | undefined {
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
  values: readonly UnknownValue[],
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
    const titles = (pages[index]?.data?.items ?? []).map((record) => String(record.values[target.titleField] ?? ""));
    meanings.set(
      key,
      [...new Set(titles)].filter(Boolean).map((title) => ({ value: title, text: title })),
    );
  });
  return meanings;
}
