import { type Choice, type Locale, textIn } from "@formwright/model";

/** A choice in its colour. The colours behind the names are the theme's: `--choice-<name>-soft` and so on. */
export function ChoiceTag({ choice, locale }: { readonly choice: Choice; readonly locale: Locale }) {
  const color = choice.color ?? "gray";
  return (
    <span
      style={{
        display: "inline-flex",
        alignItems: "center",
        maxWidth: "100%",
        padding: "0 8px",
        borderRadius: 10,
        fontSize: 12.5,
        lineHeight: "20px",
        whiteSpace: "nowrap",
        background: `var(--choice-${color}-soft, var(--choice-gray-soft, #edebe4))`,
        color: `var(--choice-${color}-text, var(--choice-gray-text, #4c5752))`,
      }}
    >
      <span style={{ overflow: "hidden", textOverflow: "ellipsis" }}>{textIn(choice.label, locale, choice.value)}</span>
    </span>
  );
}

/** The choice of a value; a value that is no choice any more is shown as it is. */
export function choiceOf(choices: readonly Choice[], value: string): Choice {
  return choices.find((choice) => choice.value === value) ?? { value, label: { en: value } };
}
