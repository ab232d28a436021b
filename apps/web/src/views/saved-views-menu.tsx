import {
  DeleteOutlined,
  DownOutlined,
  EditOutlined,
  PlusOutlined,
  SaveOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import type { ListView } from "@formwright/model";
import { Button, Dropdown, type MenuProps } from "antd";
import { useState } from "react";
import { useNotice } from "../app/notices.tsx";
import { useT, useText } from "../i18n/locale.ts";
import { useMe } from "../model/workspace-context.tsx";
import { isChanged, isSameList, type ListSettings, settingsOf } from "./list-settings.ts";
import { SavedViewDialog } from "./saved-view-dialog.tsx";
import { type SavedView, useChangeView, useDeleteView, useSavedViews, useSaveView } from "./saved-views.ts";

interface Props {
  readonly view: ListView;
  readonly settings: ListSettings;
  /** The saved view on screen. */
  readonly current: string | null;
  readonly onChoose: (settings: ListSettings, saved: string | null) => void;
}

/** Ways to look at this list: my own, and those that others share. Mine can be changed, renamed, shared and deleted. */
export function SavedViewsMenu({ view, settings, current, onChoose }: Props) {
  const t = useT();
  const text = useText();
  const me = useMe();
  const notice = useNotice();
  const saved = useSavedViews(view.entity);
  const save = useSaveView(view.entity);
  const change = useChangeView(view.entity);
  const remove = useDeleteView(view.entity);
  const [dialog, setDialog] = useState<"new" | "change" | null>(null);
  const views = (saved.data ?? []).filter((one) => one.view === view.key);
  const chosen = views.find((one) => one.id === current);
  const mine = chosen?.owner === me.id ? chosen : undefined;
  if (views.length === 0 && !isChanged(view, settings)) return null;

  const create = async (name: string, shared: boolean) => {
    const made = await save.mutateAsync({ view: view.key, name, shared, settings }).catch(() => null);
    if (made === null) return;
    setDialog(null);
    notice(t("views.viewSaved"));
    onChoose(settings, made.id);
  };
  const alter = (id: string, part: Partial<Pick<SavedView, "name" | "shared" | "definition">>) =>
    change.mutate(
      { id, ...part },
      {
        onSuccess: () => {
          setDialog(null);
          notice(t("views.viewSaved"));
        },
      },
    );
  const drop = (gone: SavedView) =>
    remove.mutate(gone.id, {
      onSuccess: () => {
        onChoose(settingsOf(view), null);
        notice(t("views.viewDeleted"), () => {
          const again = { view: view.key, name: gone.name, shared: gone.shared, settings: whole(view, gone) };
          save.mutate(again, { onSuccess: ({ id }) => onChoose(again.settings, id) });
        });
      },
    });

  const actions: Readonly<Record<string, () => void>> = {
    standard: () => onChoose(settingsOf(view), null),
    save: () => setDialog("new"),
    change: () => setDialog("change"),
    update: () => mine !== undefined && alter(mine.id, { definition: settings }),
    delete: () => mine !== undefined && drop(mine),
  };
  const ofMine: MenuProps["items"] =
    mine === undefined
      ? []
      : [
          {
            key: "update",
            icon: <SaveOutlined />,
            label: t("views.updateView"),
            disabled: isSameList(settings, whole(view, mine)),
          },
          { key: "change", icon: <EditOutlined />, label: t("views.changeView") },
          { key: "delete", icon: <DeleteOutlined />, danger: true, label: t("views.deleteView") },
        ];

  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          selectable: true,
          selectedKeys: [chosen?.id ?? "standard"],
          style: { maxWidth: 320 },
          items: [
            { key: "standard", label: text(view.label, view.key) },
            ...views.map((one) => ({
              key: one.id,
              label: one.shared ? t("views.viewBy", { name: one.name }) : one.name,
              ...(one.shared ? { icon: <TeamOutlined /> } : {}),
            })),
            { type: "divider" as const },
            { key: "save", icon: <PlusOutlined />, label: t("views.saveViewAs"), disabled: !isChanged(view, settings) },
            ...ofMine,
          ],
          onClick: ({ key }) => {
            const found = views.find((one) => one.id === key);
            if (found === undefined) actions[key]?.();
            else onChoose(whole(view, found), found.id);
          },
        }}
      >
        <Button icon={<DownOutlined aria-hidden />} iconPlacement="end" style={{ maxWidth: 240 }}>
          <span style={{ overflow: "hidden", textOverflow: "ellipsis" }}>{chosen?.name ?? t("views.savedViews")}</span>
        </Button>
      </Dropdown>
      {dialog !== null && (
        <SavedViewDialog
          name={dialog === "change" ? (mine?.name ?? "") : ""}
          shared={dialog === "change" && mine?.shared === true}
          isBusy={save.isPending || change.isPending}
          onClose={() => setDialog(null)}
          onSave={(name, shared) =>
            dialog === "change" && mine !== undefined ? alter(mine.id, { name, shared }) : void create(name, shared)
          }
        />
      )}
    </>
  );
}

/** A saved view's settings, with what it does not say taken from the view. */
function whole(view: ListView, saved: SavedView): ListSettings {
  return { ...settingsOf(view), ...saved.definition };
}
