import { columnStorage } from "../storage/column-storage.ts";

export const autonumberStorage = columnStorage({ key: "autonumber", type: () => "text" });
