import { day } from '#core/kernel/day.ts';
import { money, parseAmount } from '#core/kernel/money.ts';
import { fr } from '#core/letters/typography.ts';
import type { BankField, Statement, StatementEntry } from '#formats/bank/index.ts';
import {
  Actions,
  Alert,
  Amount,
  Card,
  Checkbox,
  type Column,
  ColumnChoices,
  DataTable,
  Day,
  Disclosure,
  Field,
  Form,
  PageHeader,
  Select,
  Submit,
} from '#ui/components/index.ts';
import { count, longDay } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import { tablePath } from './paths.ts';
import { ASKED, asksAccount, NEW_ACCOUNT, type TablePreview } from './tables.ts';

interface Asked {
  readonly label: string;
  readonly hint?: string;
  readonly oneOf?: string;
}

const AN_AMOUNT = 'au moins un montant';
const FIELDS: Readonly<Partial<Record<BankField, Asked>>> = {
  booked: { label: 'Date', hint: 'Le jour où la banque l’a écrit.' },
  text: { label: 'Libellé', hint: 'Les mots du virement\u202f: c’est là que se lit le numéro de facture.' },
  amount: { label: 'Montant', hint: 'Une seule colonne, les sorties avec le signe moins.', oneOf: AN_AMOUNT },
  debit: { label: 'Débit', hint: 'Ou bien deux colonnes\u202f: celle des sorties…', oneOf: AN_AMOUNT },
  credit: { label: 'Crédit', hint: '…et celle des entrées.', oneOf: AN_AMOUNT },
  value: { label: 'Date de valeur' },
  text2: { label: 'Suite du libellé' },
  name: { label: 'Nom de qui paie ou est payé' },
  iban: { label: 'IBAN de qui paie' },
  reference: { label: 'Référence' },
  sign: { label: 'Sens (D ou C)' },
  currency: { label: 'Devise' },
  balance: { label: 'Solde' },
  account: { label: 'Numéro de votre compte' },
};
const MAIN: readonly BankField[] = ['booked', 'text', 'amount', 'debit', 'credit'];
const NEEDED: ReadonlySet<BankField> = new Set(['booked']);

/** Rows of the file, and movements, that the page shows. */
const SHOWN = 8;

/** « A », « B »… as spreadsheets call their columns. */
const letters = (at: number): string => (at < 26 ? '' : letters(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));
const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most).trimEnd()}…` : text);

interface Props {
  view: ViewContext;
  of: TablePreview;
  error?: string;
}

/** A table whose columns no one knows: its first lines, which column is what, and what is read that way, before anything is taken. */
export function TablePage({ view, of, error }: Props) {
  const { name, read, recalled } = of;
  return (
    <Page view={view} title="Quelle colonne contient quoi">
      <PageHeader
        title="Quelle colonne contient quoi&#8239;?"
        subtitle={fr`${name}. Rien n’est encore ajouté ; la réponse servira pour vos prochains relevés de cette banque.`}
        back={{ href: PATHS.money, label: 'Encaissements' }}
      />
      {error && (
        <Alert tone="late" live>
          <p>{error}</p>
        </Alert>
      )}
      {recalled && (
        <Alert tone="info">
          <p>Un tableau semblable a déjà été expliqué&#8239;: voici les mêmes réponses.</p>
        </Alert>
      )}
      <FirstLines of={of} />
      <Questions of={of} />
      {read.ok ? (
        <Reading view={view} of={of} statements={read.value.statements} />
      ) : (
        <Alert tone="soon" title="Rien ne peut encore être lu ainsi">
          <p>{read.refusal.message}</p>
        </Alert>
      )}
    </Page>
  );
}

/** The file as it stands, with what each column is taken for. */
function FirstLines({ of: { outline, answers } }: { of: TablePreview }) {
  const width = Math.max(...outline.rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, at) => at);
  const taken = (at: number): string => {
    const field = ASKED.find((one) => answers.ranks[one] === at + 1);
    return (field && FIELDS[field]?.label) ?? '';
  };
  return (
    <Card title="Les premières lignes du fichier" icon="file" flush>
      <section class="q-sheet" aria-label="Premières lignes du fichier" tabindex={0}>
        <table>
          <thead>
            <tr>
              <td />
              {columns.map((at) => (
                <th scope="col">
                  {letters(at)}
                  {taken(at) && <span class="q-sheet-taken">{taken(at)}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {outline.rows.slice(0, Math.max(SHOWN, answers.header + 4)).map(({ cells }, row) => (
              <tr class={row === answers.header ? 'q-sheet-header' : undefined}>
                <th scope="row">{row + 1}</th>
                {columns.map((at) => (
                  <td>{cut(cells[at] ?? '', 60)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}

function Questions({ of }: { of: TablePreview }) {
  const { sha256, outline, answers, accounts } = of;
  const example = outline.rows[answers.header + 1]?.cells ?? [];
  const headers = outline.rows[answers.header]?.cells ?? [];
  const width = Math.max(...outline.rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, at) => {
    const words = headers[at] || example[at];
    return { value: String(at + 1), label: words ? `${letters(at)} – ${cut(words, 30)}` : letters(at) };
  });
  const choices = (fields: readonly BankField[]) => (
    <ColumnChoices
      fields={fields.map((name) => ({ name, label: name, ...FIELDS[name], needed: NEEDED.has(name) }))}
      columns={columns}
      chosen={(field) => String(answers.ranks[field] || '')}
    />
  );
  const others = ASKED.filter((field) => !MAIN.includes(field));
  const used = others.some((field) => (answers.ranks[field] ?? 0) > 0);
  return (
    <Card title="Les colonnes" icon="settings">
      <form method="get" action={tablePath(sha256)} class="q-form">
        {choices(MAIN)}
        <Disclosure summary="Les autres colonnes, si le fichier les a" open={used}>
          {choices(others)}
        </Disclosure>
        <Disclosure summary="Comment le fichier est écrit" open={answers.invertSign || answers.dayOrder !== undefined}>
          <div class="q-field-grid">
            <Select
              name="header"
              label="Ligne qui nomme les colonnes"
              value={String(answers.header + 1)}
              options={[
                { value: '0', label: 'Aucune' },
                ...outline.rows.slice(0, 15).map(({ cells }, row) => ({
                  value: String(row + 1),
                  label: `Ligne ${row + 1} – ${cut(cells.filter((cell) => cell !== '').join(', '), 40)}`,
                })),
              ]}
            />
            <Select
              name="dayOrder"
              label="Dates comme 03/04/2026"
              value={answers.dayOrder ?? ''}
              placeholder="Le fichier le montre"
              optional
              options={[
                { value: 'dmy', label: 'Jour puis mois\u202f: 3 avril' },
                { value: 'mdy', label: 'Mois puis jour\u202f: 4 mars' },
              ]}
            />
          </div>
          <Checkbox
            name="invertSign"
            label="Les dépenses y sont écrites sans signe moins (relevé de carte)"
            checked={answers.invertSign}
          />
        </Disclosure>
        {asksAccount(of) && accounts.length > 0 && <WhichAccount of={of} />}
        <Actions>
          <Submit weight={of.read.ok ? 'plain' : 'main'} icon="read">
            Relire avec ces réponses
          </Submit>
        </Actions>
      </form>
    </Card>
  );
}

/** The account as chosen; the only one there is, unless something else was said. */
function accountOf({ accounts, answers }: TablePreview): string | undefined {
  const [only, ...more] = accounts;
  return answers.accountNumber ? NEW_ACCOUNT : (answers.accountId ?? (more.length === 0 ? only?.accountId : undefined));
}

/** The account, when the file does not say. */
function WhichAccount({ of }: { of: TablePreview }) {
  const { accounts, answers } = of;
  return (
    <div class="q-field-grid">
      <Select
        name="whose"
        label="Compte de ces mouvements"
        value={accountOf(of)}
        placeholder="À choisir"
        options={[
          ...accounts.map(({ accountId, name }) => ({ value: accountId, label: name })),
          { value: NEW_ACCOUNT, label: 'Un autre compte' },
        ]}
      />
      <Field
        name="whoseNumber"
        label={fr`L’autre compte : son IBAN, ou un nom`}
        value={answers.accountNumber}
        maxlength={100}
        optional
      />
    </div>
  );
}

const COLUMNS: readonly Column<StatementEntry>[] = [
  { header: 'Date', tight: true, cell: ({ bookedOn }) => (bookedOn ? <Day of={day(bookedOn)} form="short" /> : '') },
  {
    header: 'Libellé',
    title: true,
    cell: ({ text, name }) => cut([name, text].filter(Boolean).join(', ') || 'sans libellé', 90),
  },
  { header: 'Montant', align: 'end', tight: true, cell: ({ amount, currency }) => <Sum of={amount} currency={currency} /> },
];

const centsOf = (amount: string, currency: string): bigint | undefined => parseAmount(amount, currency)?.cents;

function Sum({ of, currency }: { of: string; currency: string | null }) {
  const cents = centsOf(of, currency ?? 'EUR');
  return cents === undefined ? of : <Amount of={money(cents, currency ?? 'EUR')} />;
}

interface ReadingProps {
  view: ViewContext;
  of: TablePreview;
  statements: readonly Statement[];
}

/** What these answers read, and the button that takes it. */
function Reading({ view, of, statements }: ReadingProps) {
  const entries = statements.flatMap((one) => one.entries);
  const { sha256, answers, accounts } = of;
  const account = accountOf(of);
  const sent: Readonly<Record<string, string | undefined>> = {
    ...Object.fromEntries(ASKED.map((field) => [field, String(answers.ranks[field] || '')])),
    ...{ header: String(answers.header + 1), invertSign: answers.invertSign ? 'oui' : '', dayOrder: answers.dayOrder },
    ...{ whose: account, whoseNumber: answers.accountNumber },
  };
  const unplaced = asksAccount(of) && accounts.length > 0 && account === undefined;
  return (
    <Card title="Ce qui est lu ainsi" icon="check" flush>
      <div class="q-card-body">
        {statements.map((statement) => (
          <StatementSays of={statement} />
        ))}
      </div>
      <DataTable
        caption={entries.length > SHOWN ? `Les ${SHOWN} premiers mouvements` : 'Les mouvements'}
        columns={COLUMNS}
        rows={entries.slice(0, SHOWN)}
        empty={<p class="q-card-body">Aucun mouvement.</p>}
      />
      <div class="q-card-body">
        {unplaced ? (
          <p>Choisissez plus haut le compte de ces mouvements, puis relisez.</p>
        ) : (
          entries.length > 0 && (
            <Form view={view} action={tablePath(sha256)}>
              {Object.entries(sent).map(([name, value]) => (
                <input type="hidden" name={name} value={value ?? ''} />
              ))}
              <p>Vérifiez les dates et le signe des montants&#8239;: un encaissement est positif.</p>
              <Submit icon="check">{`Reprendre ${count(entries.length, 'mouvement')}`}</Submit>
            </Form>
          )
        )}
      </div>
    </Card>
  );
}

/** The days, the sums in and out, and what to check. */
function StatementSays({ of: { account, currency, entries, warnings } }: { of: Statement }) {
  const days = entries.flatMap(({ bookedOn }) => bookedOn ?? []).sort();
  const [first, last] = [days[0], days.at(-1)];
  const unit = currency ?? entries.find((entry) => entry.currency)?.currency ?? 'EUR';
  const sums = entries.map(({ amount }) => centsOf(amount, unit) ?? 0n);
  const total = (keep: (cents: bigint) => boolean): bigint => sums.filter(keep).reduce((sum, cents) => sum + cents, 0n);
  return (
    <>
      <p class="q-sheet-says">
        {account && <strong>Compte {account}&#8239;: </strong>}
        {count(entries.length, 'mouvement')}
        {first && last && fr`, du ${longDay(day(first))} au ${longDay(day(last))}`}. Entrées{' '}
        <Amount
          of={money(
            total((cents) => cents > 0n),
            unit,
          )}
        />
        , sorties{' '}
        <Amount
          of={money(
            total((cents) => cents < 0n),
            unit,
          )}
        />
        .
      </p>
      {warnings.map(({ message }) => (
        <p class="q-note">{message}</p>
      ))}
    </>
  );
}
