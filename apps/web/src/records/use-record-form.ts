import type { TitledRecord } from "@formwright/fields/widget";
import { type Entity, type Form, type FormSection, type Json, type LocalText, textIn } from "@formwright/model";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ApiProblem } from "../api/problem.ts";
import { useLocale } from "../i18n/locale.ts";
import { dropDraft, type FormDraft, readDraft, writeDraft } from "./draft-store.ts";
import { sectionsOf } from "./form-layout.ts";
import {
  changedValues,
  errorOf,
  errorsByField,
  type FieldState,
  type FormValues,
  fieldStates,
  findErrors,
  isSame,
  ruleData,
  withFormulas,
  withoutComputed,
} from "./form-logic.ts";
import { useRuleEnvironment } from "./use-rule-environment.ts";

export interface FormInput {
  readonly entity: Entity;
  readonly form: Form;
  /** The values as they are stored (or as a new record starts). */
  readonly stored: FormValues;
  readonly titles: Readonly<Record<string, string | null>>;
  /** Whole records behind references, for rules that walk there. */
  readonly expanded?: Readonly<Record<string, FormValues | undefined>>;
  readonly version: number | null;
  /** Fields that this person may not write. */
  readonly locked?: ReadonlySet<string>;
  /** Where unsaved input is kept; null for nowhere. */
  readonly draftKey: string | null;
}

export interface RecordForm {
  readonly entity: Entity;
  readonly sections: readonly FormSection[];
  readonly values: FormValues;
  readonly titles: Readonly<Record<string, string | null>>;
  readonly states: ReadonlyMap<string, FieldState>;
  /** What is wrong, by field, in the reader's language. */
  readonly errors: ReadonlyMap<string, string>;
  /** Findings that belong to no field. */
  readonly otherErrors: readonly string[];
  readonly isDirty: boolean;
  /** Input from an earlier visit that is on the form now. */
  readonly restored: FormDraft | null;
  set(key: string, value: Json, record?: TitledRecord): void;
  setMany(values: FormValues): void;
  touch(key: string): void;
  /** What to send; null when something is wrong, which is then shown. */
  collect(): FormValues | null;
  /** Puts the findings of a refused save at their fields. */
  showProblem(problem: ApiProblem): void;
  /** Back to what is stored. */
  reset(): void;
  /** The save worked. */
  settle(): void;
}

const DRAFT_PAUSE_MS = 400;
const NONE: ReadonlySet<string> = new Set();

/** The state of one form: values with live formulas, live rules, findings at their fields, and a draft on the device. */
export function useRecordForm(input: FormInput): RecordForm {
  const { entity, form, stored, draftKey, version, locked = NONE } = input;
  const locale = useLocale();
  const [restored, setRestored] = useState<FormDraft | null>(() =>
    draftKey === null ? null : readDraft(draftKey, Date.now()),
  );
  const [changes, setChanges] = useState<FormValues>(() => restored?.values ?? {});
  const [titles, setTitles] = useState(() => ({ ...input.titles, ...restored?.titles }));
  const [touched, setTouched] = useState<ReadonlySet<string>>(NONE);
  const [isChecked, setIsChecked] = useState(false);
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const [otherErrors, setOtherErrors] = useState<readonly string[]>([]);
  const environment = useRuleEnvironment(changes);

  const sections = useMemo(() => sectionsOf(form, entity), [form, entity]);
  const values = useMemo(
    () => withFormulas(entity, { ...stored, ...changes }, environment),
    [entity, stored, changes, environment],
  );
  const states = useMemo(() => {
    const data = ruleData(entity.fields, values, input.expanded ?? {});
    return fieldStates(sections, entity, data, environment, locked);
  }, [entity, sections, values, input.expanded, environment, locked]);
  const isDirty = useMemo(
    () => Object.entries(changes).some(([key, value]) => !isSame(value, stored[key] ?? null)),
    [changes, stored],
  );

  const forgetDraft = useKeptDraft(draftKey, isDirty, {
    version: restored?.version ?? version,
    values: changes,
    titles,
  });

  const errors = useMemo(() => {
    const found = new Map<string, string>();
    const say = (message: LocalText) => textIn(message, locale);
    for (const field of entity.fields) {
      const state = states.get(field.key);
      const isDue = isChecked || touched.has(field.key);
      if (!isDue || state === undefined || !state.isShown || state.isReadOnly) continue;
      const error = errorOf(field, values[field.key] ?? null, isChecked && state.isRequired);
      if (error !== null) found.set(field.key, say(error));
    }
    for (const [key, message] of refused) found.set(key, message);
    return found;
  }, [entity, values, states, touched, isChecked, refused, locale]);

  const set = useCallback((key: string, value: Json, record?: TitledRecord) => {
    setChanges((before) => ({ ...before, [key]: value }));
    if (record !== undefined) setTitles((before) => ({ ...before, [key]: record.title }));
    setRefused((before) => without(before, key));
  }, []);

  const reset = useCallback(() => {
    setChanges({});
    setTitles(input.titles);
    setTouched(NONE);
    setIsChecked(false);
    setRefused(new Map());
    setOtherErrors([]);
    setRestored(null);
    forgetDraft();
  }, [input.titles, forgetDraft]);

  return {
    entity,
    sections,
    values,
    titles: { ...input.titles, ...titles },
    states,
    errors,
    otherErrors,
    isDirty,
    restored,
    set,
    setMany: (next) => setChanges((before) => ({ ...before, ...next })),
    touch: (key) => setTouched((before) => (before.has(key) ? before : new Set([...before, key]))),
    collect() {
      setIsChecked(true);
      setOtherErrors([]);
      if (findErrors(entity, values, states).size > 0) return null;
      const hidden = [...states].filter(([, state]) => state.isReadOnly).map(([key]) => key);
      const changed = { ...changedValues(entity, stored, values) };
      for (const key of hidden) if (!(key in changes)) delete changed[key];
      return withoutComputed(entity, changed);
    },
    showProblem(problem) {
      const { fields, others } = errorsByField(problem.errors, entity);
      setRefused(fields);
      setOtherErrors(problem.errors.length === 0 ? [problem.detail] : others);
    },
    reset,
    settle: reset,
  };
}

/** Writes what is typed to the device after a pause, and at once when the page goes away. Gives a way to drop it. */
function useKeptDraft(key: string | null, isDirty: boolean, draft: Omit<FormDraft, "at">): () => void {
  const { version, values, titles } = draft;
  const flush = useRef<(() => void) | null>(null);
  useEffect(() => {
    if (key === null) return;
    const keep = () => {
      flush.current = null;
      if (isDirty) writeDraft(key, { version, values, titles, at: new Date().toISOString() });
      else dropDraft(key);
    };
    flush.current = keep;
    const timer = setTimeout(keep, DRAFT_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [key, isDirty, version, values, titles]);

  useEffect(() => {
    const now = () => flush.current?.();
    window.addEventListener("pagehide", now);
    return () => {
      window.removeEventListener("pagehide", now);
      now();
    };
  }, []);

  return useCallback(() => {
    flush.current = null;
    if (key !== null) dropDraft(key);
  }, [key]);
}

function without(map: ReadonlyMap<string, string>, key: string): ReadonlyMap<string, string> {
  if (!map.has(key)) return map;
  const next = new Map(map);
  next.delete(key);
  return next;
}
