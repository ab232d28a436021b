import { GlobalOutlined } from "@ant-design/icons";
import type { Locale } from "@formwright/model";
import { Button, Dropdown } from "antd";
import { api } from "../api/api.ts";
import { setLocale, useLocale, useT } from "../i18n/locale.ts";
import { sessionStore } from "../session/session-store.ts";

const NAMES: Readonly<Record<Locale, string>> = { en: "English", "zh-CN": "中文" };

/** Switches the language at once, and for the signed-in person on every device. */
export function LanguageSwitch() {
  const t = useT();
  const locale = useLocale();
  const choose = (next: Locale) => {
    setLocale(next);
    if (sessionStore.get().state === "signedIn") void api.patch("/me", { locale: next }).catch(() => null);
  };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectable: true,
        selectedKeys: [locale],
        items: (Object.keys(NAMES) as Locale[]).map((key) => ({ key, label: NAMES[key] })),
        onClick: ({ key }) => choose(key as Locale),
      }}
    >
      <Button type="text" icon={<GlobalOutlined aria-hidden />} aria-label={`${t("shell.language")}: ${NAMES[locale]}`}>
        {NAMES[locale]}
      </Button>
    </Dropdown>
  );
}
