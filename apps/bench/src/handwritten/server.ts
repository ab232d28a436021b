import fastifyJwt from "@fastify/jwt";
import Fastify from "fastify";
import pg from "pg";
import { v7 as uuidv7 } from "uuid";
import { BULK_SCHEMA, CREATE_SCHEMA, type NewOpportunity, UPDATE_SCHEMA } from "./schemas.ts";
import * as statements from "./statements.ts";

/**
 * What a good developer writes by hand for these screens, over the tables that Formwright made: JWT, input checked by
 * ajv, the row rule in SQL, prepared statements, history and outbox rows in the same statement as the change.
 */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16, options: "-c timezone=UTC" });
pool.on("error", () => {});
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** Timers that a create and an update write, as many as Formwright does: each a row of the outbox. */
const timers = { create: Number(process.env.TIMERS_ON_CREATE ?? 0), update: Number(process.env.TIMERS_ON_UPDATE ?? 0) };

const server = Fastify({ bodyLimit: 4 * 1_048_576 });
await server.register(fastifyJwt, { secret: process.env.JWT_SECRET ?? "" });

interface Person {
  readonly id: string;
  readonly name: string;
  readonly department: string;
  readonly tree: readonly string[];
  readonly until: number;
}
const people = new Map<string, Person>();
const LIFETIME_MS = 30_000;

async function personOf(id: string): Promise<Person> {
  const known = people.get(id);
  if (known && known.until > Date.now()) return known;
  const { rows } = await pool.query(statements.person, [id]);
  const person = { ...(rows[0] as Omit<Person, "until">), until: Date.now() + LIFETIME_MS };
  people.set(id, person);
  return person;
}

declare module "fastify" {
  interface FastifyRequest {
    person: Person;
  }
}
server.decorateRequest("person");

server.get("/ready", { config: { isOpen: true } }, async () => ({ ok: true }));
server.post<{ Body: { member: string } }>("/token", { config: { isOpen: true } }, async (request) => ({
  token: server.jwt.sign({ sub: request.body.member }, { expiresIn: "2h" }),
}));

server.addHook("onRequest", async (request) => {
  if ((request.routeOptions.config as { isOpen?: boolean }).isOpen) return;
  const { sub } = await request.jwtVerify<{ sub: string }>();
  request.person = await personOf(sub);
});

const query = (name: string, text: string, values: readonly unknown[]) =>
  pool.query({ name, text, values: values as unknown[] });

server.get<{ Params: { id: string } }>("/opportunities/:id", async (request, reply) => {
  const { id, tree } = request.person;
  const { rows } = await query("get", statements.get, [request.params.id, tree, id]);
  if (!rows[0]) return reply.code(404).send({ error: "not found" });
  return rows[0];
});

interface ListQuery {
  stage?: string;
  q?: string;
  offset?: number;
  count?: "exact";
}
const LIST_QUERY = {
  type: "object",
  additionalProperties: false,
  properties: {
    stage: { type: "string", maxLength: 40 },
    q: { type: "string", minLength: 2, maxLength: 100 },
    offset: { type: "integer", minimum: 0 },
    count: { enum: ["exact"] },
  },
} as const;

server.get<{ Querystring: ListQuery }>("/opportunities", { schema: { querystring: LIST_QUERY } }, async (request) => {
  const { id, tree } = request.person;
  const { stage, q, offset = 0, count } = request.query;
  if (q !== undefined) return { items: (await query("search", statements.search, [q, tree, id])).rows };
  if (stage === undefined) return { items: (await query("newest", statements.newest, [tree, id, offset])).rows };
  if (!count) return { items: (await query("list", statements.byStage, [stage, tree, id])).rows };
  const [page, total] = await Promise.all([
    query("list", statements.byStage, [stage, tree, id]),
    query("count", statements.countByStage, [stage, tree, id]),
  ]);
  return { items: page.rows, count: total.rows[0].n };
});

server.get("/opportunities/by-stage", async (request) => {
  const { id, tree } = request.person;
  return { rows: (await query("aggregate", statements.aggregate, [tree, id])).rows };
});

server.post<{ Body: NewOpportunity }>("/opportunities", { schema: { body: CREATE_SCHEMA } }, async (request, reply) => {
  const { person, body } = request;
  const { rows } = await query("create", statements.create, [
    uuidv7(),
    body.name,
    body.customer,
    body.stage ?? "contacted",
    body.amount ?? null,
    body.close_plan ?? null,
    body.source ?? null,
    person.id,
    person.department,
    person.name,
    request.id,
    JSON.stringify(Object.fromEntries(Object.entries(body).map(([key, value]) => [key, [null, value]]))),
    Array.from({ length: timers.create }, () => uuidv7()),
  ]);
  return reply.code(201).send(rows[0]);
});

server.patch<{ Params: { id: string }; Body: { amount: number } }>(
  "/opportunities/:id",
  { schema: { body: UPDATE_SCHEMA } },
  async (request, reply) => {
    const { person } = request;
    const timerIds = Array.from({ length: timers.update }, () => uuidv7());
    const values = [request.params.id, person.tree, person.id, request.body.amount, person.name, request.id, timerIds];
    const { rows } = await query("update", statements.update, values);
    if (!rows[0]) return reply.code(404).send({ error: "not found" });
    return rows[0];
  },
);

server.post<{ Body: NewOpportunity[] }>("/opportunities/bulk", { schema: { body: BULK_SCHEMA } }, async (request) => {
  const { person, body } = request;
  const rows = body.map((row) => ({
    ...row,
    id: uuidv7(),
    timers: Array.from({ length: timers.create }, () => uuidv7()),
  }));
  const { rowCount } = await query("bulk", statements.bulk, [
    JSON.stringify(rows),
    person.id,
    person.department,
    person.name,
    request.id,
    rows.length,
  ]);
  return { created: rowCount };
});

await server.listen({ port: Number(process.env.PORT), host: process.env.HOST ?? "127.0.0.1" });
process.on("SIGTERM", () => {
  void server.close().then(() => pool.end());
});
