import type { Operator } from "../../operator.ts";
import { localDate, readInstant } from "../../values/instant.ts";

/** The date in the reader's zone. */
export const today: Operator = {
  key: "today",
  group: "environment",
  label: { en: "today", "zh-CN": "今天" },
  arity: [0, 0],
  isNeverNull: true,
  isVolatile: true,
  type: () => ({ type: "date", args: [] }),
  evaluate(_, frame) {
    const instant = readInstant(frame.environment.now);
    return instant && localDate(instant, frame.environment.timeZone);
  },
  toSql: (_, sql) => sql.environment.today,
};
