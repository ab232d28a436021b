import { fieldWidget } from "../widget/field-widget.ts";
import { TextEdit } from "../widget/plain-text.tsx";
import type { EditProps, ReadProps } from "../widget-kind.ts";

export const urlWidget = fieldWidget({ key: "url", Edit: UrlEdit, Read: UrlRead, width: 200 });

function UrlEdit(props: EditProps) {
  return <TextEdit {...props} type="url" placeholder="https://" />;
}

/** Opens http and https only: a value that came from elsewhere must not run anything. */
function UrlRead({ value }: ReadProps) {
  if (typeof value !== "string") return null;
  if (!/^https?:\/\//i.test(value)) return value;
  return (
    <a href={value} target="_blank" rel="noreferrer noopener">
      {value.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "")}
    </a>
  );
}
