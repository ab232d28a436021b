import { columnStorage } from "../storage/column-storage.ts";

export const booleanStorage = columnStorage({ key: "boolean", type: () => "boolean" });
