import type { session as en } from "./session.en.ts";
import type { Translated } from "./translated.ts";

export const session: Translated<typeof en> = {
  title: "登录",
  subtitle: "欢迎回来。",
  password: "密码",
  submit: "登录",
  wrong: "邮箱或密码不正确。",
  tooMany: "尝试次数过多，请稍后再试。",
  inviteTitle: "加入 {workspace}",
  inviteHint: "你受邀以 {email} 加入，请设置登录密码。",
  inviteSubmit: "加入",
  inviteGone: "邀请已失效，请索取新的链接。",
  passwordRule: "至少 10 个字符。",
  yourName: "你的姓名",
  chooseWorkspace: "选择工作区",
  noWorkspace: "你还没有加入任何工作区。",
  expired: "登录已失效，请重新登录。",
};
