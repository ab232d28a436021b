import { columnStorage } from "../storage/column-storage.ts";

export const departmentStorage = columnStorage({
  key: "department",
  type: () => "uuid",
  references: () => ({ entity: "department", onDelete: "restrict" }),
});
