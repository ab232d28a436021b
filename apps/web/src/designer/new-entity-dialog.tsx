import type { LocalText } from "@formwright/model";
import { useMutation } from "@tanstack/react-query";
import { Alert, Collapse, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { describeProblem } from "../app/notices.tsx";
import { useT, useText } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import css from "./designer.module.css";
import { draftApi } from "./draft/draft-api.ts";
import { definitionsOf, useDraft, useRefreshDraft } from "./draft/use-draft.ts";
import { deriveKey, keyProblem } from "./edits/derive-key.ts";
import { type GrantLevel, newEntityDefinitions } from "./edits/new-entity.ts";
import { usePinyin } from "./edits/use-pinyin.ts";
import { FormButtons } from "./form-buttons.tsx";
import { IconPick } from "./properties/icon-pick.tsx";
import { LocalTextInput } from "./properties/local-text-input.tsx";

const NEW_APP = "#new";
const GRANT_LABELS = {
  none: "designer.grantNone",
  read: "designer.grantRead",
  own: "designer.grantOwn",
  department: "designer.grantDepartment",
  all: "designer.grantAll",
} as const;
const KEY_PROBLEMS = {
  pattern: "designer.keyPattern",
  reserved: "designer.keyReserved",
  taken: "designer.keyTaken",
} as const;

/** Makes a new entity with all that lets people use it: form, list, menu entry, grants. All in the draft. */
export function NewEntityDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const t = useT();
  return (
    <Modal open={open} title={t("designer.newEntityTitle")} onCancel={onClose} footer={null} destroyOnHidden>
      {open && <NewEntityForm onClose={onClose} />}
    </Modal>
  );
}

function NewEntityForm({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const text = useText();
  const { slug } = useWorkspace();
  const navigate = useNavigate();
  const draft = useDraft();
  const refresh = useRefreshDraft();
  const apps = definitionsOf(draft.data, "app");
  const roles = definitionsOf(draft.data, "role").filter((role) => !role.admin);
  const [label, setLabel] = useState<LocalText>({});
  const [typedKey, setTypedKey] = useState<string | null>(null);
  const [icon, setIcon] = useState("table");
  const [app, setApp] = useState(apps[0]?.key ?? NEW_APP);
  const [appName, setAppName] = useState("");
  const [grants, setGrants] = useState<Readonly<Record<string, GrantLevel>>>(() =>
    Object.fromEntries(roles.map((role) => [role.key, "own"])),
  );
  const [wasTried, setTried] = useState(false);

  usePinyin();
  const taken = definitionsOf(draft.data, "entity").map((entity) => entity.key);
  const name = label.en || label["zh-CN"] || "";
  const key = typedKey ?? (name ? deriveKey(name, taken, "entity") : "");
  const problem = key ? keyProblem(key, taken) : null;
  const create = useMutation({
    meta: { silent: true },
    mutationFn: async () => {
      const choice = {
        label,
        key,
        icon,
        grants,
        app: app === NEW_APP ? { newLabel: appName ? bothLanguages(appName) : label } : { key: app },
      };
      for (const definition of newEntityDefinitions(choice, draft.data?.definitions ?? []))
        await draftApi.put(slug, definition);
    },
    onSuccess: async () => {
      await refresh();
      onClose();
      await navigate(`/w/${slug}/admin/entities/${key}`);
    },
  });
  const submit = () => {
    setTried(true);
    if (name && !problem) create.mutate();
  };

  return (
    <Form layout="vertical" onFinish={submit}>
      {create.error && (
        <Alert
          type="error"
          showIcon
          title={describeProblem(create.error).title}
          description={describeProblem(create.error).lines.join(" ")}
          style={{ marginBottom: 12 }}
        />
      )}
      <div className={css.two}>
        <LocalTextInput
          value={label}
          onChange={setLabel}
          autoFocus
          placeholder={t("designer.nameExample")}
          labels={{ en: t("designer.nameEn"), "zh-CN": t("designer.nameZh") }}
          error={wasTried && !name ? t("designer.nameNeeded") : undefined}
        />
        <Form.Item label={t("designer.inApp")}>
          <Select
            value={app}
            aria-label={t("designer.inApp")}
            onChange={setApp}
            options={[
              ...apps.map((item) => ({ value: item.key, label: text(item.label, item.key) })),
              { value: NEW_APP, label: t("designer.newApp") },
            ]}
          />
        </Form.Item>
        <Form.Item label={t("designer.icon")}>
          <IconPick value={icon} onChange={setIcon} />
        </Form.Item>
      </div>
      {app === NEW_APP && (
        <Form.Item label={t("designer.newAppName")}>
          <Input
            value={appName}
            placeholder={text(label)}
            maxLength={60}
            aria-label={t("designer.newAppName")}
            onChange={(event) => setAppName(event.target.value)}
          />
        </Form.Item>
      )}
      {roles.length > 0 && (
        <Form.Item label={t("designer.whoMay")} extra={t("designer.whoMayHint")}>
          {roles.map((role) => (
            <div key={role.key} className={css.grant}>
              <span>{text(role.label, role.key)}</span>
              <Select
                size="small"
                value={grants[role.key] ?? "none"}
                aria-label={text(role.label, role.key)}
                popupMatchSelectWidth={false}
                onChange={(level) => setGrants({ ...grants, [role.key]: level })}
                options={(Object.keys(GRANT_LABELS) as GrantLevel[]).map((level) => ({
                  value: level,
                  label: t(GRANT_LABELS[level]),
                }))}
              />
            </div>
          ))}
        </Form.Item>
      )}
      <Collapse
        ghost
        size="small"
        items={[
          {
            key: "advanced",
            label: t("designer.advanced"),
            forceRender: problem !== null,
            children: (
              <Form.Item
                label={t("designer.key")}
                help={problem ? t(KEY_PROBLEMS[problem]) : t("designer.keyHelp")}
                {...(problem ? { validateStatus: "error" as const } : {})}
              >
                <Input
                  value={key}
                  spellCheck={false}
                  aria-label={t("designer.key")}
                  onChange={(event) => setTypedKey(event.target.value.trim() || null)}
                />
              </Form.Item>
            ),
          },
        ]}
      />
      <FormButtons isBusy={create.isPending} submit={t("designer.createDraft")} onCancel={onClose} />
    </Form>
  );
}

function bothLanguages(name: string): LocalText {
  return /\p{Script=Han}/u.test(name) ? { "zh-CN": name } : { en: name };
}
