import type { LocalText } from "@formwright/model";

/** The words of the approval panel. */
export const PanelTexts = {
  approve: { en: "Approve", "zh-CN": "同意" },
  reject: { en: "Reject", "zh-CN": "拒绝" },
  return: { en: "Return", "zh-CN": "退回" },
  resubmit: { en: "Resubmit", "zh-CN": "重新提交" },
  comment: { en: "Comment", "zh-CN": "评论" },
  withdraw: { en: "Withdraw", "zh-CN": "撤回" },
  name: { en: "Name somebody", "zh-CN": "指定处理人" },
  nameOthers: { en: "Ask somebody else", "zh-CN": "改派" },
  end: { en: "End approval", "zh-CN": "终止审批" },
  endTitle: { en: "End this approval without a decision?", "zh-CN": "确定终止该审批？" },
  endHint: { en: "The record does not move. It can be sent again.", "zh-CN": "记录不会流转，之后可以重新提交。" },
  keep: { en: "Let it run", "zh-CN": "继续审批" },
  yourTurn: { en: "It is your turn", "zh-CN": "请您处理" },
  commentNeeded: { en: "Please say why.", "zh-CN": "请填写意见。" },
  showLog: { en: "Show what happened", "zh-CN": "查看审批记录" },
  hideLog: { en: "Hide what happened", "zh-CN": "收起审批记录" },
  skipped: { en: "skipped", "zh-CN": "已跳过" },
  blocked: {
    en: "Nobody was found for this step. An administrator has to name somebody.",
    "zh-CN": "该步骤没有找到处理人，请管理员指定。",
  },
} as const satisfies Record<string, LocalText>;

export type TextKey = keyof typeof PanelTexts;

export const STATE_WORDS: Readonly<Record<string, LocalText>> = {
  running: { en: "in progress", "zh-CN": "审批中" },
  blocked: { en: "waiting for an administrator", "zh-CN": "待管理员处理" },
  returned: { en: "returned", "zh-CN": "已退回" },
  approved: { en: "approved", "zh-CN": "已通过" },
  rejected: { en: "rejected", "zh-CN": "已拒绝" },
  withdrawn: { en: "withdrawn", "zh-CN": "已撤回" },
  ended: { en: "ended", "zh-CN": "已终止" },
};

export const DECISION_WORDS: Readonly<Record<string, LocalText>> = {
  approve: { en: "approved", "zh-CN": "已同意" },
  reject: { en: "rejected", "zh-CN": "已拒绝" },
  return: { en: "returned", "zh-CN": "已退回" },
};
