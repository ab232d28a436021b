import { type Expression, sql } from "kysely";
import { evaluate } from "../evaluate.ts";
import type { RuleEnvironment } from "../types.ts";

/** What a rule knows beside the record, as expressions of types timestamptz, date, uuid, uuid and text. */
export interface SqlEnvironment {
  readonly now: Expression<unknown>;
  readonly today: Expression<unknown>;
  readonly me: Expression<unknown>;
  readonly myDepartment: Expression<unknown>;
  readonly timeZone: Expression<unknown>;
}

/** The environment as parameters of the statement. */
export function boundEnvironment(environment: RuleEnvironment): SqlEnvironment {
  const today = evaluate({ today: [] }, {}, environment);
  return {
    now: sql`${environment.now}::timestamptz`,
    today: sql`${today}::date`,
    me: sql`${environment.me}::uuid`,
    myDepartment: sql`${environment.myDepartment}::uuid`,
    timeZone: sql`${environment.timeZone}::text`,
  };
}
