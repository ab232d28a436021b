import { App, Button } from "antd";
import { useState } from "react";
import { useT } from "../../i18n/locale.ts";
import css from "./draft.module.css";
import { PlanDrawer } from "./plan-drawer.tsx";
import { useDiscard, useDraft } from "./use-draft.ts";

/** On top of every designer page: how many changes wait, what they would do, and the way to publish them. */
export function DraftBar() {
  const t = useT();
  const { modal, message } = App.useApp();
  const draft = useDraft();
  const discard = useDiscard();
  const [isPlanOpen, setPlanOpen] = useState(false);
  const count = draft.data?.changes.length ?? 0;

  const askDiscardAll = () =>
    modal.confirm({
      title: t("draft.discardAllTitle"),
      content: t("draft.discardAllHint", { n: count }),
      okText: t("draft.discardAll"),
      okButtonProps: { danger: true },
      onOk: async () => {
        await discard.mutateAsync(null);
        void message.success(t("draft.discarded"));
      },
    });

  return (
    <section className={count > 0 ? `${css.bar} ${css.waiting}` : css.bar} aria-live="polite" data-testid="draft-bar">
      <span className={css.barText}>{count > 0 ? t("draft.waiting", { n: count }) : t("draft.nothingWaits")}</span>
      {count > 0 && (
        <span className={css.barActions}>
          <Button size="small" type="text" onClick={askDiscardAll}>
            {t("draft.discardAll")}
          </Button>
          <Button size="small" type="primary" onClick={() => setPlanOpen(true)}>
            {t("draft.seePlan")}
          </Button>
        </span>
      )}
      <PlanDrawer open={isPlanOpen} onClose={() => setPlanOpen(false)} />
    </section>
  );
}
