import type { Json } from "@formwright/model";
import { Input } from "antd";
import { useState } from "react";
import { useT } from "../../i18n/locale.ts";

interface Props {
  readonly value: Json;
  readonly onChange: (value: Json) => void;
  readonly label: string;
}

/** A small JSON value typed as text; it changes as soon as the text is JSON. */
export function JsonInput({ value, onChange, label }: Props) {
  const t = useT();
  const [text, setText] = useState(() => (value === null ? "" : JSON.stringify(value, null, 2)));
  const [isBroken, setBroken] = useState(false);
  const read = (next: string) => {
    setText(next);
    try {
      const parsed = JSON.parse(next) as Json;
      setBroken(false);
      onChange(parsed);
    } catch {
      setBroken(true);
    }
  };
  return (
    <>
      <Input.TextArea
        value={text}
        onChange={(event) => read(event.target.value)}
        autoSize={{ minRows: 3, maxRows: 16 }}
        spellCheck={false}
        aria-label={label}
        status={isBroken ? "error" : ""}
        style={{ fontFamily: "var(--font-code)", fontSize: 12 }}
      />
      {isBroken && <p className="muted">{t("designer.jsonInvalid")}</p>}
    </>
  );
}
