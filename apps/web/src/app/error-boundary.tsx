import { Button, Result } from "antd";
import { Component, type ReactNode } from "react";
import { translate } from "../i18n/locale.ts";

interface Props {
  readonly children: ReactNode;
}

/** Catches what a screen threw while drawing, so that one broken panel does not empty the whole page. */
export class ErrorBoundary extends Component<Props, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    console.error(error);
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <BrokenPage />;
  }
}

/** What is shown instead of a screen that failed. */
export function BrokenPage() {
  return (
    <Result
      status="warning"
      title={translate("common.somethingWrong")}
      subTitle={translate("common.somethingWrongHint")}
      extra={
        <Button type="primary" onClick={() => location.reload()}>
          {translate("common.reload")}
        </Button>
      }
    />
  );
}
