import { App, Button } from "antd";
import { useEffect } from "react";
import { ApiProblem } from "../api/problem.ts";
import { translate } from "../i18n/locale.ts";
import { setReporter } from "./report-problem.ts";

/** Where problems become notifications. Renders nothing. */
export function ProblemNotices() {
  const { notification } = App.useApp();
  useEffect(() => {
    setReporter((error) => {
      if (!(error instanceof ApiProblem)) console.error(error);
      const { title, lines } = describeProblem(error);
      notification.error({
        title,
        description:
          lines.length === 0 ? undefined : (
            <ul>
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          ),
        placement: "bottomRight",
        duration: 8,
      });
    });
  }, [notification]);
  return null;
}

/** A problem in words: a title, and a line for each finding. */
export function describeProblem(error: unknown): { readonly title: string; readonly lines: readonly string[] } {
  if (!(error instanceof ApiProblem)) return { title: translate("common.somethingWrong"), lines: [] };
  if (error.status === 0) return { title: translate("common.offline"), lines: [] };
  const lines = [...new Set(error.errors.map((finding) => finding.message))].slice(0, 6);
  if (error.status >= 500 && error.requestId !== null) {
    return { title: error.detail, lines: [translate("common.requestId", { id: error.requestId })] };
  }
  return { title: error.detail, lines };
}

/** A success that can be taken back for some seconds: `undo` shows a button. */
export function useNotice(): (text: string, undo?: () => void) => void {
  const { notification } = App.useApp();
  return (text, undo) => {
    const key = `${Date.now()}-${Math.random()}`;
    notification.success({
      key,
      title: text,
      placement: "bottomRight",
      duration: undo === undefined ? 3 : 8,
      actions:
        undo === undefined ? undefined : (
          <Button
            size="small"
            onClick={() => {
              notification.destroy(key);
              undo();
            }}
          >
            {translate("common.undo")}
          </Button>
        ),
    });
  };
}
