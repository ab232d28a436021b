import { columnStorage } from "../storage/column-storage.ts";

export const selectStorage = columnStorage({ key: "select", type: () => "text" });
