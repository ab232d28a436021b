import { Problem } from "@formwright/model";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { FastifyInstance, FastifySchemaCompiler, RouteOptions } from "fastify";
import { findingsOfAjv } from "./findings-of-ajv.ts";

const OPTIONS = { allErrors: true, strict: true, strictRequired: false, strictTuples: false, allowUnionTypes: true };
const bodies = new Ajv2020({ ...OPTIONS, coerceTypes: false });
// What comes in an address is text: "50" is the number 50 there and nowhere else.
const texts = new Ajv2020({ ...OPTIONS, coerceTypes: true });
for (const ajv of [bodies, texts]) addFormats.default(ajv);

const NOTHING = { type: "object", additionalProperties: false, properties: {} } as const;
const NO_BODY = { anyOf: [{ type: "null" }, NOTHING] } as const;

export const INVALID = {
  en: "What was sent is not right; see the errors.",
  "zh-CN": "提交的内容有误，见各项错误。",
} as const;

/**
 * Makes every route strict: what its schemas do not name is refused (422) with everything that is wrong, never dropped
 * or coerced. A route without a schema for its query or body takes none.
 */
export function strictRoutes(server: FastifyInstance): void {
  server.addHook("onRoute", (route: RouteOptions) => {
    if (!route.url.startsWith("/api/")) return;
    const methods = ([] as string[]).concat(route.method);
    const sendsBody = methods.some((method) => method === "POST" || method === "PUT" || method === "PATCH");
    route.schema = {
      querystring: NOTHING,
      ...(sendsBody && !route.config?.takesAnyBody ? { body: NO_BODY } : {}),
      ...route.schema,
    };
  });
  server.setValidatorCompiler(compile);
}

const compile: FastifySchemaCompiler<object> = ({ schema, httpPart }) => {
  const ajv = httpPart === "body" ? bodies : texts;
  const validate = ajv.compile(schema);
  return (data: unknown) => {
    if (validate(data === undefined ? null : data)) return true;
    const errors = findingsOfAjv(validate.errors ?? []);
    if (httpPart === "params") {
      return { error: new Problem("notFound", { en: "There is no such address.", "zh-CN": "没有这个地址。" }) };
    }
    return { error: new Problem("invalid", INVALID, { errors }) };
  };
};

declare module "fastify" {
  interface FastifyContextConfig {
    /** The handler parses the body itself: uploads. */
    takesAnyBody?: boolean;
  }
}
