import { fieldWidget } from "../widget/field-widget.ts";
import type { ReadProps } from "../widget-kind.ts";

export const autonumberWidget = fieldWidget({ key: "autonumber", Edit: null, Read: SerialNumber, width: 150 });

function SerialNumber({ value }: ReadProps) {
  return typeof value === "string" ? <span style={{ fontVariantNumeric: "tabular-nums" }}>{value}</span> : null;
}
