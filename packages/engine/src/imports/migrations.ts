import type { Migration } from "../platform/migration.ts";

/** What is known of each upload: the rows themselves lie in a file. */
export const importMigrations: readonly Migration[] = [
  {
    name: "1001-imports",
    statements: [
      `create table fw_import (
        id uuid primary key,
        entity text not null,
        member uuid not null,
        file_name text not null,
        state text not null check (state in ('uploaded', 'checking', 'checked', 'running', 'done', 'failed')),
        detail jsonb not null,
        lease_until timestamptz,
        created_at timestamptz not null,
        updated_at timestamptz not null)`,
      "create index fw_import_age on fw_import (created_at desc)",
    ],
  },
];
