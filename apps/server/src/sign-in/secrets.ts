import { createHash, randomBytes } from "node:crypto";

/** A secret that is handed out once: 256 bits, safe in addresses and cookies. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of such a secret. It is random, so a plain hash is enough. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
