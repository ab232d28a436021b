import { DeleteOutlined, EditOutlined, PlusOutlined } from "@ant-design/icons";
import type { Json } from "@formwright/model";
import { Alert, App, Button, Form, Input, Modal, Select, Skeleton, Tooltip, Tree } from "antd";
import { type ReactNode, useState } from "react";
import type { RecordJson } from "../api/wire.ts";
import { describeProblem } from "../app/notices.tsx";
import { reportProblem } from "../app/report-problem.ts";
import { FormButtons } from "../designer/form-buttons.tsx";
import { useT } from "../i18n/locale.ts";
import { useMe } from "../model/workspace-context.tsx";
import { useCreateRecord, useDeleteRecord, useUpdateRecord } from "../records/use-records.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { type DepartmentNode, departmentTree, isWithin } from "./department-tree.ts";
import { MemberPick } from "./member-pick.tsx";
import css from "./people.module.css";
import { refTitle, textOf, useDepartments } from "./people-data.ts";

interface Row {
  readonly id: string;
  readonly parent: string | null;
  readonly name: string;
  readonly record: RecordJson;
}

interface TreeNode {
  readonly key: string;
  readonly title: ReactNode;
  readonly children: TreeNode[];
}

type Edited = { readonly record: RecordJson } | { readonly record: null; readonly parent: string | null };

/** The tree of departments: add, rename, move by dragging, set the head. */
export function DepartmentsPanel() {
  const t = useT();
  const me = useMe();
  const { message, modal } = App.useApp();
  const [edited, setEdited] = useState<Edited | null>(null);
  const departments = useDepartments();
  const update = useUpdateRecord("department");
  const remove = useDeleteRecord("department");
  if (departments.isError) return <NotFoundPage error={departments.error} onRetry={() => void departments.refetch()} />;
  if (!departments.data) return <Skeleton active />;
  const rows: readonly Row[] = departments.data.map((record) => ({
    id: record.id,
    name: textOf(record, "name"),
    parent: textOf(record, "parent") || null,
    record,
  }));

  const move = async (id: string, parent: string | null) => {
    const row = rows.find((item) => item.id === id);
    if (!row || row.parent === parent || (parent && isWithin(rows, parent, id))) return;
    try {
      await update.mutateAsync({ id, version: row.record.version, values: { parent } });
      void message.success(t("people.moved"));
    } catch (error) {
      reportProblem(error);
    }
  };
  const askDelete = (row: Row) =>
    modal.confirm({
      title: t("people.deleteDepartmentTitle", { name: row.name }),
      content: t("people.deleteDepartmentHint"),
      okText: t("people.deleteDepartment"),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync(row.id),
    });

  const titleOf = ({ department, children }: DepartmentNode<Row>): ReactNode => (
    <span className={css.department}>
      <strong>{department.name}</strong>
      <span className="muted">{refTitle(department.record, "head") || t("people.noHead")}</span>
      {me.isAdmin && (
        <span className={css.departmentActions}>
          <Tooltip title={t("people.subDepartment")}>
            <Button
              size="small"
              type="text"
              icon={<PlusOutlined />}
              aria-label={`${t("people.subDepartment")}: ${department.name}`}
              onClick={() => setEdited({ record: null, parent: department.id })}
            />
          </Tooltip>
          <Tooltip title={t("people.renameDepartment")}>
            <Button
              size="small"
              type="text"
              icon={<EditOutlined />}
              aria-label={`${t("people.renameDepartment")}: ${department.name}`}
              onClick={() => setEdited({ record: department.record })}
            />
          </Tooltip>
          <Tooltip title={children.length > 0 ? t("people.departmentNotEmpty") : t("people.deleteDepartment")}>
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={`${t("people.deleteDepartment")}: ${department.name}`}
              disabled={children.length > 0}
              onClick={() => askDelete(department)}
            />
          </Tooltip>
        </span>
      )}
    </span>
  );
  const nodesOf = (nodes: readonly DepartmentNode<Row>[]): TreeNode[] =>
    nodes.map((node) => ({ key: node.department.id, title: titleOf(node), children: nodesOf(node.children) }));
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited({ record: null, parent: null })}>
      {t("people.newDepartment")}
    </Button>
  );

  return (
    <>
      {rows.length === 0 && (
        <EmptyState title={t("people.noDepartments")} hint={t("people.noDepartmentsHint")} action={me.isAdmin && add} />
      )}
      {rows.length > 0 && (
        <>
          {me.isAdmin && (
            <div className={css.tools}>
              <span className="muted">{t("people.dragDepartments")}</span>
              <span className={css.last}>{add}</span>
            </div>
          )}
          <div className={`panel ${css.tree}`}>
            <Tree
              blockNode
              defaultExpandAll
              selectable={false}
              draggable={me.isAdmin ? { icon: false } : false}
              treeData={nodesOf(departmentTree(rows))}
              onDrop={({ dragNode, node, dropToGap }) => {
                const target = rows.find((item) => item.id === node.key);
                if (target) void move(String(dragNode.key), dropToGap ? target.parent : target.id);
              }}
            />
          </div>
        </>
      )}
      {edited && <DepartmentDialog edited={edited} rows={rows} onClose={() => setEdited(null)} />}
    </>
  );
}

interface DepartmentValues {
  readonly name: string;
  readonly parent: string | null;
  readonly head: string | null;
}

function DepartmentDialog({
  edited,
  rows,
  onClose,
}: {
  readonly edited: Edited;
  readonly rows: readonly Row[];
  readonly onClose: () => void;
}) {
  const t = useT();
  const [problem, setProblem] = useState<string | null>(null);
  const [key] = useState(() => crypto.randomUUID());
  const create = useCreateRecord("department");
  const update = useUpdateRecord("department");
  const { record } = edited;
  const parents = rows.filter((row) => !record || !isWithin(rows, row.id, record.id));
  const submit = async (typed: DepartmentValues) => {
    const values: Record<string, Json> = {
      name: typed.name.trim(),
      parent: typed.parent ?? null,
      head: typed.head ?? null,
    };
    try {
      if (record) await update.mutateAsync({ id: record.id, version: record.version, values });
      else
        await create.mutateAsync({
          key,
          values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
        });
      onClose();
    } catch (error) {
      const { title, lines } = describeProblem(error);
      setProblem([title, ...lines].join(" "));
    }
  };
  return (
    <Modal
      open
      title={record ? t("people.renameDepartment") : t("people.newDepartment")}
      footer={null}
      onCancel={onClose}
    >
      {problem && <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} />}
      <Form<DepartmentValues>
        layout="vertical"
        requiredMark={false}
        initialValues={
          record
            ? {
                name: textOf(record, "name"),
                parent: textOf(record, "parent") || null,
                head: textOf(record, "head") || null,
              }
            : { parent: "parent" in edited ? edited.parent : null }
        }
        onFinish={(values) => void submit(values)}
      >
        <Form.Item
          name="name"
          label={t("people.departmentName")}
          rules={[{ required: true, whitespace: true, message: t("common.required") }]}
        >
          <Input maxLength={100} autoFocus />
        </Form.Item>
        <Form.Item name="parent" label={t("people.parent")}>
          <Select
            allowClear
            placeholder={t("people.topLevel")}
            showSearch={{ optionFilterProp: "label" }}
            options={parents.map((row) => ({ value: row.id, label: row.name }))}
          />
        </Form.Item>
        <Form.Item name="head" label={t("people.head")}>
          <MemberPick label={t("people.head")} title={record ? refTitle(record, "head") : ""} />
        </Form.Item>
        <FormButtons submit={t("common.save")} isBusy={create.isPending || update.isPending} onCancel={onClose} />
      </Form>
    </Modal>
  );
}
