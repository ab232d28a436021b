import { columnStorage } from "../storage/column-storage.ts";

export const dateStorage = columnStorage({ key: "date", type: () => "date" });
