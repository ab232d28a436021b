import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { Providers } from "./app/providers.tsx";
import { router } from "./routes.tsx";
import { sessionStore } from "./session/session-store.ts";
import "./theme/base.css";
import { cssVariables } from "./theme/tokens.ts";

for (const [name, value] of Object.entries(cssVariables())) document.documentElement.style.setProperty(name, value);
void sessionStore.resume();

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no #root.");
createRoot(root).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
