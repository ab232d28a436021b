import type { LocalText } from "../common/text.ts";

export type MenuEntry =
  | {
      readonly key: string;
      readonly type: "view";
      readonly view: string;
      readonly label?: LocalText;
      readonly icon?: string;
    }
  | {
      readonly key: string;
      readonly type: "link";
      readonly url: string;
      readonly label: LocalText;
      readonly icon?: string;
    };

export interface MenuGroup {
  readonly key: string;
  readonly label?: LocalText;
  readonly entries: readonly MenuEntry[];
}

/** A module as its users see it. */
export interface App {
  readonly kind: "app";
  readonly key: string;
  readonly label: LocalText;
  readonly icon?: string;
  readonly color?: string;
  readonly menu: readonly MenuGroup[];
  /** Roles that see it; empty means everybody. */
  readonly roles: readonly string[];
}
