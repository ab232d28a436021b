import { Problem } from "@formwright/model";
import type { FastifyInstance } from "fastify";

/** Seconds. */
export const ACCESS_LIFETIME = 15 * 60;
const MAX_REMEMBERED = 5_000;

/** Who sent a request, as the token says. */
export interface Bearer {
  readonly account: string;
  readonly session: string;
}

interface Remembered extends Bearer {
  readonly expiresAt: number;
}

interface Payload {
  sub: string;
  sid: string;
  exp: number;
}

export function unauthenticated(): Problem {
  return new Problem("unauthenticated", { en: "Sign in first.", "zh-CN": "请先登录。" });
}

/** Short-lived JWTs. A verified token is remembered until it expires or its session ends: checking a signature costs more. */
export class AccessTokens {
  readonly #jwt: FastifyInstance["jwt"];
  readonly #now: () => number;
  readonly #verified = new Map<string, Remembered>();
  /** Sessions that ended, with the moment from which no token of theirs can be valid any more. */
  readonly #ended = new Map<string, number>();

  constructor(jwt: FastifyInstance["jwt"], now: () => number = Date.now) {
    this.#jwt = jwt;
    this.#now = now;
  }

  issue(bearer: Bearer): string {
    return this.#jwt.sign({ sub: bearer.account, sid: bearer.session }, { expiresIn: ACCESS_LIFETIME });
  }

  /**
   * Reads `Authorization: Bearer …`.
   *
   * @throws Problem `unauthenticated` when it is missing, forged, expired, or its session has ended
   */
  verify(authorization: string | undefined): Bearer {
    const token = authorization?.startsWith("Bearer ") ? authorization.slice(7) : null;
    if (!token) throw unauthenticated();
    const bearer = this.#verified.get(token) ?? this.#check(token);
    if (bearer.expiresAt <= this.#now()) {
      this.#verified.delete(token);
      throw unauthenticated();
    }
    if (this.#ended.has(bearer.session)) throw unauthenticated();
    return bearer;
  }

  /** Its tokens stop working on this server, at once. */
  endSession(session: string): void {
    const now = this.#now();
    for (const [ended, until] of this.#ended) if (until < now) this.#ended.delete(ended);
    this.#ended.set(session, now + ACCESS_LIFETIME * 1000);
  }

  #check(token: string): Remembered {
    let payload: Payload;
    try {
      payload = this.#jwt.verify<Payload>(token);
    } catch {
      throw unauthenticated();
    }
    if (typeof payload.sub !== "string" || typeof payload.sid !== "string") throw unauthenticated();
    const bearer = { account: payload.sub, session: payload.sid, expiresAt: payload.exp * 1000 };
    if (this.#verified.size >= MAX_REMEMBERED) this.#verified.delete(this.#verified.keys().next().value as string);
    this.#verified.set(token, bearer);
    return bearer;
  }
}
