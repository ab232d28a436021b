import { CodeOutlined, DownOutlined, SearchOutlined } from "@ant-design/icons";
import type { LocalText } from "@formwright/model";
import { PUBLISHED_KINDS, type PublishedDefinition, type PublishedKind } from "@formwright/model";
import { Button, Dropdown, Form, Input, Modal, Segmented, Select, Table } from "antd";
import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useT, useText } from "../../i18n/locale.ts";
import type { MessageKey } from "../../i18n/messages.ts";
import { useWorkspace } from "../../model/workspace-context.tsx";
import { EmptyState } from "../../shell/empty-state.tsx";
import { NotFoundPage } from "../../shell/not-found-page.tsx";
import { PageHeader } from "../../shell/page-header.tsx";
import css from "../designer.module.css";
import { KIND_LABELS } from "../draft/definition-names.ts";
import type { PlannedAction } from "../draft/draft-api.ts";
import { DraftBar } from "../draft/draft-bar.tsx";
import { definitionsOf, useDraft } from "../draft/use-draft.ts";
import { keyProblem } from "../edits/derive-key.ts";
import { FormButtons } from "../form-buttons.tsx";
import { Pill } from "../pill.tsx";
import { useLiveDefinitions } from "../use-live-entity.ts";

interface Row {
  readonly kind: PublishedKind;
  readonly key: string;
  readonly label: LocalText;
  readonly entity: string | null;
  readonly state: PlannedAction | "live";
}

const STATES = {
  live: { label: "draft.stateLive", color: undefined },
  create: { label: "draft.stateNew", color: "gold" },
  update: { label: "draft.stateChanged", color: "gold" },
  retire: { label: "draft.stateRetired", color: "red" },
} as const satisfies Record<Row["state"], { label: MessageKey; color: string | undefined }>;

/** `/admin/definitions`: everything the workspace is made of, of every kind. */
export function DefinitionsPage() {
  const t = useT();
  const text = useText();
  const { slug } = useWorkspace();
  const draft = useDraft();
  const live = useLiveDefinitions();
  const [params, setParams] = useSearchParams();
  const [wanted, setWanted] = useState("");
  const [made, setMade] = useState<PublishedKind | null>(null);
  const kind = params.get("kind") ?? "all";
  if (draft.isError) return <NotFoundPage error={draft.error} onRetry={() => void draft.refetch()} />;

  const nameIn = (item: { readonly kind: string; readonly key: string }) => `${item.kind}/${item.key}`;
  const liveNames = new Set(live.map(nameIn));
  const states = new Map<string, PlannedAction>(
    draft.data?.changes.map((change) => [
      nameIn(change),
      change.action === "retire" ? "retire" : liveNames.has(nameIn(change)) ? "update" : "create",
    ]),
  );
  const retired = live.filter((item) => states.get(nameIn(item)) === "retire");
  const known = [...(draft.data?.definitions ?? []), ...retired];
  const needle = wanted.trim().toLowerCase();
  const rows = known
    .map(
      (item): Row => ({
        kind: item.kind,
        key: item.key,
        label: item.label,
        entity: entityOf(item),
        state: states.get(`${item.kind}/${item.key}`) ?? "live",
      }),
    )
    .filter((row) => kind === "all" || row.kind === kind)
    .filter((row) => !needle || `${row.key} ${text(row.label)} ${row.entity ?? ""}`.toLowerCase().includes(needle))
    .sort((a, b) => PUBLISHED_KINDS.indexOf(a.kind) - PUBLISHED_KINDS.indexOf(b.kind) || a.key.localeCompare(b.key));

  return (
    <div className={css.page}>
      <DraftBar />
      <PageHeader
        icon={<CodeOutlined />}
        title={t("draft.definitionsTitle")}
        hint={t("draft.definitionsHint")}
        crumbs={[{ label: t("designer.entitiesTitle"), to: `/w/${slug}/admin/entities` }]}
        actions={
          <Dropdown
            trigger={["click"]}
            menu={{
              items: PUBLISHED_KINDS.filter((item) => item !== "entity").map((item) => ({
                key: item,
                label: t(KIND_LABELS[item]),
              })),
              onClick: ({ key }) => setMade(key as PublishedKind),
            }}
          >
            <Button type="primary">
              {t("draft.newDefinition")} <DownOutlined />
            </Button>
          </Dropdown>
        }
      />
      <div className={css.tools}>
        <Input
          allowClear
          prefix={<SearchOutlined />}
          value={wanted}
          placeholder={t("draft.searchDefinitions")}
          aria-label={t("draft.searchDefinitions")}
          onChange={(event) => setWanted(event.target.value)}
        />
        <div className={css.scroller}>
          <Segmented
            value={kind}
            onChange={(next) => setParams(next === "all" ? {} : { kind: String(next) }, { replace: true })}
            options={[
              { value: "all", label: t("common.all") },
              ...PUBLISHED_KINDS.map((item) => ({ value: item, label: t(KIND_LABELS[item]) })),
            ]}
          />
        </div>
      </div>
      <Table<Row>
        size="small"
        rowKey={(row) => `${row.kind}/${row.key}`}
        dataSource={rows}
        loading={draft.isPending}
        pagination={rows.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
        scroll={{ x: 760 }}
        locale={{ emptyText: <EmptyState compact title={t("draft.noDefinitions")} /> }}
        columns={[
          {
            title: t("draft.colName"),
            key: "name",
            width: 200,
            render: (_, row) => (
              <Link to={`/w/${slug}/admin/definitions/${row.kind}/${row.key}`}>{text(row.label, row.key)}</Link>
            ),
          },
          { title: t("draft.colKind"), key: "kind", width: 120, render: (_, row) => t(KIND_LABELS[row.kind]) },
          { title: t("draft.colKey"), dataIndex: "key", render: (key: string) => <code>{key}</code> },
          {
            title: t("draft.colOf"),
            dataIndex: "entity",
            render: (entity: string | null) => entity && <code>{entity}</code>,
          },
          {
            title: t("draft.colState"),
            key: "state",
            width: 160,
            render: (_, { state }) =>
              state === "live" ? (
                <span className="muted">{t(STATES.live.label)}</span>
              ) : (
                <Pill color={STATES[state].color}>{t(STATES[state].label)}</Pill>
              ),
          },
        ]}
      />
      <NewDefinitionDialog kind={made} onClose={() => setMade(null)} />
    </div>
  );
}

function entityOf(definition: PublishedDefinition): string | null {
  if ("entity" in definition) return definition.entity;
  return definition.kind === "automation" ? definition.trigger.entity : null;
}

function NewDefinitionDialog({ kind, onClose }: { readonly kind: PublishedKind | null; readonly onClose: () => void }) {
  const t = useT();
  const text = useText();
  const { slug } = useWorkspace();
  const navigate = useNavigate();
  const draft = useDraft();
  const entities = definitionsOf(draft.data, "entity");
  const taken = kind ? definitionsOf(draft.data, kind).map((item) => item.key) : [];
  const submit = ({ key, entity }: { readonly key: string; readonly entity?: string }) =>
    void navigate(`/w/${slug}/admin/definitions/${kind}/${key}?new=${encodeURIComponent(entity ?? "")}`);
  return (
    <Modal
      open={kind !== null}
      title={kind && t("draft.newDefinitionTitle", { kind: t(KIND_LABELS[kind]) })}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form layout="vertical" onFinish={submit}>
        <Form.Item
          name="key"
          label={t("designer.key")}
          extra={t("designer.keyHelp")}
          rules={[
            { required: true, message: t("common.required") },
            {
              validator: (_, value: string | undefined) => {
                const problem = value ? keyProblem(value, taken) : null;
                return problem && problem !== "reserved"
                  ? Promise.reject(new Error(t(problem === "taken" ? "designer.keyTaken" : "designer.keyPattern")))
                  : Promise.resolve();
              },
            },
          ]}
        >
          <Input autoFocus spellCheck={false} />
        </Form.Item>
        {kind !== "app" && (
          <Form.Item name="entity" label={t("draft.colOf")} rules={[{ required: true, message: t("common.required") }]}>
            <Select
              showSearch={{ optionFilterProp: "label" }}
              options={entities.map((item) => ({ value: item.key, label: text(item.label, item.key) }))}
            />
          </Form.Item>
        )}
        <FormButtons submit={t("common.create")} isBusy={false} onCancel={onClose} />
      </Form>
    </Modal>
  );
}
