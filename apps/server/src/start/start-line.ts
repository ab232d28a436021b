import { FolderInUse } from "@formwright/database";
import { BadSetting, type Settings } from "../settings.ts";
import { QueueUnreachable } from "./queue-unreachable.ts";

/** Why the start failed, in one line for the person at the keyboard; null when it is nothing that they could know. */
export function failureLine(error: unknown, settings: Settings | null): string | null {
  if (error instanceof BadSetting) return error.message;
  if (error instanceof FolderInUse) {
    return `${error.message} Stop it first, or choose another folder with DATA_DIR.`;
  }
  if (error instanceof QueueUnreachable) {
    return `The Redis of REDIS_URL (${hostOf(settings?.redisUrl)}) cannot be reached: ${error.reason}. Start it, or leave REDIS_URL out.`;
  }
  const code = (error as NodeJS.ErrnoException | null)?.code ?? "";
  if (code === "EADDRINUSE") {
    return `Port ${settings?.port} on ${settings?.host} is already in use. Stop what runs there, or choose another with PORT.`;
  }
  if (code === "EACCES" && (error as NodeJS.ErrnoException).syscall === "listen") {
    return `Port ${settings?.port} on ${settings?.host} may not be used by this account. Choose another with PORT.`;
  }
  if (code === "EADDRNOTAVAIL") return `This machine has no address ${settings?.host}; see HOST.`;
  const database = DATABASE_FAILURES[code];
  if (database && settings?.databaseUrl) {
    return `The database of DATABASE_URL (${hostOf(settings.databaseUrl)}) ${database}.`;
  }
  if (code === "EACCES" || code === "EROFS" || code === "ENOSPC" || code === "ENOTDIR" || code === "EEXIST") {
    return `The data folder ${settings?.dataDir} cannot be written (${code}); see DATA_DIR.`;
  }
  return null;
}

const DATABASE_FAILURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "cannot be reached: nothing answers there",
  ENOTFOUND: "cannot be reached: its host name is not known",
  EAI_AGAIN: "cannot be reached: its host name cannot be looked up now",
  ETIMEDOUT: "cannot be reached: no answer in time",
  EHOSTUNREACH: "cannot be reached: there is no way to its host",
  ENETUNREACH: "cannot be reached: there is no way to its network",
  ECONNRESET: "cut the connection",
  "28P01": "refuses the password",
  "28000": "refuses this user",
  "3D000": "does not exist on that server",
  "42501": "does not let this user create what is needed",
  "53300": "has no connection to spare",
  "57P03": "is still starting",
};

/** Host and port alone: the address may hold a password. */
function hostOf(url: string | null | undefined): string {
  const parsed = url ? URL.parse(url) : null;
  return parsed ? `${parsed.host}${parsed.pathname}` : "?";
}
