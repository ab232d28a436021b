import type { LocalText } from "@formwright/model";
import type { TaskState } from "./state.ts";

export type RefusalCode =
  | "notFound"
  | "notYours"
  | "taskClosed"
  | "commentRequired"
  | "notAllowedHere"
  | "ended"
  | "notReturned"
  | "nobodyFound"
  | "peopleUnknown";

/** Why an event changes nothing. `pointer` names the input that is wrong, when one is. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly message: LocalText;
  readonly pointer?: string;
  /** For taskClosed: what happened to the task meanwhile. */
  readonly happened?: TaskState;
  /** For nobodyFound: the step. */
  readonly step?: string;
}

const MESSAGES: { readonly [C in RefusalCode]: LocalText } = {
  notFound: { en: "There is no such task.", "zh-CN": "没有这个待办。" },
  notYours: { en: "This is for somebody else to do.", "zh-CN": "这一步不由您处理。" },
  taskClosed: { en: "This task is no longer open.", "zh-CN": "该待办已关闭。" },
  commentRequired: { en: "A comment is required here.", "zh-CN": "此处必须填写意见。" },
  notAllowedHere: { en: "This step does not allow that.", "zh-CN": "此步骤不允许该操作。" },
  ended: { en: "This approval has ended.", "zh-CN": "该审批已结束。" },
  notReturned: { en: "This approval has not been returned.", "zh-CN": "该审批未被退回。" },
  nobodyFound: {
    en: "Nobody was found who could approve this. Ask an admin to check the approval.",
    "zh-CN": "找不到审批人，请联系管理员检查审批设置。",
  },
  peopleUnknown: { en: "Name active members who are not asked already.", "zh-CN": "请选择在职且尚未被指派的成员。" },
};

export function refuse(code: RefusalCode, more: Omit<Refusal, "code" | "message"> = {}): Refusal {
  return { code, message: MESSAGES[code], ...more };
}
