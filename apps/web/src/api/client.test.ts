import { describe, expect, test, vi } from "vitest";
import { type ClientSettings, createClient, path, queryString } from "./client.ts";
import { ApiProblem } from "./problem.ts";

function answer(status: number, body: unknown = {}, headers: Record<string, string> = {}): Response {
  return new Response(status === 204 ? null : JSON.stringify(body), { status, headers });
}

function clientWith(respond: (request: Request) => Response, tokens: Partial<ClientSettings["tokens"]> = {}) {
  const requests: Request[] = [];
  const onSignedOut = vi.fn();
  const client = createClient({
    fetch: async (input, init) => {
      const request = new Request(new URL(String(input), "http://localhost"), init);
      requests.push(request);
      return respond(request);
    },
    tokens: { current: () => "old", refresh: async () => "new", ...tokens },
    locale: () => "zh-CN",
    onSignedOut,
    newKey: () => "key-1",
  });
  return { client, requests, onSignedOut };
}

const isCurrent = (request: Request) => request.headers.get("authorization") === "Bearer new";

describe("the API client", () => {
  test("many requests that meet a 401 renew the token once and are sent again", async () => {
    const refresh = vi.fn(async () => "new");
    const { client } = clientWith((request) => answer(isCurrent(request) ? 200 : 401, { ok: true }), { refresh });
    const answers = await Promise.all([client.get("/a"), client.get("/b"), client.get("/c")]);
    expect(answers).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  test("a session that cannot be renewed ends, and the refusal is thrown", async () => {
    const { client, onSignedOut } = clientWith(() => answer(401, { code: "unauthenticated" }), {
      refresh: async () => null,
    });
    await expect(client.get("/a")).rejects.toMatchObject({ status: 401, code: "unauthenticated" });
    expect(onSignedOut).toHaveBeenCalledTimes(1);
  });

  test("a refused sign-in is an answer, not a reason to renew anything", async () => {
    const refresh = vi.fn(async () => "new");
    const { client, requests } = clientWith(() => answer(401), { refresh });
    await expect(client.post("/auth/login", {}, { authenticated: false })).rejects.toBeInstanceOf(ApiProblem);
    expect(refresh).not.toHaveBeenCalled();
    expect(requests[0]?.headers.get("authorization")).toBeNull();
  });

  test("a POST keeps its idempotency key when it is sent again", async () => {
    const { client, requests } = clientWith((request) => answer(isCurrent(request) ? 201 : 401));
    await client.post("/things", { a: 1 });
    expect(requests.map((request) => request.headers.get("idempotency-key"))).toEqual(["key-1", "key-1"]);
  });

  test("a POST that changes nothing goes without a key", async () => {
    const { client, requests } = clientWith(() => answer(200));
    await client.post("/aggregate", {}, { idempotencyKey: false });
    expect(requests[0]?.headers.get("idempotency-key")).toBeNull();
  });

  test("a problem carries all findings and the request id", async () => {
    const body = {
      code: "invalid",
      detail: "No.",
      errors: [{ pointer: "/values/a", code: "minimum", message: "Too small." }],
    };
    const { client } = clientWith(() => answer(422, body, { "x-request-id": "r1" }));
    await expect(client.get("/a")).rejects.toMatchObject({ detail: "No.", requestId: "r1", errors: body.errors });
  });

  test("a server that cannot be reached is a problem of its own", async () => {
    const { client } = clientWith(() => {
      throw new TypeError("fetch failed");
    });
    await expect(client.get("/a")).rejects.toMatchObject({ status: 0, code: "offline" });
  });

  test("a version becomes If-Match, and the language is told", async () => {
    const { client, requests } = clientWith(() => answer(200));
    await client.patch("/a", {}, { ifMatch: 7 });
    expect(requests[0]?.headers.get("if-match")).toBe('"7"');
    expect(requests[0]?.headers.get("accept-language")).toBe("zh-CN");
  });
});

test("paths and parameters are encoded, and what is not given is left out", () => {
  expect(path("w", "a/b", "r é")).toBe("/w/a%2Fb/r%20%C3%A9");
  expect(queryString({ a: 1, b: null, c: undefined, d: "x y" })).toBe("?a=1&d=x+y");
});
