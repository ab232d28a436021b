import type { Locale, LocalText } from "@formwright/model";
import { textIn } from "@formwright/model";
import { useCallback, useSyncExternalStore } from "react";
import { formatMessage, type MessageParams } from "./format-message.ts";
import { type MessageKey, messageOf } from "./messages.ts";

const STORAGE_KEY = "formwright.locale";
const listeners = new Set<() => void>();
let current: Locale = initialLocale();

/** The language on screen now. */
export function getLocale(): Locale {
  return current;
}

/** Switches the language of everything on screen, and remembers it on this device. */
export function setLocale(locale: Locale): void {
  if (locale === current) return;
  current = locale;
  localStorage.setItem(STORAGE_KEY, locale);
  document.documentElement.lang = locale;
  for (const listener of listeners) listener();
}

export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, getLocale);
}

export type Translate = (key: MessageKey, params?: MessageParams) => string;

/** `t("common.save")`: the text of this app in the language on screen. */
export function useT(): Translate {
  const locale = useLocale();
  return useCallback<Translate>((key, params) => formatMessage(messageOf(locale, key), params), [locale]);
}

/** The text outside of React, e.g. in a notification. */
export function translate(key: MessageKey, params?: MessageParams): string {
  return formatMessage(messageOf(current, key), params);
}

/** `text(entity.label)`: a text that a definition carries, in the language on screen. */
export function useText(): (text: LocalText | undefined, fallback?: string) => string {
  const locale = useLocale();
  return useCallback((text, fallback) => textIn(text, locale, fallback), [locale]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function initialLocale(): Locale {
  const stored = globalThis.localStorage?.getItem(STORAGE_KEY);
  if (stored === "en" || stored === "zh-CN") return stored;
  return globalThis.navigator?.language?.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}
