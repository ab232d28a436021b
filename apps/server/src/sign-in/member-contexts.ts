import type { Database } from "@formwright/database";
import {
  type Context,
  type Door,
  loadMember,
  loadModel,
  type Member,
  membershipIn,
  type Workspace,
} from "@formwright/engine";
import { type Locale, Problem } from "@formwright/model";
import { v7 as uuidv7 } from "uuid";

/** How long a membership is believed without a word from the database, should a notification get lost. */
const LIFETIME_MS = 30_000;
const MAX_REMEMBERED = 10_000;

interface Remembered {
  readonly workspace: Workspace;
  readonly member: Member;
  readonly until: number;
}

export interface Asked {
  readonly account: string;
  readonly workspace: string;
  readonly door: Door;
  readonly requestId: string;
  readonly locale: Locale | null;
}

/**
 * From an account and the name of a workspace to a context: the only way in. A workspace that the account is no member
 * of looks like one that does not exist.
 */
export class MemberContexts {
  readonly #database: Database;
  readonly #now: () => Date;
  readonly #remembered = new Map<string, Remembered>();
  readonly #asked = new Map<string, Promise<Remembered>>();
  /** Goes up whenever something is forgotten: what was asked before that is not remembered. */
  #generation = 0;

  constructor(database: Database, now: () => Date) {
    this.#database = database;
    this.#now = now;
  }

  /** @throws Problem `notFound` when the account is no active member of a workspace of that name */
  async contextOf(asked: Asked): Promise<Context> {
    const { workspace, member } = await this.#find(asked.account, asked.workspace);
    const model = await loadModel(this.#database.reads, workspace);
    return {
      workspace,
      model,
      actor: { kind: "member", member },
      door: asked.door,
      requestId: asked.requestId,
      locale: asked.locale ?? member.locale,
      timeZone: member.timeZone,
      now: this.#now().toISOString(),
      newId: uuidv7,
    };
  }

  /** Members, departments or roles of the workspace (its slug or id) changed, or of all without one: look again. */
  forget(workspaceName: string | null): void {
    this.#generation++;
    this.#asked.clear();
    if (workspaceName === null) this.#remembered.clear();
    for (const [key, { workspace }] of this.#remembered) {
      if (workspace.slug === workspaceName || workspace.id === workspaceName) this.#remembered.delete(key);
    }
  }

  async #find(account: string, slug: string): Promise<Remembered> {
    const key = `${account} ${slug}`;
    const known = this.#remembered.get(key);
    if (known && known.until > this.#now().getTime()) return known;
    const running = this.#asked.get(key);
    if (running) return running;
    const generation = this.#generation;
    const asking = this.#load(account, slug).finally(() => {
      if (this.#asked.get(key) === asking) this.#asked.delete(key);
    });
    this.#asked.set(key, asking);
    const found = await asking;
    if (this.#generation !== generation) return found;
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(key, found);
    return found;
  }

  async #load(account: string, slug: string): Promise<Remembered> {
    const until = this.#now().getTime() + LIFETIME_MS;
    const membership = await membershipIn(this.#database.kysely, account, slug);
    const member = membership
      ? await loadMember(this.#database.kysely, membership.workspace, membership.memberId)
      : null;
    if (!membership || !member) throw noSuchWorkspace();
    return { workspace: membership.workspace, member, until };
  }
}

function noSuchWorkspace(): Problem {
  return new Problem("notFound", {
    en: "There is no such workspace, or you are not a member of it.",
    "zh-CN": "工作区不存在，或您不是其成员。",
  });
}
