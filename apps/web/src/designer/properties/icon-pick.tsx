import { Select } from "antd";
import { useT } from "../../i18n/locale.ts";
import { ICONS, Icon } from "../../shell/icon.tsx";

/** Picks one of the icons that definitions may name. */
export function IconPick({
  value,
  onChange,
}: {
  readonly value: string | undefined;
  readonly onChange: (icon: string) => void;
}) {
  const t = useT();
  return (
    <Select
      value={value}
      showSearch
      aria-label={t("designer.icon")}
      style={{ width: 150 }}
      placeholder={t("designer.icon")}
      onChange={onChange}
      options={Object.keys(ICONS).map((name) => ({ value: name }))}
      optionRender={({ value: name }) => <IconName name={String(name)} />}
      labelRender={({ value: name }) => <IconName name={String(name)} />}
    />
  );
}

function IconName({ name }: { readonly name: string }) {
  return (
    <span style={{ display: "inline-flex", gap: 8, alignItems: "center" }}>
      <Icon name={name} /> {name}
    </span>
  );
}
