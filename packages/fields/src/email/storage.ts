import { columnStorage } from "../storage/column-storage.ts";

export const emailStorage = columnStorage({ key: "email", type: () => "text" });
