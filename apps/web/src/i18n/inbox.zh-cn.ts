import type { inbox as en } from "./inbox.en.ts";
import type { Translated } from "./translated.ts";

export const inbox: Translated<typeof en> = {
  unread: "未读",
  markAll: "全部标为已读",
  markRead: "标为已读",
  empty: "没有消息",
  emptyHint: "提醒、审批结果和评论会实时出现在这里。",
  hello: "你好，{name}",
  homeHint: "今天需要处理的事项。",
  waiting: "等待我处理的审批",
  overdue: "已逾期",
  dueToday: "今天",
  nothingDue: "没有到期事项",
  nothingOpen: "没有待处理的记录",
  showAll: "查看全部",
  latest: "最新消息",
  recent: "我最近修改的",
  noHome: "暂无内容",
};
