import { expect, it } from "vitest";
import { securityHeaders } from "./security-headers.ts";

it("protects every answer, and asks for https only where there is https", async () => {
  const plain = await securityHeaders(false);
  expect(plain).toMatchObject({
    "content-security-policy": expect.stringContaining("script-src 'self';"),
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
  });
  expect(plain).not.toHaveProperty("strict-transport-security");
  expect(plain).not.toHaveProperty("content-type");
  expect(plain).not.toHaveProperty("content-length");
  expect(await securityHeaders(true)).toHaveProperty("strict-transport-security");
});
