import type { Json } from "@formwright/model";
import { Alert, App, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { ApiProblem } from "../api/problem.ts";
import type { RecordJson } from "../api/wire.ts";
import { describeProblem } from "../app/notices.tsx";
import { FormButtons } from "../designer/form-buttons.tsx";
import { useT, useText } from "../i18n/locale.ts";
import { useCreateRecord, useUpdateRecord, type Values } from "../records/use-records.ts";
import { MemberPick } from "./member-pick.tsx";
import css from "./people.module.css";
import { refTitle, rolesOf, textOf, useDepartments, useRoles } from "./people-data.ts";

interface MemberValues {
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly department?: string | null;
  readonly manager?: string | null;
  readonly roles?: readonly string[];
  readonly locale?: string | null;
}

interface Props {
  /** Null for a new one. */
  readonly member: RecordJson | null;
  readonly onClose: () => void;
  readonly onAdded: (member: RecordJson) => void;
}

const FIELDS = ["name", "email", "phone", "department", "manager", "roles", "locale"] as const;

/** Adds or changes a member. */
export function MemberDialog({ member, onClose, onAdded }: Props) {
  const t = useT();
  const text = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<MemberValues>();
  const [problem, setProblem] = useState<string | null>(null);
  const [key] = useState(() => crypto.randomUUID());
  const departments = useDepartments();
  const roles = useRoles();
  const create = useCreateRecord("member");
  const update = useUpdateRecord("member");

  const submit = async (typed: MemberValues) => {
    setProblem(null);
    const values = wireValues(typed);
    try {
      if (member) {
        await update.mutateAsync({ id: member.id, version: member.version, values: changedValues(values, member) });
        void message.success(t("people.memberSaved"));
        onClose();
      } else {
        const added = await create.mutateAsync({ key, values: withoutEmpty(values) });
        void message.success(t("people.memberAdded", { name: typed.name }));
        onAdded(added);
      }
    } catch (error) {
      const inPlace = error instanceof ApiProblem ? fieldErrors(error) : [];
      form.setFields(inPlace);
      if (inPlace.length === 0) setProblem(describeProblem(error).title);
    }
  };

  return (
    <Modal open title={member ? t("people.editMember") : t("people.newMember")} footer={null} onCancel={onClose}>
      {problem && <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} />}
      <Form<MemberValues>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={member ? initialValues(member) : {}}
        onFinish={(values) => void submit(values)}
      >
        <div className={css.pair}>
          <Form.Item
            name="name"
            label={t("common.name")}
            rules={[{ required: true, whitespace: true, message: t("common.required") }]}
          >
            <Input maxLength={100} autoFocus />
          </Form.Item>
          <Form.Item name="email" label={t("common.email")} rules={[{ type: "email", message: t("setup.emailRule") }]}>
            <Input type="email" maxLength={320} />
          </Form.Item>
          <Form.Item name="department" label={t("people.department")}>
            <Select
              allowClear
              showSearch={{ optionFilterProp: "label" }}
              options={(departments.data ?? []).map((item) => ({ value: item.id, label: textOf(item, "name") }))}
            />
          </Form.Item>
          <Form.Item name="manager" label={t("people.manager")}>
            <MemberPick
              label={t("people.manager")}
              title={member ? refTitle(member, "manager") : ""}
              {...(member ? { except: member.id } : {})}
            />
          </Form.Item>
          <Form.Item name="phone" label={t("people.phone")}>
            <Input type="tel" maxLength={40} />
          </Form.Item>
          <Form.Item name="locale" label={t("people.language")}>
            <Select
              allowClear
              options={[
                { value: "en", label: "English" },
                { value: "zh-CN", label: "中文" },
              ]}
            />
          </Form.Item>
        </div>
        <Form.Item name="roles" label={t("people.roles")} extra={t("people.noRolesHint")}>
          <Select
            mode="multiple"
            optionFilterProp="label"
            options={roles.map((item) => ({ value: item.key, label: text(item.label, item.key) }))}
          />
        </Form.Item>
        <FormButtons submit={t("common.save")} isBusy={create.isPending || update.isPending} onCancel={onClose} />
      </Form>
    </Modal>
  );
}

function initialValues(member: RecordJson): MemberValues {
  const id = (field: string) => textOf(member, field) || null;
  return {
    name: textOf(member, "name"),
    email: textOf(member, "email"),
    phone: textOf(member, "phone"),
    department: id("department"),
    manager: id("manager"),
    roles: rolesOf(member),
    locale: id("locale"),
  };
}

function wireValues(typed: MemberValues): Record<string, Json> {
  const text = (value: string | null | undefined) => value?.trim() || null;
  return {
    name: typed.name.trim(),
    email: text(typed.email),
    phone: text(typed.phone),
    department: typed.department ?? null,
    manager: typed.manager ?? null,
    roles: typed.roles && typed.roles.length > 0 ? typed.roles : null,
    locale: typed.locale ?? null,
  };
}

function changedValues(values: Values, member: RecordJson): Values {
  const same = (a: Json | undefined, b: Json | undefined) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
  return Object.fromEntries(Object.entries(values).filter(([field, value]) => !same(value, member.values[field])));
}

function withoutEmpty(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function fieldErrors(problem: ApiProblem): { name: (typeof FIELDS)[number]; errors: string[] }[] {
  return FIELDS.flatMap((name) => {
    const errors = problem.errors
      .filter((error) => error.pointer.split("/")[2] === name || error.pointer === `/${name}`)
      .map((error) => error.message);
    return errors.length > 0 ? [{ name, errors }] : [];
  });
}
