import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { draftApi, type WireFinding } from "../draft/draft-api.ts";
import { type EditHistory, recordEdit, redoEdit, startHistory, undoEdit } from "./edit-history.ts";
import { type BundleEdit, type EntityBundle, editBundle } from "./entity-bundle.ts";
import { saveBundle } from "./save-bundle.ts";

export type SaveState = "saved" | "waiting" | "saving" | "refused" | "offline";

export interface BundleEditor {
  readonly bundle: EntityBundle;
  /** What the server said of each definition at its last save, by `<kind>/<key>`. */
  readonly findings: Readonly<Record<string, readonly WireFinding[]>>;
  readonly saveState: SaveState;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** @param mergeKey edits of the same key in a row are undone together */
  edit(edit: BundleEdit, mergeKey?: string): void;
  undo(): void;
  redo(): void;
}

type Action =
  | { readonly type: "edit"; readonly edit: BundleEdit; readonly mergeKey: string | null }
  | { readonly type: "undo" }
  | { readonly type: "redo" };

const SAVE_AFTER_MS = 500;
const RETRY_AFTER_MS = 5_000;

function reduce(history: EditHistory<EntityBundle>, action: Action): EditHistory<EntityBundle> {
  if (action.type === "undo") return undoEdit(history);
  if (action.type === "redo") return redoEdit(history);
  return recordEdit(history, editBundle(history.present, action.edit), action.mergeKey);
}

/**
 * Edits an entity with its forms: at once on screen, shortly after in the draft. One save runs at a time; what a
 * save refuses stays on screen with its findings and is tried again with the next edit.
 */
export function useBundleEditor(slug: string, initial: EntityBundle): BundleEditor {
  const queryClient = useQueryClient();
  const [history, dispatch] = useReducer(reduce, initial, startHistory);
  const [saveState, setSaveState] = useState<SaveState>("saved");
  const [findings, setFindings] = useState<Readonly<Record<string, readonly WireFinding[]>>>({});
  const saved = useRef(initial);
  const wanted = useRef(initial);
  const isSaving = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const present = history.present;

  const save = useCallback(async () => {
    if (isSaving.current) return;
    isSaving.current = true;
    let outcome: SaveState = "saved";
    try {
      while (saved.current !== wanted.current && outcome === "saved") {
        setSaveState("saving");
        const target = wanted.current;
        const result = await saveBundle((definition) => draftApi.put(slug, definition), saved.current, target);
        setFindings((known) => ({ ...known, ...result.findings }));
        saved.current = result.saved;
        outcome = result.outcome;
        if (outcome === "saved") saved.current = target;
        else if (target !== wanted.current) outcome = "saved";
      }
    } finally {
      isSaving.current = false;
    }
    setSaveState(outcome);
    void queryClient.invalidateQueries({ queryKey: ["draft", slug] });
    if (outcome === "offline") timer.current = setTimeout(save, RETRY_AFTER_MS);
  }, [queryClient, slug]);

  useEffect(() => {
    if (present === wanted.current) return;
    wanted.current = present;
    setSaveState("waiting");
    clearTimeout(timer.current);
    timer.current = setTimeout(save, SAVE_AFTER_MS);
  }, [present, save]);

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      if (saved.current !== wanted.current) void save();
    },
    [save],
  );

  return {
    bundle: present,
    findings,
    saveState,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    edit: useCallback((edit, mergeKey) => dispatch({ type: "edit", edit, mergeKey: mergeKey ?? null }), []),
    undo: useCallback(() => dispatch({ type: "undo" }), []),
    redo: useCallback(() => dispatch({ type: "redo" }), []),
  };
}
