import { App } from "antd";
import { useEffect } from "react";
import { useBlocker } from "react-router";
import { useT } from "../../i18n/locale.ts";

/** Asks before somebody leaves a page whose edits would be lost: within the app, and when the tab closes. */
export function useLeaveGuard(wouldLose: boolean): void {
  const t = useT();
  const { modal } = App.useApp();
  const blocker = useBlocker(wouldLose);
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    modal.confirm({
      title: t("draft.leaveTitle"),
      content: t("draft.leaveHint"),
      okText: t("draft.leave"),
      okButtonProps: { danger: true },
      onOk: () => blocker.proceed(),
      onCancel: () => blocker.reset(),
    });
  }, [blocker, modal, t]);
  useEffect(() => {
    if (!wouldLose) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [wouldLose]);
}
