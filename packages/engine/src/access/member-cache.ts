import { LRUCache } from "lru-cache";
import type { Member } from "../context.ts";

/** Changes on this server are seen at once and those of others are announced; this bounds what an announcement lost. */
const REMEMBERED_MS = 3000;
const MOST = 5000;

const members = new LRUCache<string, Member>({ max: MOST, ttl: REMEMBERED_MS });

export function rememberedMember(workspace: string, release: number, member: string): Member | undefined {
  return members.get(`${workspace} ${release} ${member}`);
}

export function rememberMember(workspace: string, release: number, member: Member): void {
  members.set(`${workspace} ${release} ${member.id}`, member);
}

/** Call it when members, departments or roles of a workspace changed. */
export function forgetMembers(workspace: string): void {
  for (const key of members.keys()) if (key.startsWith(workspace)) members.delete(key);
}
