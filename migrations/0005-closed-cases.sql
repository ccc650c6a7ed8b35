-- Closed cases from before Quitus, as the user's own tables tell them: what each step cost and yielded. Those of the store are read there.
create table closed_cases (
  tenant_id uuid not null references tenants on delete cascade,
  -- the number the user's table gives the case: the same table again changes nothing
  reference text not null check (reference <> ''),
  customer text,
  segment text,
  face_cents bigint not null check (face_cents > 0),
  -- in order: {action, cost, minutes, received, days}, cents as text
  steps jsonb not null,
  file_sha256 text not null,
  imported_at timestamptz not null,
  primary key (tenant_id, reference),
  foreign key (tenant_id, file_sha256) references files (tenant_id, sha256)
);

do $$
begin
  alter table closed_cases enable row level security;
  alter table closed_cases force row level security;
  create policy tenant_isolation on closed_cases using (tenant_id = nullif(current_setting('quitus.tenant', true), '')::uuid);
  if exists (select from pg_roles where rolname = 'quitus_app') then
    grant select, insert, update, delete on closed_cases to quitus_app;
  end if;
end $$;
