-- What the platforms of e-invoicing say of our invoices (life-cycle messages, CDAR): kept as told, attached to the invoice when it is known.
create table einvoice_statuses (
  tenant_id uuid not null references tenants on delete cascade,
  status_id uuid not null,
  -- the identifier that its sender gave the message; the hash of the file for one that has none: the same message again changes nothing
  message_ref text not null check (message_ref <> ''),
  document_kind text not null check (document_kind in ('invoice', 'credit-note')),
  -- the invoice it names
  invoice_number text not null check (invoice_number <> ''),
  invoice_on date,
  seller_siren text check (seller_siren ~ '^[0-9]{9}$'),
  code text not null,
  -- the moment as the message writes it, without a zone; the day it counts for
  moment text,
  on_day date not null,
  -- all that was read of it
  told jsonb not null,
  file_sha256 text not null,
  -- null: the invoice is not on the books yet
  invoice_id uuid,
  -- the user does not want to hear of it any more while its invoice is unknown
  set_aside_on date,
  created_at timestamptz not null,
  primary key (tenant_id, status_id),
  unique (tenant_id, message_ref, invoice_number, code),
  foreign key (tenant_id, file_sha256) references files (tenant_id, sha256),
  foreign key (tenant_id, invoice_id) references invoices (tenant_id, invoice_id)
);
create index einvoice_statuses_waiting on einvoice_statuses (tenant_id, invoice_number) where invoice_id is null;
create index einvoice_statuses_invoice on einvoice_statuses (tenant_id, invoice_id) where invoice_id is not null;

do $$
begin
  alter table einvoice_statuses enable row level security;
  alter table einvoice_statuses force row level security;
  create policy tenant_isolation on einvoice_statuses
    using (tenant_id = nullif(current_setting('quitus.tenant', true), '')::uuid);
  if exists (select from pg_roles where rolname = 'quitus_app') then
    -- what a platform said stays as it said it
    grant select, insert, update (invoice_id, set_aside_on) on einvoice_statuses to quitus_app;
  end if;
end $$;
