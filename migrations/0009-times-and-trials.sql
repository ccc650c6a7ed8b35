-- Time from actions: what a step took is proposed, and becomes an entry only when the user says so. Two moments compared by lot.

-- The step of the advice an entry is about; null: the case in general.
alter table time_entries add column action text;

create table time_proposals (
  tenant_id uuid not null references tenants on delete cascade,
  proposal_id uuid not null,
  case_id uuid not null,
  on_day date not null,
  action text not null check (action <> ''),
  label text not null check (label <> ''),
  minutes integer not null check (minutes between 1 and 1440),
  -- between opening the page and noting the step; otherwise the figure of the advice
  measured boolean not null,
  created_at timestamptz not null,
  primary key (tenant_id, proposal_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, case_id) on delete cascade
);
create index time_proposals_by_case on time_proposals (tenant_id, case_id);

-- Two harmless moments of a first reminder, drawn by lot for each case: at most one comparison runs. The draws are facts of the cases.
create table timing_trials (
  tenant_id uuid not null references tenants on delete cascade,
  trial_id uuid not null,
  action text not null check (action in ('email', 'call')),
  -- days after the due date
  first_day integer not null check (first_day between 0 and 30),
  second_day integer not null check (second_day between 0 and 30 and second_day <> first_day),
  started_on date not null,
  stopped_on date check (stopped_on >= started_on),
  primary key (tenant_id, trial_id)
);
create unique index timing_trials_running on timing_trials (tenant_id) where stopped_on is null;

do $$
declare
  t text;
begin
  foreach t in array array['time_proposals', 'timing_trials']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy tenant_isolation on %I using (tenant_id = nullif(current_setting(''quitus.tenant'', true), '''')::uuid)', t);
  end loop;
  if exists (select from pg_roles where rolname = 'quitus_app') then
    grant select, insert, delete on time_proposals to quitus_app;
    grant select, insert, update on timing_trials to quitus_app;
  end if;
end $$;
