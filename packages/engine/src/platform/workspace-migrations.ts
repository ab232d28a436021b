import { importMigrations } from "../imports/migrations.ts";
import { processMigrations } from "../process/migrations.ts";
import type { Migration } from "./migration.ts";

const recordsMigrations: readonly Migration[] = [
  {
    name: "0001-releases",
    statements: [
      `create table fw_release (
        number int primary key,
        message text not null,
        source text not null check (source in ('create', 'publish', 'restore', 'template')),
        restored_from int,
        changes jsonb not null default '[]',
        published_at timestamptz not null,
        published_by uuid,
        published_by_name text)`,
      `create table fw_definition (
        release int not null references fw_release (number),
        kind text not null,
        key text not null,
        definition jsonb not null,
        primary key (release, kind, key))`,
      `create table fw_draft (
        kind text not null,
        key text not null,
        action text not null check (action in ('put', 'retire')),
        definition jsonb,
        updated_at timestamptz not null,
        updated_by uuid,
        primary key (kind, key))`,
    ],
  },
  {
    name: "0002-events",
    statements: [
      `create table fw_event (
        seq bigint generated always as identity,
        xid xid8 not null default pg_current_xact_id(),
        at timestamptz not null,
        actor uuid,
        actor_name text,
        door text not null,
        request_id text,
        entity text not null,
        record_id uuid not null,
        kind text not null,
        changes jsonb not null default '{}',
        data jsonb) partition by range (at)`,
      "create table fw_event_default partition of fw_event default",
      "create index fw_event_record on fw_event (entity, record_id, seq)",
      "create index fw_event_order on fw_event (xid, seq)",
      `create table fw_consumer (
        name text primary key,
        xid xid8 not null default '0',
        seq bigint not null default 0,
        updated_at timestamptz not null default now())`,
    ],
  },
  {
    name: "0003-jobs",
    statements: [
      `create table fw_job (
        id uuid primary key,
        kind text not null,
        payload jsonb not null default '{}',
        run_at timestamptz not null,
        dedupe_key text,
        state text not null default 'waiting' check (state in ('waiting', 'queued', 'done', 'failed', 'cancelled')),
        attempts int not null default 0,
        priority int not null default 0,
        last_error text,
        created_at timestamptz not null default now(),
        done_at timestamptz)`,
      "create unique index fw_job_dedupe_key on fw_job (dedupe_key)",
      "create index fw_job_due on fw_job (run_at, priority) where state in ('waiting', 'queued')",
    ],
  },
  {
    name: "0004-counters-views-templates",
    statements: [
      `create table fw_counter (
        entity text not null,
        field text not null,
        period text not null,
        value bigint not null,
        primary key (entity, field, period))`,
      `create table fw_saved_view (
        id uuid primary key,
        entity text not null,
        view text,
        name text not null,
        owner uuid not null,
        shared boolean not null default false,
        definition jsonb not null,
        version int not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null)`,
      "create index fw_saved_view_owner on fw_saved_view (entity, owner)",
      `create table fw_template (
        key text primary key,
        version text not null,
        release int not null,
        installed_at timestamptz not null)`,
      `create table fw_template_base (
        template text not null,
        kind text not null,
        key text not null,
        version text not null,
        text text not null,
        primary key (template, kind, key))`,
      `create table fw_template_record (
        template text not null,
        ref text not null,
        entity text not null,
        record_id uuid not null,
        primary key (template, ref))`,
    ],
  },
  {
    // Substrings from two characters up, in any script: what trigrams cannot do for two-character words.
    name: "0005-search",
    statements: [
      `create function fw_bigrams(value text) returns text[] language sql immutable strict parallel safe as $$
        select coalesce(array_agg(distinct pair), '{}') from (
          select letter || lead(letter) over (order by n) as pair
          from string_to_table(value, null) with ordinality as letters (letter, n)) pairs
        where pair is not null $$`,
    ],
  },
];

/** The runtime tables of a workspace: those of records and publishing, then those of processes. */
export function workspaceMigrations(): readonly Migration[] {
  return [...recordsMigrations, ...processMigrations, ...importMigrations];
}
