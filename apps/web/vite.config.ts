import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env.FORMWRIGHT_SERVER ?? "http://127.0.0.1:3000";

/** Packages that change rarely lie in chunks of their own; every route is a chunk as well (see src/routes.tsx). */
export default defineConfig({
  plugins: [react()],
  server: { port: 5173, proxy: { "/api": { target: server, changeOrigin: false } } },
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 1300,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: "react",
              test: /[\\/]node_modules[\\/](react|react-dom|scheduler|react-router|@tanstack)[\\/]/,
              priority: 3,
            },
            { name: "antd", test: /[\\/]node_modules[\\/](antd|@ant-design|@rc-component|dayjs)[\\/]/, priority: 2 },
            { name: "echarts", test: /[\\/]node_modules[\\/](echarts|zrender)[\\/]/, priority: 1 },
          ],
        },
      },
    },
  },
});
