import { columnStorage } from "../storage/column-storage.ts";

export const longtextStorage = columnStorage({ key: "longtext", type: () => "text" });
