-- The accounts that a company books on where they are not the usual ones of the French chart.
create table accounts (
  tenant_id uuid not null references tenants on delete cascade,
  role text not null check (role in ('bank', 'customers', 'doubtful', 'suppliers', 'suspense', 'bank-fees', 'discounts', 'interest', 'indemnity',
                                     'allowance', 'allowance-charge', 'allowance-release', 'loss', 'vat', 'vat-on-receipt')),
  number text not null check (number ~ '^[0-9A-Z]{3,12}$'),
  label text not null check (label <> ''),
  updated_at timestamptz not null,
  primary key (tenant_id, role)
);

do $$
begin
  alter table accounts enable row level security;
  alter table accounts force row level security;
  create policy tenant_isolation on accounts using (tenant_id = nullif(current_setting('quitus.tenant', true), '')::uuid);
  if exists (select from pg_roles where rolname = 'quitus_app') then
    grant select, insert, update, delete on accounts to quitus_app;
  end if;
end $$;
