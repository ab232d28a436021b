import { DisconnectOutlined } from "@ant-design/icons";
import { useIsConnectionLost } from "../app/connection.ts";
import { useT } from "../i18n/locale.ts";
import css from "./connection-banner.module.css";

/** Says that the server is away, for as long as it is. The place for it is always there, so that it is read out. */
export function ConnectionBanner() {
  const t = useT();
  const isLost = useIsConnectionLost();
  return (
    <div role="status">
      {isLost && (
        <p className={css.banner}>
          <DisconnectOutlined aria-hidden /> {t("common.offlineBanner")}
        </p>
      )}
    </div>
  );
}
