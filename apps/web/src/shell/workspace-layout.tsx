import { useQueryClient } from "@tanstack/react-query";
import { Drawer, Spin } from "antd";
import { Suspense, useEffect, useState } from "react";
import { Navigate, Outlet, useLocation, useParams } from "react-router";
import { ErrorBoundary } from "../app/error-boundary.tsx";
import { useT } from "../i18n/locale.ts";
import { WorkspaceProvider } from "../model/workspace-provider.tsx";
import { QuickCreateProvider } from "../records/quick-create-provider.tsx";
import { rememberWorkspace } from "../session/last-workspace.ts";
import { useSession } from "../session/session-store.ts";
import { BottomBar } from "./bottom-bar.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { SideMenu } from "./side-menu.tsx";
import { TopBar } from "./top-bar.tsx";
import css from "./workspace-layout.module.css";

/** The frame of a workspace: menu, top bar, the page. Asks for the sign-in when there is none. */
export function WorkspaceLayout() {
  const { ws = "" } = useParams();
  const t = useT();
  const session = useSession();
  const location = useLocation();
  const queryClient = useQueryClient();
  const accountId = session.state === "signedIn" ? session.account.id : null;

  useEffect(() => {
    if (accountId !== null) rememberWorkspace(ws);
  }, [ws, accountId]);

  // What one account has read must not be on screen for the next.
  useEffect(() => {
    if (session.state === "signedOut") queryClient.clear();
  }, [session.state, queryClient]);

  if (session.state === "unknown") {
    return (
      <div className="page-wait" role="status" aria-label={t("common.loading")}>
        <Spin size="large" />
        <ConnectionBanner />
      </div>
    );
  }
  if (session.state === "signedOut") {
    const to = `${location.pathname}${location.search}`;
    return (
      <Navigate to={session.expired || to !== `/w/${ws}` ? `/login?to=${encodeURIComponent(to)}` : "/login"} replace />
    );
  }
  return (
    <WorkspaceProvider key={`${ws} ${accountId}`} slug={ws}>
      <QuickCreateProvider>
        <Frame />
      </QuickCreateProvider>
    </WorkspaceProvider>
  );
}

function Frame() {
  const t = useT();
  const location = useLocation();
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);

  useEffect(() => {
    setIsMenuOpen(false);
    setIsPaletteOpen(false);
  }, [location.pathname]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setIsPaletteOpen((isOpen) => !isOpen);
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  return (
    <div className={css.frame}>
      <a className={css.skip} href="#content">
        {t("shell.skipToContent")}
      </a>
      <aside className={css.side}>
        <SideMenu />
      </aside>
      <div className={css.main}>
        <TopBar onMenu={() => setIsMenuOpen(true)} onSearch={() => setIsPaletteOpen(true)} />
        <ConnectionBanner />
        <main id="content" className={css.content} tabIndex={-1}>
          <ErrorBoundary key={location.pathname}>
            <Suspense fallback={<Spin />}>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
        <BottomBar onMenu={() => setIsMenuOpen(true)} onSearch={() => setIsPaletteOpen(true)} />
      </div>
      <Drawer
        open={isMenuOpen}
        onClose={() => setIsMenuOpen(false)}
        placement="left"
        size={280}
        title={t("shell.menu")}
        styles={{ body: { padding: 0 } }}
      >
        <SideMenu inDrawer />
      </Drawer>
      <CommandPalette open={isPaletteOpen} onClose={() => setIsPaletteOpen(false)} />
    </div>
  );
}
