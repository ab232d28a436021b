import { Checkbox, Input, Modal } from "antd";
import { useId, useState } from "react";
import { useT } from "../i18n/locale.ts";

interface Props {
  readonly name: string;
  readonly shared: boolean;
  readonly isBusy: boolean;
  readonly onSave: (name: string, shared: boolean) => void;
  readonly onClose: () => void;
}

/** What a saved view is called, and who sees it. */
export function SavedViewDialog({ name: before, shared: wasShared, isBusy, onSave, onClose }: Props) {
  const t = useT();
  const nameId = useId();
  const [name, setName] = useState(before);
  const [shared, setShared] = useState(wasShared);
  const save = () => {
    if (name.trim() !== "") onSave(name.trim(), shared);
  };
  return (
    <Modal
      open
      title={t("views.saveView")}
      okText={t("common.save")}
      confirmLoading={isBusy}
      okButtonProps={{ disabled: name.trim() === "" }}
      onOk={save}
      onCancel={onClose}
    >
      <label htmlFor={nameId}>{t("views.viewName")}</label>
      <Input
        id={nameId}
        autoFocus
        value={name}
        maxLength={80}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={save}
        style={{ marginBottom: 12 }}
      />
      <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
        {t("views.shareView")}
      </Checkbox>
    </Modal>
  );
}
