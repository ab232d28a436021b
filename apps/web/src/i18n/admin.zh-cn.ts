import type { admin as en } from "./admin.en.ts";
import type { Translated } from "./translated.ts";

export const admin: Translated<typeof en> = {
  title: "管理",
};
