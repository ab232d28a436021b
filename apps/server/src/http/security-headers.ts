import helmet from "@fastify/helmet";
import Fastify from "fastify";

/** antd writes its styles into the page while it runs, hence 'unsafe-inline' for styles alone. */
const CONTENT = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", "data:", "blob:"],
  fontSrc: ["'self'", "data:"],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  // Left to whoever puts https in front: without it, a plain http server on another host would not load.
  upgradeInsecureRequests: null,
};

/** The headers that helmet puts on every answer. They never differ, so they are worked out once and not for each. */
export async function securityHeaders(isHttps: boolean): Promise<Readonly<Record<string, string>>> {
  const [bare, protectedOne] = [await headersOf(null), await headersOf(isHttps)];
  return Object.fromEntries(Object.entries(protectedOne).filter(([name]) => !Object.hasOwn(bare, name)));
}

async function headersOf(isHttps: boolean | null): Promise<Readonly<Record<string, string>>> {
  const probe = Fastify();
  if (isHttps !== null) await probe.register(helmet, { contentSecurityPolicy: { directives: CONTENT }, hsts: isHttps });
  probe.get("/", async () => "");
  const { headers } = await probe.inject("/");
  await probe.close();
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
