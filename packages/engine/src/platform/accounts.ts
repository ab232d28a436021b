import { Problem } from "@formwright/model";
import { sql } from "kysely";
import type { Db } from "../context.ts";

/** A person who can sign in. `passwordHash` never leaves the server. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly locale: string;
  readonly timeZone: string;
  readonly state: "active" | "disabled";
}

const COLUMNS = sql.raw(`id, email, name, password_hash as "passwordHash", locale, time_zone as "timeZone", state`);

export interface NewAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly locale: string;
  readonly timeZone: string;
}

/** @throws Problem `conflict` when the address is taken */
export async function createAccount(db: Db, input: NewAccount): Promise<Account> {
  const made = await sql<Account>`
    insert into platform.account (id, email, name, password_hash, locale, time_zone, password_changed_at)
    values (${input.id}, ${input.email.trim()}, ${input.name}, ${input.passwordHash}, ${input.locale}, ${input.timeZone},
      case when ${input.passwordHash}::text is null then null else now() end)
    on conflict (lower(email)) do nothing
    returning ${COLUMNS}`.execute(db);
  const account = made.rows[0];
  if (!account)
    throw new Problem("conflict", { en: "There is already an account with this e-mail.", "zh-CN": "该邮箱已有账号。" });
  return account;
}

export async function findAccountByEmail(db: Db, email: string): Promise<Account | null> {
  const found = await sql<Account>`
    select ${COLUMNS} from platform.account where lower(email) = lower(${email.trim()})`.execute(db);
  return found.rows[0] ?? null;
}

export async function findAccount(db: Db, id: string): Promise<Account | null> {
  const found = await sql<Account>`select ${COLUMNS} from platform.account where id = ${id}`.execute(db);
  return found.rows[0] ?? null;
}

export interface AccountChange {
  readonly name?: string;
  readonly locale?: string;
  readonly timeZone?: string;
  readonly passwordHash?: string;
  readonly state?: "active" | "disabled";
}

/** Changes what is given and leaves the rest. */
export async function updateAccount(db: Db, id: string, change: AccountChange): Promise<void> {
  await sql`
    update platform.account set
      name = coalesce(${change.name ?? null}, name),
      locale = coalesce(${change.locale ?? null}, locale),
      time_zone = coalesce(${change.timeZone ?? null}, time_zone),
      state = coalesce(${change.state ?? null}, state),
      password_changed_at = case when ${change.passwordHash ?? null}::text is null then password_changed_at else now() end,
      password_hash = coalesce(${change.passwordHash ?? null}, password_hash),
      updated_at = now()
    where id = ${id}`.execute(db);
}

/** True once anybody can sign in: the first-run page is closed from then on. */
export async function isSetUp(db: Db): Promise<boolean> {
  const found = await sql<{ there: boolean }>`select exists (select 1 from platform.account) as there`.execute(db);
  return found.rows[0]?.there ?? false;
}
