import {
  EditOutlined,
  LinkOutlined,
  PlusOutlined,
  SearchOutlined,
  StopOutlined,
  UploadOutlined,
  UserAddOutlined,
} from "@ant-design/icons";
import type { Rule } from "@formwright/rules";
import { App, Button, Dropdown, Input, Select, Table } from "antd";
import { useDeferredValue, useState } from "react";
import { Link } from "react-router";
import type { RecordJson } from "../api/wire.ts";
import { reportProblem } from "../app/report-problem.ts";
import { Pill } from "../designer/pill.tsx";
import { useT, useText } from "../i18n/locale.ts";
import { useMe, useWorkspace } from "../model/workspace-context.tsx";
import { useRecordList, useUpdateRecord } from "../records/use-records.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { MemberDialog } from "./member-dialog.tsx";
import css from "./people.module.css";
import { isActive, refTitle, rolesOf, textOf, useDepartments, useRoles } from "./people-data.ts";

/** The members: who, in which department, with which roles. Admins add, change, invite and deactivate. */
export function MembersPanel() {
  const t = useT();
  const text = useText();
  const me = useMe();
  const { slug } = useWorkspace();
  const { modal } = App.useApp();
  const [words, setWords] = useState("");
  const [department, setDepartment] = useState<string | null>(null);
  const [role, setRole] = useState<string | null>(null);
  const [edited, setEdited] = useState<RecordJson | "new" | null>(null);
  const [invited, setInvited] = useState<RecordJson | null>(null);
  const departments = useDepartments();
  const roles = useRoles();
  const update = useUpdateRecord("member");
  const wanted = useDeferredValue(words.trim());
  const filter = filterOf(department, role);
  const list = useRecordList("member", { sort: "name", limit: 100, q: wanted, ...(filter ? { filter } : {}) });
  if (list.isError) return <NotFoundPage error={list.error} onRetry={() => void list.refetch()} />;
  const members = list.data?.pages.flatMap((page) => page.items) ?? [];
  const roleName = (key: string) => text(roles.find((item) => item.key === key)?.label, key);

  const setState = (member: RecordJson, state: "active" | "inactive") =>
    update.mutateAsync({ id: member.id, version: member.version, values: { state } }).catch(reportProblem);
  const askDeactivate = (member: RecordJson) =>
    modal.confirm({
      title: t("people.deactivateTitle", { name: textOf(member, "name") }),
      content: t("people.deactivateHint"),
      okText: t("people.deactivate"),
      okButtonProps: { danger: true },
      onOk: () => setState(member, "inactive"),
    });
  const actions = (member: RecordJson) => [
    { key: "edit", icon: <EditOutlined />, label: t("common.edit"), onClick: () => setEdited(member) },
    {
      key: "invite",
      icon: <LinkOutlined />,
      label: t("people.invite"),
      disabled: !isActive(member),
      onClick: () => setInvited(member),
    },
    isActive(member)
      ? {
          key: "off",
          icon: <StopOutlined />,
          label: t("people.deactivate"),
          danger: true,
          disabled: member.id === me.id,
          onClick: () => askDeactivate(member),
        }
      : {
          key: "on",
          icon: <UserAddOutlined />,
          label: t("people.activate"),
          onClick: () => void setState(member, "active"),
        },
  ];

  return (
    <>
      <div className={css.tools}>
        <Input
          allowClear
          prefix={<SearchOutlined />}
          value={words}
          placeholder={t("people.search")}
          aria-label={t("people.search")}
          onChange={(event) => setWords(event.target.value)}
        />
        <Select
          allowClear
          value={department}
          placeholder={t("people.allDepartments")}
          aria-label={t("people.department")}
          popupMatchSelectWidth={false}
          showSearch={{ optionFilterProp: "label" }}
          onChange={(value: string | null | undefined) => setDepartment(value ?? null)}
          options={[
            ...(departments.data ?? []).map((item) => ({ value: item.id, label: textOf(item, "name") })),
            { value: "none", label: t("people.noDepartment") },
          ]}
        />
        {me.isAdmin && (
          <Select
            allowClear
            value={role}
            placeholder={t("people.allRoles")}
            aria-label={t("people.roles")}
            popupMatchSelectWidth={false}
            onChange={(value: string | null | undefined) => setRole(value ?? null)}
            options={roles.map((item) => ({ value: item.key, label: text(item.label, item.key) }))}
          />
        )}
        {me.isAdmin && (
          <span className={css.last}>
            <Link to={`/w/${slug}/r/member/import`}>
              <Button icon={<UploadOutlined aria-hidden />}>{t("views.import")}</Button>
            </Link>
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>
              {t("people.newMember")}
            </Button>
          </span>
        )}
      </div>
      <Table<RecordJson>
        size="small"
        rowKey="id"
        dataSource={members}
        loading={list.isPending}
        pagination={false}
        scroll={{ x: 820 }}
        locale={{ emptyText: <EmptyState compact title={t("people.noMembers")} hint={t("people.noMembersHint")} /> }}
        columns={[
          {
            title: t("common.name"),
            key: "name",
            width: 170,
            render: (_, member) => (
              <span className={isActive(member) ? undefined : css.inactive}>
                <strong className={css.name}>{textOf(member, "name")}</strong>
                {member.id === me.id && <span className="muted"> ({t("people.you")})</span>}
              </span>
            ),
          },
          { title: t("common.email"), key: "email", render: (_, member) => textOf(member, "email") },
          { title: t("people.department"), key: "department", render: (_, member) => refTitle(member, "department") },
          { title: t("people.manager"), key: "manager", render: (_, member) => refTitle(member, "manager") },
          ...(me.isAdmin
            ? [
                {
                  title: t("people.roles"),
                  key: "roles",
                  render: (_: unknown, member: RecordJson) =>
                    rolesOf(member).length > 0 ? (
                      rolesOf(member).map((key) => <Pill key={key}>{roleName(key)}</Pill>)
                    ) : (
                      <span className="muted">{t("people.noRoles")}</span>
                    ),
                },
              ]
            : []),
          {
            title: t("people.state"),
            key: "state",
            width: 100,
            render: (_, member) =>
              isActive(member) ? <Pill color="green">{t("people.active")}</Pill> : <Pill>{t("people.inactive")}</Pill>,
          },
          ...(me.isAdmin
            ? [
                {
                  key: "actions",
                  width: 96,
                  render: (_: unknown, member: RecordJson) => (
                    <span className={css.rowActions}>
                      <Button
                        size="small"
                        type="text"
                        icon={<EditOutlined />}
                        aria-label={`${t("common.edit")}: ${textOf(member, "name")}`}
                        onClick={() => setEdited(member)}
                      />
                      <Dropdown trigger={["click"]} menu={{ items: actions(member) }}>
                        <Button size="small" type="text" aria-label={`${t("common.more")}: ${textOf(member, "name")}`}>
                          …
                        </Button>
                      </Dropdown>
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
      {list.hasNextPage && (
        <Button
          block
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
          style={{ marginTop: 8 }}
        >
          {t("common.loadMore")}
        </Button>
      )}
      {edited && (
        <MemberDialog
          member={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
          onAdded={(member) => {
            setEdited(null);
            if (textOf(member, "email")) setInvited(member);
          }}
        />
      )}
      {invited && <InviteDialog member={invited} onClose={() => setInvited(null)} />}
    </>
  );
}

function filterOf(department: string | null, role: string | null): Rule | null {
  const parts: Rule[] = [];
  if (department === "none") parts.push({ isEmpty: [{ var: "department" }] });
  else if (department) parts.push({ "==": [{ var: "department" }, department] });
  if (role) parts.push({ hasAny: [{ var: "roles" }, [role]] });
  return parts.length > 1 ? { and: parts } : (parts[0] ?? null);
}
