-- What is told of a line of a list names the column and its value, so that the list can be corrected cell by cell. Imports were never applied
-- before this: there is nothing to keep of the table as it was.
drop table import_errors;

create table import_errors (
  tenant_id uuid not null references tenants on delete cascade,
  import_id uuid not null,
  ordinal integer not null,
  line bigint not null,
  kind text not null check (kind in ('unreadable', 'repeated', 'debtor', 'differing')),
  -- the title of the column; null when the line as a whole is meant
  header text,
  value text,
  reason text not null,
  primary key (tenant_id, import_id, ordinal),
  foreign key (tenant_id, import_id) references imports (tenant_id, import_id) on delete cascade
);

do $$
begin
  alter table import_errors enable row level security;
  alter table import_errors force row level security;
  create policy tenant_isolation on import_errors using (tenant_id = nullif(current_setting('quitus.tenant', true), '')::uuid);
  if exists (select from pg_roles where rolname = 'quitus_app') then
    grant select, insert, delete on import_errors to quitus_app;
  end if;
end $$;
