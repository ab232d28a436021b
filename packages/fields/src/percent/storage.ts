import { columnStorage, numericType } from "../storage/column-storage.ts";

export const percentStorage = columnStorage({ key: "percent", type: numericType });
