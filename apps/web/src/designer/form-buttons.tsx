import { Button } from "antd";
import { useT } from "../i18n/locale.ts";

interface Props {
  readonly submit: string;
  readonly isBusy: boolean;
  readonly isDisabled?: boolean;
  readonly onCancel: () => void;
}

/** The end of a form in a dialog: cancel, and the button that does it. */
export function FormButtons({ submit, isBusy, isDisabled = false, onCancel }: Props) {
  const t = useT();
  return (
    <div style={{ display: "flex", justifyContent: "flex-end", gap: 8, marginTop: 16 }}>
      <Button onClick={onCancel}>{t("common.cancel")}</Button>
      <Button type="primary" htmlType="submit" loading={isBusy} disabled={isDisabled}>
        {submit}
      </Button>
    </div>
  );
}
