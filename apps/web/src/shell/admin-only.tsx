import { Outlet } from "react-router";
import { useMe } from "../model/workspace-context.tsx";
import { NoAccessPage } from "./no-access-page.tsx";

/** Pages below it are for administrators; others are told so, and nothing is asked of the server. */
export function AdminOnly() {
  return useMe().isAdmin ? <Outlet /> : <NoAccessPage />;
}
