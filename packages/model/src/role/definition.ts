import type { Rule } from "@formwright/rules";
import type { LocalText } from "../common/text.ts";

export type Action = "create" | "read" | "update" | "delete" | "transfer" | "export" | "import";
export const ACTIONS: readonly Action[] = ["create", "read", "update", "delete", "transfer", "export", "import"];

export type Scope = "none" | "own" | "department" | "departmentTree" | "all";
export type FieldAccess = "hidden" | "readOnly";

export interface EntityGrant {
  /** Missing action: none. For create, export and import any scope but none means yes. */
  readonly actions: { readonly [A in Action]?: Scope };
  /** Narrows read, update and delete further. */
  readonly rule?: Rule;
  readonly fields?: { readonly [field: string]: FieldAccess };
}

/** Who may do what. A member's roles add up: the widest scope and the most open field access win. */
export interface Role {
  readonly kind: "role";
  readonly key: string;
  readonly label: LocalText;
  /** May edit definitions, members and settings, and do everything with every record. */
  readonly admin: boolean;
  readonly entities: { readonly [entity: string]: EntityGrant };
}
