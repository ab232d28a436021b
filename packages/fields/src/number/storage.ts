import { columnStorage, numericType } from "../storage/column-storage.ts";

export const numberStorage = columnStorage({ key: "number", type: numericType });
