import { Problem } from "@formwright/model";
import type { Context, Member } from "../context.ts";

/** The member who acts. @throws Problem `forbidden` for the system: this is for people */
export function memberOf(ctx: Context): Member {
  if (ctx.actor.kind === "member") return ctx.actor.member;
  throw new Problem("forbidden", { en: "Only a member can do this.", "zh-CN": "此操作只能由成员执行。" });
}

/** True for admins and for the platform itself. */
export function isAdminContext(ctx: Context): boolean {
  return ctx.actor.kind === "system" || ctx.actor.member.isAdmin;
}

/** The same call made by the platform itself: records are then written without asking for roles. */
export function asSystem(ctx: Context, name: string, door: Context["door"]): Context {
  return { ...ctx, actor: { kind: "system", name }, door };
}
