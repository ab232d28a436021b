import { DeleteOutlined, DownOutlined, SaveOutlined } from "@ant-design/icons";
import type { ListView } from "@formwright/model";
import { Button, Dropdown, Input, Modal } from "antd";
import { useId, useState } from "react";
import { useNotice } from "../app/notices.tsx";
import { useT, useText } from "../i18n/locale.ts";
import { useMe } from "../model/workspace-context.tsx";
import { isChanged, type ListSettings, settingsOf } from "./list-settings.ts";
import { useDeleteView, useSavedViews, useSaveView } from "./saved-views.ts";

interface Props {
  readonly view: ListView;
  readonly settings: ListSettings;
  /** The saved view on screen. */
  readonly current: string | null;
  readonly onChoose: (settings: ListSettings, saved: string | null) => void;
}

/** My own ways to look at this list. */
export function SavedViewsMenu({ view, settings, current, onChoose }: Props) {
  const t = useT();
  const text = useText();
  const me = useMe();
  const nameId = useId();
  const notice = useNotice();
  const saved = useSavedViews(view.entity);
  const save = useSaveView(view.entity);
  const remove = useDeleteView(view.entity);
  const [name, setName] = useState<string | null>(null);
  const views = (saved.data ?? []).filter((one) => one.view === view.key);
  const chosen = views.find((one) => one.id === current);
  if (views.length === 0 && !isChanged(view, settings)) return null;

  const submit = async () => {
    if (name === null || name.trim() === "") return;
    const made = await save.mutateAsync({ view: view.key, name: name.trim(), settings }).catch(() => null);
    if (made === null) return;
    setName(null);
    notice(t("views.viewSaved"));
    onChoose(settings, made.id);
  };

  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          selectable: true,
          selectedKeys: [current ?? "standard"],
          items: [
            { key: "standard", label: text(view.label, view.key) },
            ...views.map((one) => ({ key: one.id, label: one.name })),
            { type: "divider" as const },
            { key: "save", icon: <SaveOutlined />, label: t("views.saveViewAs"), disabled: !isChanged(view, settings) },
            ...(chosen?.owner === me.id
              ? [{ key: "delete", icon: <DeleteOutlined />, danger: true, label: t("views.deleteView") }]
              : []),
          ],
          onClick: ({ key }) => {
            if (key === "standard") return onChoose(settingsOf(view), null);
            if (key === "save") return setName(chosen?.name ?? "");
            if (key === "delete" && chosen !== undefined) {
              remove.mutate(chosen.id);
              return onChoose(settingsOf(view), null);
            }
            const found = views.find((one) => one.id === key);
            if (found !== undefined) onChoose({ ...settingsOf(view), ...found.definition }, found.id);
          },
        }}
      >
        <Button icon={<DownOutlined aria-hidden />} iconPlacement="end">
          {chosen?.name ?? t("views.savedViews")}
        </Button>
      </Dropdown>
      <Modal
        open={name !== null}
        title={t("views.saveView")}
        okText={t("common.save")}
        confirmLoading={save.isPending}
        okButtonProps={{ disabled: name === null || name.trim() === "" }}
        onOk={() => void submit()}
        onCancel={() => setName(null)}
      >
        <label htmlFor={nameId}>{t("views.viewName")}</label>
        <Input
          id={nameId}
          value={name ?? ""}
          maxLength={80}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={() => void submit()}
        />
      </Modal>
    </>
  );
}
