import { QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US.js";
import zhCN from "antd/locale/zh_CN.js";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn.js";
import { type ReactNode, useEffect, useState } from "react";
import { createQueryClient } from "../api/query-client.ts";
import { useLocale } from "../i18n/locale.ts";
import { antdTheme } from "../theme/antd-theme.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { ProblemNotices } from "./notices.tsx";

const ANTD_LOCALES = { en: enUS, "zh-CN": zhCN };
const DAYJS_LOCALES = { en: "en", "zh-CN": "zh-cn" };

/** Everything that all screens stand on: language, look, server state, notifications. */
export function Providers({ children }: { readonly children: ReactNode }) {
  const locale = useLocale();
  const [queryClient] = useState(createQueryClient);
  dayjs.locale(DAYJS_LOCALES[locale]);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  return (
    <QueryClientProvider client={queryClient}>
      <ConfigProvider locale={ANTD_LOCALES[locale]} theme={antdTheme} button={{ autoInsertSpace: false }}>
        <App className="app-root">
          <ProblemNotices />
          <ErrorBoundary>{children}</ErrorBoundary>
        </App>
      </ConfigProvider>
    </QueryClientProvider>
  );
}
