-- The spine: companies (tenants), who owes them, what, the cases, the letters, and the journal of every fact.
-- Conventions: tenant_id first in every key and index; *_cents bigint; *_on a civil day; *_at an instant; ids are UUIDv7 made by the application.

-- ── Server level: no tenant, readable before a company is chosen ─────────────────────────────────────────────

create table tenants (
  tenant_id uuid primary key,
  kind text not null check (kind in ('own', 'demo')),
  name text not null check (name <> ''),
  created_at timestamptz not null
);

create table users (
  user_id uuid primary key,
  email text not null unique,
  password_hash text not null,
  created_at timestamptz not null
);

create table sessions (
  token_hash text primary key,
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_user on sessions (user_id);

-- ── One company ──────────────────────────────────────────────────────────────────────────────────────────────

-- Who claims: the identity that letters carry. One row a company.
create table creditors (
  tenant_id uuid primary key references tenants on delete cascade,
  name text not null,
  legal_form text,
  share_capital_cents bigint check (share_capital_cents >= 0),
  siren text check (siren ~ '^[0-9]{9}$'),
  registry_city text,
  vat_number text,
  street text,
  postcode text,
  city text,
  country text not null default 'FR' check (country ~ '^[A-Z]{2}$'),
  email text,
  phone text,
  iban text,
  bic text,
  signatory_name text,
  signatory_role text,
  logo_sha256 text,
  signature_sha256 text,
  updated_at timestamptz not null
);

-- Human numbers that grow by one ("D-2026-0007"): one row a series.
create table counters (
  tenant_id uuid not null references tenants on delete cascade,
  name text not null,
  value bigint not null,
  primary key (tenant_id, name)
);

create table files (
  tenant_id uuid not null references tenants on delete cascade,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint not null,
  media_type text not null,
  name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, sha256)
);

create table parties (
  tenant_id uuid not null references tenants on delete cascade,
  party_id uuid not null,
  kind text not null check (kind in ('business', 'consumer', 'public')),
  name text not null check (name <> ''),
  siren text check (siren ~ '^[0-9]{9}$'),
  vat_number text,
  street text,
  postcode text,
  city text,
  country text not null default 'FR' check (country ~ '^[A-Z]{2}$'),
  email text,
  phone text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, party_id)
);
create index parties_siren on parties (tenant_id, siren) where siren is not null;
create index parties_name on parties (tenant_id, lower(name));

create table cases (
  tenant_id uuid not null references tenants on delete cascade,
  case_id uuid not null,
  reference text not null,
  party_id uuid not null,
  opened_on date not null,
  closed_on date,
  -- What follows is a projection of the facts, rewritten with each of them: `stage` and the day from which somebody has to act.
  stage text not null,
  next_on date,
  -- What is left of the principal of its invoices, for sorting and totals.
  balance_cents bigint not null default 0,
  oldest_due_on date,
  -- the late-payment rate of the contract or of the terms of sale, in percent a year; null: the rate of the law
  contract_rate_percent numeric(7,4) check (contract_rate_percent >= 0),
  primary key (tenant_id, case_id),
  unique (tenant_id, reference),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id)
);
create index cases_party on cases (tenant_id, party_id);
create index cases_to_do on cases (tenant_id, next_on, balance_cents desc, case_id) where closed_on is null and next_on is not null;
create index cases_open on cases (tenant_id, balance_cents desc, case_id) include (next_on) where closed_on is null;

-- An invoice, or a credit note (its amounts are then positive: what it takes off).
create table invoices (
  tenant_id uuid not null references tenants on delete cascade,
  invoice_id uuid not null,
  document_kind text not null check (document_kind in ('invoice', 'credit-note')),
  party_id uuid not null,
  case_id uuid,
  number text not null check (number <> ''),
  issued_on date not null,
  due_on date not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  net_cents bigint,
  tax_cents bigint,
  gross_cents bigint not null,
  payable_cents bigint not null,
  -- payable less every allocation, rewritten (never added to) with each of them
  balance_cents bigint not null,
  order_reference text,
  file_sha256 text,
  created_at timestamptz not null,
  primary key (tenant_id, invoice_id),
  -- the same seller (the company itself), number and date: the same document
  unique (tenant_id, document_kind, number, issued_on),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, case_id),
  foreign key (tenant_id, file_sha256) references files (tenant_id, sha256)
);
create index invoices_case on invoices (tenant_id, case_id);
create index invoices_party on invoices (tenant_id, party_id);
create index invoices_open on invoices (tenant_id, due_on) include (balance_cents, currency, case_id)
  where balance_cents > 0 and document_kind = 'invoice';

create table payments (
  tenant_id uuid not null references tenants on delete cascade,
  payment_id uuid not null,
  party_id uuid not null,
  received_on date not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount_cents bigint not null check (amount_cents > 0),
  reference text,
  -- the payment that this one takes back (bounced, entered by mistake): a new fact, never an edit
  reverses_payment_id uuid,
  created_at timestamptz not null,
  primary key (tenant_id, payment_id),
  unique (tenant_id, reverses_payment_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, reverses_payment_id) references payments (tenant_id, payment_id)
);
create index payments_party on payments (tenant_id, party_id, received_on);

-- What a payment or a credit note takes off an invoice. Negative when it is taken back.
create table allocations (
  tenant_id uuid not null references tenants on delete cascade,
  allocation_id uuid not null,
  invoice_id uuid not null,
  payment_id uuid,
  credit_note_id uuid,
  on_day date not null,
  amount_cents bigint not null check (amount_cents <> 0),
  primary key (tenant_id, allocation_id),
  check ((payment_id is null) <> (credit_note_id is null)),
  foreign key (tenant_id, invoice_id) references invoices (tenant_id, invoice_id),
  foreign key (tenant_id, payment_id) references payments (tenant_id, payment_id),
  foreign key (tenant_id, credit_note_id) references invoices (tenant_id, invoice_id)
);
create index allocations_invoice on allocations (tenant_id, invoice_id, on_day);
create index allocations_payment on allocations (tenant_id, payment_id);
create index allocations_credit_note on allocations (tenant_id, credit_note_id);

-- A dropped file on its way to becoming an invoice: what was read, and what became of it.
create table readings (
  tenant_id uuid not null references tenants on delete cascade,
  reading_id uuid not null,
  file_sha256 text not null,
  file_name text not null,
  -- several readings come of one file of rows (CSV)
  ordinal integer not null default 0,
  status text not null check (status in ('to-confirm', 'confirmed', 'duplicate', 'refused', 'discarded')),
  reading jsonb,
  refusal jsonb,
  -- what the user typed so far, kept as typed
  draft jsonb,
  invoice_id uuid,
  created_at timestamptz not null,
  primary key (tenant_id, reading_id),
  unique (tenant_id, file_sha256, ordinal),
  foreign key (tenant_id, file_sha256) references files (tenant_id, sha256),
  foreign key (tenant_id, invoice_id) references invoices (tenant_id, invoice_id)
);
create index readings_pending on readings (tenant_id, created_at) where status = 'to-confirm';
create index readings_invoice on readings (tenant_id, invoice_id);

create table letters (
  tenant_id uuid not null references tenants on delete cascade,
  letter_id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('formal-notice')),
  template text not null,
  as_of date not null,
  deadline_on date not null,
  -- the letter's model and the statement behind it, so that a figure can be shown unchanged years later
  model jsonb not null,
  statement jsonb not null,
  file_sha256 text not null,
  created_at timestamptz not null,
  posted_on date,
  tracking_number text,
  outcome text check (outcome in ('delivered', 'refused', 'unclaimed', 'returned')),
  outcome_on date,
  receipt_sha256 text,
  primary key (tenant_id, letter_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, case_id),
  foreign key (tenant_id, file_sha256) references files (tenant_id, sha256),
  foreign key (tenant_id, receipt_sha256) references files (tenant_id, sha256),
  check (outcome is null or posted_on is not null),
  check ((outcome is null) = (outcome_on is null))
);
create index letters_case on letters (tenant_id, case_id, created_at);

create table documents (
  tenant_id uuid not null references tenants on delete cascade,
  document_id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('invoice', 'letter', 'receipt', 'proof')),
  title text not null,
  file_sha256 text not null,
  added_at timestamptz not null,
  primary key (tenant_id, document_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, case_id),
  foreign key (tenant_id, file_sha256) references files (tenant_id, sha256)
);
create index documents_case on documents (tenant_id, case_id, added_at);

-- ── The journal: what happened, in order, each entry sealed by the hash of the one before ────────────────────

create table journal_heads (
  tenant_id uuid primary key references tenants on delete cascade,
  seq bigint not null,
  hash text not null
);

create table journal (
  tenant_id uuid not null references tenants on delete cascade,
  seq bigint not null,
  case_id uuid,
  kind text not null,
  -- the day the fact happened, and the instant it was recorded
  on_day date not null,
  recorded_at timestamptz not null,
  actor text not null,
  payload jsonb not null,
  prev_hash text not null,
  hash text not null,
  primary key (tenant_id, seq)
);
create index journal_case on journal (tenant_id, case_id, seq) where case_id is not null;

-- ── Rights: the application works under quitus_app, which sees one company at a time ─────────────────────────

do $$
declare
  t text;
begin
  foreach t in array array['creditors', 'counters', 'files', 'parties', 'cases', 'invoices', 'payments', 'allocations',
                           'readings', 'letters', 'documents', 'journal_heads', 'journal']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy tenant_isolation on %I using (tenant_id = nullif(current_setting(''quitus.tenant'', true), '''')::uuid)', t);
  end loop;
end $$;

-- quitus_app is made by the migration runner before this file; where it could not be made, forced row-level security still holds.
do $$
begin
  if exists (select from pg_roles where rolname = 'quitus_app') then
    grant select, insert, update, delete on creditors, counters, parties, cases, invoices, readings, documents to quitus_app;
    grant select, insert, update on journal_heads to quitus_app;
    -- a letter is never rewritten nor removed: only what became of it is added
    grant select, insert, update (posted_on, tracking_number, outcome, outcome_on, receipt_sha256) on letters to quitus_app;
    -- facts are never edited nor removed
    grant select, insert on files, payments, allocations, journal to quitus_app;
  end if;
end $$;
