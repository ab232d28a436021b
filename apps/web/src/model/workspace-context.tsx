import type { Model } from "@formwright/model";
import { createContext, use } from "react";

/** The member that looks at the screen, in this workspace. */
export interface Me {
  readonly id: string;
  readonly name: string;
  readonly isAdmin: boolean;
  readonly roles: readonly string[];
  readonly department: string | null;
  /** IANA name. */
  readonly timeZone: string;
}

export interface WorkspaceValue {
  readonly slug: string;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly me: Me;
  readonly model: Model;
}

export const WorkspaceContext = createContext<WorkspaceValue | null>(null);

/** The workspace of this page: only below the route /w/:ws. */
export function useWorkspace(): WorkspaceValue {
  const value = use(WorkspaceContext);
  if (value === null) throw new Error("useWorkspace needs a page of a workspace around it.");
  return value;
}

/** The published model that this person may see, at the current release. */
export function useModel(): Model {
  return useWorkspace().model;
}

export function useMe(): Me {
  return useWorkspace().me;
}
