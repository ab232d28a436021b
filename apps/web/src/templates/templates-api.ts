import type { Locale, LocalText, PublishedKind } from "@formwright/model";
import { api } from "../api/api.ts";
import { path } from "../api/client.ts";

/** A template as the gallery lists it. */
export interface TemplateCard {
  readonly key: string;
  readonly version: string;
  readonly label: LocalText;
  readonly description: LocalText;
  readonly icon?: string;
  readonly color?: string;
  /** How many definitions of each kind are in it. */
  readonly contents?: Partial<Readonly<Record<PublishedKind, number>>>;
  /** How many sample records it brings. */
  readonly samples?: number;
}

export interface InstallChoice {
  readonly sampleData: boolean;
  readonly locale: Locale;
}

export const templatesApi = {
  list: (signal: AbortSignal) => api.get<{ readonly items: readonly TemplateCard[] }>("/templates", { signal }),
  install: (ws: string, key: string, choice: InstallChoice) =>
    api.post<{ readonly release: number }>(path("w", ws, "templates", key, "install"), choice),
};
