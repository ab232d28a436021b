import type { RuleEnvironment } from "@formwright/rules";
import { useMemo } from "react";
import { useMe } from "../model/workspace-context.tsx";

/** What rules on this screen know beside the record. The moment is that of `tick`, so that drawing stays pure. */
export function useRuleEnvironment(tick?: unknown): RuleEnvironment {
  const me = useMe();
  return useMemo(
    () => ({ now: new Date().toISOString(), timeZone: me.timeZone, me: me.id, myDepartment: me.department }),
    [me, tick],
  );
}
