import { columnStorage } from "../storage/column-storage.ts";

export const urlStorage = columnStorage({ key: "url", type: () => "text" });
