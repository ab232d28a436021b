import type { TitledRecord } from "@formwright/fields/widget";
import type { Json } from "@formwright/model";
import { Drawer } from "antd";
import { type ReactNode, useCallback, useState } from "react";
import { useT, useText } from "../i18n/locale.ts";
import { useModel } from "../model/workspace-context.tsx";
import { CreateForm } from "./create-form.tsx";
import { type QuickCreate, QuickCreateContext } from "./quick-create-context.tsx";
import { titleOf } from "./widget-environment.tsx";

interface Request {
  readonly id: number;
  readonly entity: string;
  readonly preset: Readonly<Record<string, Json>>;
  readonly resolve: (record: TitledRecord | null) => void;
}

/** Lets every screen below open the form for a new record in a drawer; drawers may open drawers. */
export function QuickCreateProvider({ children }: { readonly children: ReactNode }) {
  const t = useT();
  const text = useText();
  const model = useModel();
  const [requests, setRequests] = useState<readonly Request[]>([]);

  const quickCreate = useCallback<QuickCreate>(
    (entity, title, preset = {}) =>
      new Promise((resolve) => {
        const target = model.entities.get(entity);
        if (target === undefined) return resolve(null);
        const start = title.trim() === "" ? {} : { [target.titleField]: title.trim() };
        const request = { id: Date.now(), entity, preset: { ...start, ...preset } as Request["preset"], resolve };
        setRequests((open) => [...open, request]);
      }),
    [model],
  );

  const finish = (request: Request, record: TitledRecord | null) => {
    request.resolve(record);
    setRequests((open) => open.filter((one) => one !== request));
  };

  return (
    <QuickCreateContext value={quickCreate}>
      {children}
      {requests.map((request) => {
        const entity = model.entities.get(request.entity);
        if (entity === undefined) return null;
        return (
          <Drawer
            key={request.id}
            open
            size={Math.min(720, window.innerWidth)}
            title={t("records.newOf", { entity: text(entity.label, entity.key) })}
            onClose={() => finish(request, null)}
          >
            <CreateForm
              entity={entity}
              preset={request.preset}
              keepsDraft={false}
              onCreated={(record) =>
                finish(request, { id: record.id, title: titleOf(record.values[entity.titleField]) })
              }
              onCancel={() => finish(request, null)}
            />
          </Drawer>
        );
      })}
    </QuickCreateContext>
  );
}
