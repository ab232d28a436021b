import { type Db, recentLoginFailures, recordLoginAttempt } from "@formwright/engine";
import { Problem } from "@formwright/model";

const WINDOW_SECONDS = 15 * 60;
/** Failures within the window after which no further attempt is looked at. */
const LIMITS = { address: 10, client: 60 } as const;

/**
 * Refuses when too many attempts failed for this e-mail or from this client lately.
 *
 * @throws Problem `tooMany`
 */
export async function refuseLockedOut(db: Db, email: string, client: string): Promise<void> {
  const [byAddress, byClient] = [
    await recentLoginFailures(db, `email:${email.trim().toLowerCase()}`, WINDOW_SECONDS),
    await recentLoginFailures(db, `client:${client}`, WINDOW_SECONDS),
  ];
  if (byAddress < LIMITS.address && byClient < LIMITS.client) return;
  throw new Problem(
    "tooMany",
    {
      en: "Too many attempts failed. Try again in a quarter of an hour.",
      "zh-CN": "登录失败次数过多，请 15 分钟后再试。",
    },
    { extra: { retryAfterSeconds: WINDOW_SECONDS } },
  );
}

export async function rememberAttempt(db: Db, email: string, client: string, succeeded: boolean): Promise<void> {
  await recordLoginAttempt(db, `email:${email.trim().toLowerCase()}`, succeeded);
  if (!succeeded) await recordLoginAttempt(db, `client:${client}`, false);
}
