import { getLocale } from "../i18n/locale.ts";
import { sessionStore } from "../session/session-store.ts";
import { createClient } from "./client.ts";

/** The client of this page. */
export const api = createClient({
  fetch: (input, init) => fetch(input, init),
  tokens: { current: () => sessionStore.token(), refresh: () => sessionStore.refresh() },
  locale: getLocale,
  onSignedOut: () => sessionStore.end(),
});
