import type { Migration } from "./migration.ts";

/** Schema `platform`: who can sign in, which workspaces there are, and what a request leaves behind. */
export const platformMigrations: readonly Migration[] = [
  {
    name: "0001-accounts-and-workspaces",
    statements: [
      `create table account (
        id uuid primary key,
        email text not null,
        name text not null,
        password_hash text,
        locale text not null default 'en',
        time_zone text not null default 'UTC',
        state text not null default 'active' check (state in ('active', 'disabled')),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        password_changed_at timestamptz)`,
      "create unique index account_email_key on account (lower(email))",
      `create table workspace (
        id uuid primary key,
        slug text not null unique,
        schema text not null unique,
        name text not null,
        locale text not null default 'en',
        time_zone text not null default 'UTC',
        state text not null default 'active' check (state in ('active', 'closed')),
        created_at timestamptz not null default now())`,
      `create table membership (
        account uuid not null references account (id) on delete cascade,
        workspace uuid not null references workspace (id) on delete cascade,
        member_id uuid not null,
        state text not null default 'active' check (state in ('active', 'inactive')),
        created_at timestamptz not null default now(),
        primary key (account, workspace),
        unique (workspace, member_id))`,
    ],
  },
  {
    name: "0002-sign-in",
    statements: [
      `create table session (
        id uuid primary key,
        account uuid not null references account (id) on delete cascade,
        user_agent text,
        address text,
        created_at timestamptz not null default now(),
        last_used_at timestamptz not null default now(),
        expires_at timestamptz not null,
        revoked_at timestamptz,
        revoked_reason text)`,
      "create index session_account on session (account, created_at desc)",
      `create table refresh_token (
        hash text primary key,
        session uuid not null references session (id) on delete cascade,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        used_at timestamptz,
        replaced_by text)`,
      "create index refresh_token_session on refresh_token (session)",
      `create table invitation (
        id uuid primary key,
        token_hash text not null unique,
        workspace uuid not null references workspace (id) on delete cascade,
        member_id uuid not null,
        email text,
        created_by uuid references account (id) on delete set null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        accepted_at timestamptz)`,
      "create index invitation_member on invitation (workspace, member_id)",
      `create table login_attempt (
        id bigint generated always as identity primary key,
        key text not null,
        at timestamptz not null default now(),
        succeeded boolean not null)`,
      "create index login_attempt_key on login_attempt (key, at desc)",
    ],
  },
  {
    name: "0003-idempotency",
    statements: [
      `create table idempotency (
        scope text not null,
        key text not null,
        fingerprint text not null,
        state text not null default 'running' check (state in ('running', 'done')),
        status int,
        headers jsonb,
        body text,
        created_at timestamptz not null default now(),
        primary key (scope, key))`,
      "create index idempotency_age on idempotency (created_at)",
    ],
  },
  {
    name: "0004-settings",
    statements: [
      "create table setting (key text primary key, value jsonb not null, created_at timestamptz not null default now())",
    ],
  },
];
