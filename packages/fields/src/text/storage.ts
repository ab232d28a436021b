import { columnStorage } from "../storage/column-storage.ts";

export const textStorage = columnStorage({ key: "text", type: () => "text" });
