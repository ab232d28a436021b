import { columnStorage } from "../storage/column-storage.ts";

export const tagsStorage = columnStorage({ key: "tags", type: () => "text[]", indexMethod: "gin" });
