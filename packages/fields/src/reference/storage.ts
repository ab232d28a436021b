import { columnStorage } from "../storage/column-storage.ts";

export const referenceStorage = columnStorage({
  key: "reference",
  type: () => "uuid",
  references: ({ options }) => ({
    entity: String(options.entity),
    onDelete: options.onDelete === "setNull" ? "set null" : "restrict",
  }),
});
