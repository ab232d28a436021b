import { TeamOutlined } from "@ant-design/icons";
import { Tabs } from "antd";
import { useSearchParams } from "react-router";
import { useT } from "../i18n/locale.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { DepartmentsPanel } from "./departments-panel.tsx";
import { MembersPanel } from "./members-panel.tsx";

/** `/people`: members and departments, which are records of entities of these names. */
export function PeoplePage() {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const tab = params.get("tab") === "departments" ? "departments" : "members";
  return (
    <div>
      <PageHeader icon={<TeamOutlined />} title={t("people.title")} hint={t("people.hint")} />
      <Tabs
        activeKey={tab}
        onChange={(key) => setParams(key === "members" ? {} : { tab: key }, { replace: true })}
        items={[
          { key: "members", label: t("people.members"), children: <MembersPanel /> },
          { key: "departments", label: t("people.departments"), children: <DepartmentsPanel /> },
        ]}
      />
    </div>
  );
}
