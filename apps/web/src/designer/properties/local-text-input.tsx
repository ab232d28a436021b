import type { Locale, LocalText } from "@formwright/model";
import { Form, Input } from "antd";
import type { ReactNode } from "react";
import { useLocale } from "../../i18n/locale.ts";

interface Props {
  readonly value: LocalText | undefined;
  readonly onChange: (value: LocalText) => void;
  readonly labels: Readonly<Record<Locale, string>>;
  readonly multiline?: boolean;
  readonly autoFocus?: boolean;
  readonly error?: ReactNode;
  readonly placeholder?: string;
}

/** A text in both languages, the one on screen first. */
export function LocalTextInput({
  value = {},
  onChange,
  labels,
  multiline = false,
  autoFocus = false,
  error,
  placeholder,
}: Props) {
  const locale = useLocale();
  const order: readonly Locale[] = locale === "en" ? ["en", "zh-CN"] : ["zh-CN", "en"];
  return order.map((language, index) => {
    const shared = {
      value: value[language] ?? "",
      onChange: (event: { readonly target: { readonly value: string } }) =>
        onChange(withText(value, language, event.target.value)),
      "aria-label": labels[language],
      maxLength: 200,
      lang: language,
      ...(placeholder && index === 0 ? { placeholder } : {}),
      ...(error && index === 0 ? { status: "error" as const } : {}),
    };
    return (
      <Form.Item
        key={language}
        label={labels[language]}
        {...(error && index === 0 ? { help: error, validateStatus: "error" as const } : {})}
      >
        {multiline ? (
          <Input.TextArea {...shared} autoSize={{ minRows: 1, maxRows: 5 }} maxLength={1000} />
        ) : (
          <Input {...shared} autoFocus={autoFocus && index === 0} />
        )}
      </Form.Item>
    );
  });
}

/** The text with one language set; an empty one is left out. */
export function withText(text: LocalText, language: Locale, value: string): LocalText {
  const { [language]: _old, ...others } = text;
  return value === "" ? others : { ...others, [language]: value };
}
