-- Money in: what the banks say, which payment settles what, and lists of open invoices brought in from other tools.

-- ── What came before gains what money needs to say ───────────────────────────────────────────────────────────

-- How another tool calls it: its identifier decides before number and date whether a document is known.
alter table invoices add column external_key text check (external_key <> '');
create unique index invoices_external on invoices (tenant_id, document_kind, external_key) where external_key is not null;
alter table parties add column external_key text check (external_key <> '');
create unique index parties_external on parties (tenant_id, external_key) where external_key is not null;

-- Interest first is the law (C. civ. 1343-1); the creditor may agree to principal first.
alter table cases add column imputation text not null default 'interest-first'
  check (imputation in ('interest-first', 'principal-first'));

-- received: money that came; set-off: a debt of ours extinguished it; refund: money given back out of `refunds_payment_id`;
-- listed: an accounting list no longer shows the invoice, how it was paid is not known
alter table payments add column kind text not null default 'received' check (kind in ('received', 'set-off', 'refund', 'listed'));
alter table payments add column refunds_payment_id uuid;
-- why it settles nothing yet: it was meant for another company, or nobody knows for which invoice
alter table payments add column held text check (held in ('wrong-entity', 'unknown-invoice'));
alter table payments add column note text;
alter table payments add foreign key (tenant_id, refunds_payment_id) references payments (tenant_id, payment_id);
alter table payments add check ((kind = 'refund') = (refunds_payment_id is not null));
create index payments_day on payments (tenant_id, received_on, payment_id);
create index payments_refunds on payments (tenant_id, refunds_payment_id) where refunds_payment_id is not null;

-- What the money was for. Only principal, and what the creditor gave up of it (a bank's fee, a discount), reduces the balance of the books.
alter table allocations add column purpose text not null default 'principal'
  check (purpose in ('principal', 'interest', 'indemnity', 'bank-fee', 'discount'));
create index allocations_day on allocations (tenant_id, on_day, allocation_id);

-- How a company wants its money handled. No row: the defaults.
create table money_settings (
  tenant_id uuid primary key references tenants on delete cascade,
  -- nothing leaves when an account is known to be complete only until an older day; null: never asked
  max_bank_age_days integer default 7 check (max_bank_age_days between 0 and 366),
  -- when a case closes by itself
  closing text not null default 'nothing-owed' check (closing in ('nothing-owed', 'principal-paid', 'never')),
  updated_at timestamptz not null
);

-- ── The bank ─────────────────────────────────────────────────────────────────────────────────────────────────

create table bank_accounts (
  tenant_id uuid not null references tenants on delete cascade,
  account_id uuid not null,
  -- the IBAN, or the account as its files name it; empty for the account of files that name none
  number text not null,
  name text not null check (name <> ''),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- every line until this day included is known: rewritten from the statements with each of them
  complete_on date,
  -- asked for freshness before anything leaves
  watched boolean not null default true,
  created_at timestamptz not null,
  primary key (tenant_id, account_id),
  unique (tenant_id, number)
);

-- A stretch of days of one account that a file tells, or that the user says is complete (no file then).
create table bank_statements (
  tenant_id uuid not null references tenants on delete cascade,
  statement_id uuid not null,
  account_id uuid not null,
  file_sha256 text,
  -- its place in the file, which may hold several
  ordinal integer not null,
  format text not null,
  -- the days it covers; null when the file does not tell all that happened (notifications)
  from_on date,
  until_on date check (until_on >= from_on),
  opening_cents bigint,
  closing_cents bigint,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- lines it holds, and those of them that were not known yet
  lines integer not null,
  added integer not null,
  warnings jsonb not null,
  created_at timestamptz not null,
  primary key (tenant_id, statement_id),
  unique (tenant_id, file_sha256, ordinal),
  foreign key (tenant_id, account_id) references bank_accounts (tenant_id, account_id),
  foreign key (tenant_id, file_sha256) references files (tenant_id, sha256)
);
create index bank_statements_account on bank_statements (tenant_id, account_id, until_on);

-- One movement of money. What a bank said is a fact: only what became of it (`state`) changes.
create table bank_lines (
  tenant_id uuid not null references tenants on delete cascade,
  line_id uuid not null,
  account_id uuid not null,
  -- the statement that told it first
  statement_id uuid not null,
  -- the hash of what the entry says; its rank among entries of one statement that say the same; the payment within a batch booking
  entry_key text not null,
  occurrence integer not null,
  part integer not null,
  format text not null,
  booked_on date not null,
  value_on date not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- positive: money in
  amount_cents bigint not null check (amount_cents <> 0),
  -- of the whole entry, when the line is one payment of a batch
  entry_cents bigint not null,
  name text,
  iban text,
  text text not null,
  reference text,
  bank_reference text,
  return_reason text,
  -- new: not looked at yet; proposed: waits for a word; unmatched: nobody could tell; applied: settled something; ignored: set aside
  state text not null default 'new' check (state in ('new', 'proposed', 'unmatched', 'applied', 'ignored')),
  -- who paid, as far as is known, while the line waits
  party_id uuid,
  created_at timestamptz not null,
  primary key (tenant_id, line_id),
  unique (tenant_id, account_id, entry_key, occurrence, part),
  foreign key (tenant_id, account_id) references bank_accounts (tenant_id, account_id),
  foreign key (tenant_id, statement_id) references bank_statements (tenant_id, statement_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id)
);
create index bank_lines_day on bank_lines (tenant_id, account_id, booked_on);
create index bank_lines_waiting on bank_lines (tenant_id, booked_on, line_id) where state in ('new', 'proposed', 'unmatched');
create index bank_lines_party on bank_lines (tenant_id, party_id) where party_id is not null;

-- How a line may be read, and what was decided of it. Undoing is a payment that takes the first one back, never an edit of it.
create table bank_matches (
  tenant_id uuid not null references tenants on delete cascade,
  match_id uuid not null,
  line_id uuid not null,
  -- 1 is the best reading of the line
  rank integer not null,
  kind text not null,
  matched_by text not null,
  party_id uuid,
  confidence integer not null,
  surplus_cents bigint not null,
  short_cents bigint not null,
  -- the line, or the payment, that this line takes back
  counterpart_id uuid,
  evidence jsonb not null,
  status text not null check (status in ('proposed', 'applied', 'rejected', 'undone')),
  payment_id uuid,
  decided_by text,
  decided_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, match_id),
  foreign key (tenant_id, line_id) references bank_lines (tenant_id, line_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, payment_id) references payments (tenant_id, payment_id)
);
-- no line is used twice
create unique index bank_matches_applied on bank_matches (tenant_id, line_id) where status = 'applied';
create index bank_matches_line on bank_matches (tenant_id, line_id, rank);
create index bank_matches_payment on bank_matches (tenant_id, payment_id) where payment_id is not null;

create table bank_match_parts (
  tenant_id uuid not null references tenants on delete cascade,
  match_id uuid not null,
  invoice_id uuid not null,
  cents bigint not null,
  accessories_cents bigint not null,
  primary key (tenant_id, match_id, invoice_id),
  foreign key (tenant_id, match_id) references bank_matches (tenant_id, match_id) on delete cascade,
  foreign key (tenant_id, invoice_id) references invoices (tenant_id, invoice_id)
);
create index bank_match_parts_invoice on bank_match_parts (tenant_id, invoice_id);

-- Who pays from this IBAN or under this name, as confirmations showed.
create table payer_aliases (
  tenant_id uuid not null references tenants on delete cascade,
  kind text not null check (kind in ('iban', 'name')),
  value text not null check (value <> ''),
  party_id uuid not null,
  confirmed integer not null default 0,
  rejected integer not null default 0,
  updated_at timestamptz not null,
  primary key (tenant_id, kind, value, party_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id)
);
create index payer_aliases_party on payer_aliases (tenant_id, party_id);

-- ── Lists of open invoices ───────────────────────────────────────────────────────────────────────────────────

create table imports (
  tenant_id uuid not null references tenants on delete cascade,
  import_id uuid not null,
  file_sha256 text not null,
  file_name text not null,
  -- full: an open invoice that the list no longer shows is settled; delta: it is left alone
  mode text not null check (mode in ('full', 'delta')),
  -- the day the list was drawn up
  listed_on date not null,
  mapping jsonb not null,
  -- confirmed and not applied: interrupted, to be taken up again
  status text not null check (status in ('to-confirm', 'confirmed', 'applied', 'abandoned')),
  -- counts and sums, first foreseen, then done
  summary jsonb not null,
  created_at timestamptz not null,
  applied_at timestamptz,
  primary key (tenant_id, import_id),
  foreign key (tenant_id, file_sha256) references files (tenant_id, sha256)
);
create index imports_recent on imports (tenant_id, created_at);

-- What could not be read or used of an import, to be printed and corrected.
create table import_errors (
  tenant_id uuid not null references tenants on delete cascade,
  import_id uuid not null,
  line bigint not null,
  ordinal integer not null,
  code text not null,
  message text not null,
  -- the line as it stands in the file, cut when long
  content text not null,
  primary key (tenant_id, import_id, line, ordinal),
  foreign key (tenant_id, import_id) references imports (tenant_id, import_id) on delete cascade
);

-- Which column holds what, as the user said it for a file with these headers.
create table column_mappings (
  tenant_id uuid not null references tenants on delete cascade,
  subject text not null check (subject in ('invoices', 'bank')),
  -- the hash of the headers
  signature text not null,
  mapping jsonb not null,
  updated_at timestamptz not null,
  primary key (tenant_id, subject, signature)
);

do $$
declare
  t text;
begin
  foreach t in array array['money_settings', 'bank_accounts', 'bank_statements', 'bank_lines', 'bank_matches', 'bank_match_parts',
                           'payer_aliases', 'imports', 'import_errors', 'column_mappings']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy tenant_isolation on %I using (tenant_id = nullif(current_setting(''quitus.tenant'', true), '''')::uuid)', t);
  end loop;
  if exists (select from pg_roles where rolname = 'quitus_app') then
    grant select, insert, update on money_settings, bank_accounts, payer_aliases to quitus_app;
    -- what a bank said stays as it said it
    grant select, insert on bank_statements to quitus_app;
    grant select, insert, update (state, party_id) on bank_lines to quitus_app;
    -- a proposal nobody decided on may go; the decisions are told by the journal besides
    grant select, insert, delete, update (status, payment_id, decided_by, decided_at) on bank_matches to quitus_app;
    grant select, insert, delete on bank_match_parts to quitus_app;
    grant select, insert, update on imports to quitus_app;
    grant select, insert, delete on import_errors to quitus_app;
    grant select, insert, update, delete on column_mappings to quitus_app;
  end if;
end $$;
