import { SearchOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Input, type InputRef, Modal } from "antd";
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { api } from "../api/api.ts";
import { path } from "../api/client.ts";
import { useT, useText } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import css from "./command-palette.module.css";
import { Icon } from "./icon.tsx";
import { ADMIN_ENTRIES, appMenus } from "./menu-items.ts";

interface Found {
  readonly entity: string;
  readonly id: string;
  readonly title: string | null;
  readonly hint?: string | null;
}

interface Choice {
  readonly key: string;
  readonly label: string;
  readonly hint: string;
  readonly icon: string | undefined;
  readonly to: string;
}

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Ctrl K: records by what they contain, and every page of the menu. */
export function CommandPalette({ open, onClose }: Props) {
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={620}
      destroyOnHidden
      style={{ top: 72 }}
    >
      {open && <Palette onClose={onClose} />}
    </Modal>
  );
}

function Palette({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const listId = useId();
  const input = useRef<InputRef>(null);
  const [words, setWords] = useState("");
  const [active, setActive] = useState(0);
  const choices = useChoices(useDeferredValue(words.trim()));
  const selected = choices[Math.min(active, choices.length - 1)];

  useEffect(() => {
    const timer = setTimeout(() => input.current?.focus(), 30);
    return () => clearTimeout(timer);
  }, []);

  const go = (choice: Choice | undefined) => {
    if (choice === undefined) return;
    onClose();
    void navigate(choice.to);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive((now) => (choices.length === 0 ? 0 : (now + step + choices.length) % choices.length));
    }
    if (event.key === "Enter") go(selected);
  };

  return (
    <div className={css.palette}>
      <Input
        ref={input}
        size="large"
        variant="borderless"
        prefix={<SearchOutlined aria-hidden />}
        placeholder={t("shell.search")}
        aria-label={t("shell.search")}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={selected === undefined ? undefined : `${listId}-${selected.key}`}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={t("shell.searchShort")} className={css.list}>
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the combobox above.
          // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus (aria-activedescendant).
          <div
            key={choice.key}
            id={`${listId}-${choice.key}`}
            role="option"
            aria-selected={choice === selected}
            className={choice === selected ? `${css.item} ${css.active}` : css.item}
            onMouseMove={() => setActive(index)}
            onClick={() => go(choice)}
          >
            <Icon name={choice.icon} />
            <span className={css.label}>{choice.label}</span>
            <span className={css.hint}>{choice.hint}</span>
          </div>
        ))}
        {choices.length === 0 && <p className={css.empty}>{t("shell.nothingFound")}</p>}
      </div>
      <p className={css.help}>{t("shell.paletteHelp")}</p>
    </div>
  );
}

function useChoices(words: string): readonly Choice[] {
  const t = useT();
  const text = useText();
  const { slug, model, me } = useWorkspace();
  const home = `/w/${slug}`;
  const search = useQuery({
    queryKey: ["search", slug, words],
    queryFn: ({ signal }) =>
      api.get<{ readonly items: readonly Found[] }>(`${path("w", slug)}/search`, { signal, query: { q: words } }),
    enabled: words.length >= 2,
    placeholderData: (before) => (words.length >= 2 ? before : undefined),
  });

  const pages: Choice[] = [
    { key: "home", label: t("shell.home"), hint: "", icon: "home", to: home },
    { key: "tasks", label: t("shell.tasks"), hint: "", icon: "task", to: `${home}/tasks` },
    { key: "inbox", label: t("shell.inbox"), hint: "", icon: "bell", to: `${home}/inbox` },
    ...appMenus(model).flatMap(({ app, groups }) =>
      groups.flatMap(({ entries }) =>
        entries.flatMap(({ entry, view }) =>
          view === null
            ? []
            : [
                {
                  key: `view-${app.key}-${entry.key}`,
                  label: text(entry.label ?? view.label, view.key),
                  hint: text(app.label, app.key),
                  icon: entry.icon ?? (view.type === "kanban" ? "board" : "table"),
                  to: `${home}/a/${app.key}/v/${view.key}`,
                },
              ],
        ),
      ),
    ),
    ...(me.isAdmin ? ADMIN_ENTRIES : []).map((entry) => ({
      key: `admin-${entry.to.replaceAll("/", "-")}`,
      label: t(entry.label),
      hint: t("shell.administration"),
      icon: entry.icon,
      to: `${home}/${entry.to}`,
    })),
  ];
  const records = (words.length >= 2 ? (search.data?.items ?? []) : []).map((found) => {
    const entity = model.entities.get(found.entity);
    return {
      key: `record-${found.entity}-${found.id}`,
      label: found.title ?? found.id,
      hint: text(entity?.label, found.entity),
      icon: entity?.icon,
      to: `${home}/r/${found.entity}/${found.id}`,
    };
  });
  const lower = words.toLowerCase();
  return [...records, ...pages.filter((page) => page.label.toLowerCase().includes(lower))].slice(0, 30);
}
