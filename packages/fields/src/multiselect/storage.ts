import { columnStorage } from "../storage/column-storage.ts";

export const multiselectStorage = columnStorage({ key: "multiselect", type: () => "text[]", indexMethod: "gin" });
