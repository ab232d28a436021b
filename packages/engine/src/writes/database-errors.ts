import { type Entity, type Finding, type Model, Problem, pointerTo } from "@formwright/model";
import { shortName } from "../tables/short-name.ts";
import { uniqueName } from "../tables/table-spec.ts";

/** What pg tells about an error; both databases give the same. */
interface DatabaseError {
  readonly code?: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly column?: string;
}

/**
 * Says in our own words what PostgreSQL refused, by its SQLSTATE and our constraint names. Anything else is passed on.
 */
export function asProblem(model: Model, entity: Entity, error: unknown): unknown {
  const { code, constraint, column } = (error ?? {}) as DatabaseError;
  if (code === "23505") return taken(entity, constraint ?? "");
  if (code === "23503" || code === "23001") return missingOrUsed(model, entity, constraint ?? "");
  if (code === "23502") return emptied(column ?? "");
  if (code === "40001" || code === "40P01")
    return new Problem("conflict", {
      en: "Somebody else was faster. Try again.",
      "zh-CN": "与他人的操作冲突，请重试。",
    });
  if (code === "22003") return new Problem("invalid", { en: "A number is out of range.", "zh-CN": "数值超出范围。" });
  return error;
}

function taken(entity: Entity, constraint: string): Problem {
  const keys = entity.unique.find((each) => uniqueName(entity.key, each) === constraint) ?? [];
  const errors = keys.map(
    (key): Finding => ({
      pointer: pointerTo("/values", key),
      code: "unique",
      message: { en: "Another record already has this value.", "zh-CN": "已有其他记录使用此值。" },
      severity: "error",
    }),
  );
  return new Problem(
    "conflict",
    { en: "A value that must be unique is taken.", "zh-CN": "唯一值已被占用。" },
    { errors },
  );
}

function missingOrUsed(model: Model, entity: Entity, constraint: string): Problem {
  const field = entity.fields.find((one) => constraint === shortName("fk", entity.key, one.key));
  if (field)
    return new Problem(
      "invalid",
      { en: "A referenced record does not exist.", "zh-CN": "引用的记录不存在。" },
      { errors: [unknownReference(pointerTo("/values", field.key))] },
    );
  const user = [...model.entities.values()].find((one) => constraint.startsWith(`fk_${one.key}_`));
  return new Problem(
    "conflict",
    { en: "Other records still refer to this one.", "zh-CN": "仍有其他记录引用此记录。" },
    { extra: user ? { referencedBy: [user.key] } : {} },
  );
}

export function unknownReference(pointer: string): Finding {
  return {
    pointer,
    code: "unknownReference",
    message: { en: "There is no such record, or you may not see it.", "zh-CN": "没有此记录，或您无权查看。" },
    severity: "error",
  };
}

function emptied(column: string): Problem {
  const errors: Finding[] = [
    {
      pointer: pointerTo("/values", column),
      code: "required",
      message: { en: "This is required.", "zh-CN": "必填。" },
      severity: "error",
    },
  ];
  return new Problem("invalid", { en: "A required field is empty.", "zh-CN": "必填字段为空。" }, { errors });
}
