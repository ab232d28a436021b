import type { Migration } from "../platform/migration.ts";

/** Runtime tables of stages, approvals, notifications and automations, after those of records. */
export const processMigrations: readonly Migration[] = [
  {
    name: "0101-approvals",
    statements: [
      `create table fw_instance (
        id uuid primary key,
        approval text not null,
        release int not null,
        definition jsonb not null,
        entity text not null,
        record_id uuid not null,
        state jsonb not null,
        word text not null check (word in ('running', 'blocked', 'returned', 'approved', 'rejected', 'withdrawn', 'ended')),
        transition jsonb,
        starter uuid not null,
        started_at timestamptz not null,
        ended_at timestamptz,
        version int not null default 1)`,
      // One approval of a kind runs on a record at a time; the constraint's name is what the conflict is told by.
      `create unique index fw_instance_running on fw_instance (entity, record_id, approval) where ended_at is null`,
      "create index fw_instance_record on fw_instance (entity, record_id, started_at desc)",
      "create index fw_instance_starter on fw_instance (starter, started_at desc)",
      `create table fw_instance_log (
        instance uuid not null references fw_instance (id),
        seq int not null,
        at timestamptz not null,
        actor uuid,
        kind text not null,
        entry jsonb not null,
        primary key (instance, seq))`,
      `create function fw_refuse_change() returns trigger language plpgsql as $$
        begin raise exception 'the log of an approval is append-only'; end $$`,
      `create trigger fw_instance_log_append_only before update or delete on fw_instance_log
        for each row execute function fw_refuse_change()`,
      `create table fw_task (
        id uuid primary key,
        instance uuid not null references fw_instance (id),
        entity text not null,
        record_id uuid not null,
        step text not null,
        purpose text not null check (purpose in ('decide', 'resubmit', 'assign')),
        assignee uuid,
        round int not null,
        state text not null check (state in ('open', 'decided', 'closed')),
        decision text,
        decided_by uuid,
        comment text,
        why text,
        opened_at timestamptz not null,
        closed_at timestamptz,
        due_at timestamptz,
        version int not null default 1)`,
      "create index fw_task_open on fw_task (assignee, opened_at, id) where state = 'open'",
      "create index fw_task_done on fw_task (decided_by, closed_at desc, id) where state = 'decided'",
      "create index fw_task_instance on fw_task (instance)",
      "create index fw_task_record on fw_task (record_id, assignee)",
    ],
  },
  {
    name: "0102-stages",
    statements: [
      `create table fw_tick (
        entity text not null,
        record_id uuid not null,
        field text not null,
        stage text not null,
        item text not null,
        by uuid,
        at timestamptz not null,
        primary key (record_id, entity, field, stage, item))`,
    ],
  },
  {
    name: "0103-notifications",
    statements: [
      `create table fw_notification (
        id uuid primary key,
        seq bigint generated always as identity,
        member uuid not null,
        kind text not null,
        title jsonb not null,
        body jsonb,
        link jsonb,
        created_at timestamptz not null,
        read_at timestamptz)`,
      "create index fw_notification_member on fw_notification (member, seq desc)",
      "create index fw_notification_unread on fw_notification (member) where read_at is null",
      `create table fw_mail (
        id uuid primary key,
        member uuid,
        address text not null,
        subject text not null,
        text text not null,
        link jsonb,
        created_at timestamptz not null,
        sent_at timestamptz)`,
      // Its job has the same id and says how delivery goes.
      "create index fw_mail_created on fw_mail (created_at desc, id)",
    ],
  },
  {
    name: "0104-automations",
    statements: [
      `create table fw_run (
        id uuid primary key,
        automation text not null,
        release int not null,
        entity text not null,
        record_id uuid not null,
        trigger jsonb not null,
        state text not null check (state in ('done', 'skipped', 'failed')),
        depth int not null,
        parent uuid,
        chain text[] not null,
        input jsonb,
        steps jsonb not null default '[]',
        output jsonb not null default '[]',
        error text,
        started_at timestamptz not null)`,
      "create index fw_run_started on fw_run (started_at desc, id)",
      "create index fw_run_record on fw_run (entity, record_id)",
      "create index fw_job_listed on fw_job (state, run_at desc, id)",
      "create index fw_job_over on fw_job (done_at) where state in ('done', 'cancelled')",
    ],
  },
  {
    name: "0105-record-held",
    statements: [
      // Not stable on purpose: each call looks anew, so that a statement which waited for the row's lock sees an
      // approval that began meanwhile.
      `create function fw_is_held(of_entity text, of_record uuid) returns boolean language plpgsql volatile
        set search_path from current as $$
        begin
          return exists (select 1 from fw_instance
            where entity = of_entity and record_id = of_record and ended_at is null and word in ('running', 'blocked')
              and (definition->>'keepsRecordOpen')::boolean is not true);
        end $$`,
    ],
  },
];
