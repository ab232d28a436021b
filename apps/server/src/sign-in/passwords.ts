import { hash, verify } from "@node-rs/argon2";

/** Kept short enough that hashing one cannot be used to keep the server busy. */
export const PASSWORD_SCHEMA = { type: "string", minLength: 8, maxLength: 200 } as const;

/** argon2id with the library's parameters (19 MiB, 2 passes), which follow OWASP's recommendation. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"));
}

let decoy: Promise<string> | null = null;

/** True when it fits. Without a hash (no such account) it takes as long and says no, so that time tells nothing. */
export async function passwordFits(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("nobody has this password");
  const fits = await verify(passwordHash ?? (await decoy), password.normalize("NFKC")).catch(() => false);
  return fits && passwordHash !== null;
}
