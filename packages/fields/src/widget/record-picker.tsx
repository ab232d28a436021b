import { PlusOutlined } from "@ant-design/icons";
import { type LocalText, textIn } from "@formwright/model";
import { Button, Select, Spin } from "antd";
import { useEffect, useRef, useState } from "react";
import type { EditProps, ReadProps, TitledRecord } from "../widget-kind.ts";

const TEXTS = {
  search: { en: "Search…", "zh-CN": "搜索…" },
  nothing: { en: "Nothing found", "zh-CN": "没有找到" },
  create: { en: "New: ", "zh-CN": "新建：" },
  untitled: { en: "(no title)", "zh-CN": "（无标题）" },
  notVisible: { en: "(not visible to you)", "zh-CN": "（无权查看）" },
} as const satisfies Record<string, LocalText>;

/** Waits this long after the last key before it asks. */
const PAUSE_MS = 180;

interface Props extends EditProps {
  readonly entity: string;
}

/** Finds a record by typing, or makes a new one where that is allowed. The value is its id. */
export function RecordPicker({ entity, value, title, onChange, env, field, ...rest }: Props) {
  const text = (key: keyof typeof TEXTS) => textIn(TEXTS[key], env.locale);
  const [words, setWords] = useState("");
  const [isOpen, setIsOpen] = useState(false);
  const [chosen, setChosen] = useState<TitledRecord | null>(null);
  const { found, isSearching } = useSearch(env.lookup.search, entity, words, isOpen);
  const id = typeof value === "string" ? value : null;
  const shownTitle = id === null ? null : chosen?.id === id ? chosen.title : title;
  const canCreate = env.lookup.create !== undefined && env.lookup.canCreate(entity);

  const choose = (record: TitledRecord | null) => {
    setChosen(record);
    if (record === null) onChange(null);
    else onChange(record.id, record);
  };

  const create = async () => {
    setIsOpen(false);
    const record = await env.lookup.create?.(entity, words);
    if (record) choose(record);
  };

  return (
    <Select
      id={rest.id}
      style={{ width: "100%" }}
      showSearch={{ filterOption: false, searchValue: words, onSearch: setWords }}
      allowClear={!field.required}
      open={isOpen}
      onOpenChange={(next) => {
        setIsOpen(next);
        if (!next) setWords("");
      }}
      placeholder={text("search")}
      labelInValue
      value={id === null ? null : { value: id, label: shownTitle ?? (title === null ? text("notVisible") : id) }}
      onChange={(option: { value: string; label?: unknown } | null | undefined) => {
        const record = option ? found.find((one) => one.id === option.value) : undefined;
        choose(record ?? null);
      }}
      options={found.map((record) => ({ value: record.id, label: record.title ?? text("untitled") }))}
      loading={isSearching}
      notFoundContent={isSearching ? <Spin size="small" /> : text("nothing")}
      popupRender={(menu) => (
        <>
          {menu}
          {canCreate && (
            <div style={{ padding: 4, borderTop: "1px solid var(--color-line, #e2dfd5)" }}>
              <Button
                type="text"
                block
                icon={<PlusOutlined aria-hidden />}
                style={{ justifyContent: "flex-start" }}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => void create()}
              >
                {text("create")}
                {words.trim() || env.entityLabel(entity)}
              </Button>
            </div>
          )}
        </>
      )}
      disabled={rest.disabled}
      status={rest.isInvalid ? "error" : undefined}
      variant={rest.isBare ? "borderless" : undefined}
      autoFocus={rest.autoFocus}
      aria-label={rest.label}
      aria-invalid={rest.isInvalid}
      aria-describedby={rest.describedBy}
    />
  );
}

/** The title of the record, as a link to it where there is one. */
export function RecordTitle({ entity, value, title, env }: ReadProps & { readonly entity: string }) {
  if (typeof value !== "string") return null;
  if (title === null || title === undefined) return <span>{textIn(TEXTS.notVisible, env.locale)}</span>;
  const href = env.lookup.href(entity, value);
  return href === null ? title : <a href={href}>{title || textIn(TEXTS.untitled, env.locale)}</a>;
}

function useSearch(
  search: EditProps["env"]["lookup"]["search"],
  entity: string,
  words: string,
  isOpen: boolean,
): { readonly found: readonly TitledRecord[]; readonly isSearching: boolean } {
  const [found, setFound] = useState<readonly TitledRecord[]>([]);
  const [isSearching, setIsSearching] = useState(false);
  const latest = useRef(search);
  latest.current = search;
  useEffect(() => {
    if (!isOpen) return;
    const stop = new AbortController();
    setIsSearching(true);
    const timer = setTimeout(
      () => {
        latest
          .current(entity, words.trim(), stop.signal)
          .then(setFound)
          .catch(() => setFound([]))
          .finally(() => {
            if (!stop.signal.aborted) setIsSearching(false);
          });
      },
      words === "" ? 0 : PAUSE_MS,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [entity, words, isOpen]);
  return { found, isSearching };
}
