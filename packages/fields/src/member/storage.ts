import { columnStorage } from "../storage/column-storage.ts";

export const memberStorage = columnStorage({
  key: "member",
  type: () => "uuid",
  references: () => ({ entity: "member", onDelete: "restrict" }),
});
