import { fileURLToPath } from "node:url";
import { installTemplate } from "@formwright/engine";
import { type Locale, PUBLISHED_KINDS, type Template } from "@formwright/model";
import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { notFound } from "../http/problems.ts";
import { requireBearer } from "../sign-in/bearer.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";
import { PRODUCT_FOLDER } from "../start/product.ts";
import { readTemplates } from "../templates/read-template-folder.ts";

const INSTALL = {
  type: "object",
  additionalProperties: false,
  properties: { sampleData: { type: "boolean" }, locale: { enum: ["en", "zh-CN"] } },
} as const;

const TEMPLATES = fileURLToPath(new URL("templates/", PRODUCT_FOLDER));

/** Read once: they come with the product and change with it. */
let shipped: Promise<ReadonlyMap<string, Template>> | null = null;

function templates(): Promise<ReadonlyMap<string, Template>> {
  shipped ??= readTemplates(TEMPLATES).catch((error) => {
    shipped = null;
    throw error;
  });
  return shipped;
}

/** What the gallery shows. */
export function templateListRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    server.addHook("onRequest", requireBearer(app));
    server.get("/templates", async () => ({ items: [...(await templates()).values()].map(card) }));
  };
}

/** Bringing a template into a workspace. */
export function templateRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    server.post<{ Params: { key: string }; Body: { sampleData?: boolean; locale?: Locale } }>(
      "/templates/:key/install",
      { schema: { body: INSTALL } },
      async (request) => {
        const template = (await templates()).get(request.params.key);
        if (!template) throw notFound();
        const context = contextOf(request);
        const { sampleData = false, locale = context.locale } = request.body;
        const installed = await installTemplate(app.database.kysely, context, template, { sampleData, locale });
        app.released(context.workspace);
        return installed;
      },
    );
  };
}

function card({ key, version, label, description, icon, color, definitions, samples }: Template) {
  const contents = PUBLISHED_KINDS.map(
    (kind) => [kind, definitions.filter((definition) => definition.kind === kind).length] as const,
  );
  return {
    key,
    version,
    label,
    description,
    ...(icon !== undefined && { icon }),
    ...(color !== undefined && { color }),
    contents: Object.fromEntries(contents.filter(([, count]) => count > 0)),
    samples: samples.length,
  };
}
