import { columnStorage } from "../storage/column-storage.ts";

export const datetimeStorage = columnStorage({ key: "datetime", type: () => "timestamp with time zone" });
