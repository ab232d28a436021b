import { columnStorage, numericType } from "../storage/column-storage.ts";

export const moneyStorage = columnStorage({ key: "money", type: numericType });
