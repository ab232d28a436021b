import { columnStorage } from "../storage/column-storage.ts";

export const phoneStorage = columnStorage({ key: "phone", type: () => "text" });
