import type { ImputationLine, InterestLine, InvoiceStatement, StatementOfAccount } from '#core/claim/statement.ts';
import type { Money } from '#core/kernel/money.ts';
import type { TraceStep } from '#core/kernel/outcome.ts';
import { citation } from '#core/law/citations.ts';
import { count, longDay, percent } from '../format.ts';
import { Amount } from './amount.tsx';
import { type Column, DataTable } from './data-table.tsx';
import { Day } from './day.tsx';
import { Disclosure } from './disclosure.tsx';
import { CertaintyMark } from './status.tsx';

interface Props {
  of: StatementOfAccount;
  /** the page that explains a rule; `/comprendre/<rule>` unless said otherwise */
  explain?: Explain;
}

/** The address that explains a rule. */
type Explain = (rule: string) => string;

const ownPage: Explain = (rule) => `/comprendre/${encodeURIComponent(rule)}`;

/** The décompte: for each invoice its days, rates, bases and interest, what was paid and how it counted, and the totals. */
export function Statement({ of, explain = ownPage }: Props) {
  const several = of.invoices.length !== 1;
  // What each invoice already said of itself is not said again.
  const said = new Set(of.invoices.flatMap((invoice) => invoice.trace.map((step) => step.says)));
  const overall = of.trace.filter((step) => !said.has(step.says));
  return (
    <div class="q-statement">
      {of.invoices.map((invoice) => (
        <InvoiceBlock invoice={invoice} explain={explain} />
      ))}
      {several && (
        <section class="q-statement-grand">
          <h3>
            Total dû au <Day of={of.asOf} />
          </h3>
          <Totals of={of} explain={explain} />
        </section>
      )}
      <Reasons steps={overall} explain={explain} summary="Comment les totaux sont faits" />
    </div>
  );
}

function InvoiceBlock({ invoice, explain }: { invoice: InvoiceStatement; explain: Explain }) {
  return (
    <section class="q-statement-invoice">
      <header>
        <h3>Facture {invoice.number}</h3>
        <p class="q-note">
          {invoice.issuedOn && <>Émise le {longDay(invoice.issuedOn)}, </>}
          échue le {longDay(invoice.dueOn)}
          {invoice.daysLate > 0 && <>, en retard de {count(invoice.daysLate, 'jour')}</>}. Montant de la facture&#8239;:{' '}
          <Amount of={invoice.amount} />
        </p>
      </header>
      {invoice.lines.length > 0 && (
        <DataTable
          caption="Intérêts de retard, période par période"
          columns={interestColumns(invoice, explain)}
          rows={invoice.lines}
        />
      )}
      {invoice.imputations.length > 0 && (
        <DataTable
          caption="Paiements et avoirs, et ce qu’ils ont éteint"
          columns={imputationColumns(invoice, explain)}
          rows={invoice.imputations}
        />
      )}
      {invoice.clauseFloor?.contractBelowFloor && (
        <p class="q-note">
          Le taux du contrat est inférieur au minimum légal sur ces jours ({percent(invoice.clauseFloor.highest)}). Le décompte
          applique le taux du contrat&#8239;; le minimum est donné pour information.
        </p>
      )}
      <Totals of={invoice} explain={explain} />
      <Reasons steps={invoice.trace} explain={explain} summary="Pourquoi ces chiffres" />
    </section>
  );
}

function interestColumns(invoice: InvoiceStatement, explain: Explain): Column<InterestLine>[] {
  return [
    {
      header: 'Période',
      title: true,
      cell: (l) => (
        <>
          du <Day of={l.from} form="short" /> au <Day of={l.to} form="short" />
        </>
      ),
      total: 'Intérêts courus',
    },
    { header: 'Durée', align: 'end', cell: (l) => count(l.days, 'jour') },
    { header: 'Taux annuel', align: 'end', cell: (l) => <a href={explain('late-interest')}>{percent(l.rate)}</a> },
    { header: 'Calculés sur', align: 'end', cell: (l) => <Amount of={l.base} why={explain('late-interest')} /> },
    {
      header: 'Intérêts',
      align: 'end',
      cell: (l) => <Amount of={l.amount} why={explain('late-interest')} />,
      total: (
        <Amount of={{ cents: invoice.lines.reduce((sum, l) => sum + l.amount.cents, 0n), currency: invoice.amount.currency }} />
      ),
    },
    {
      header: 'Textes',
      cell: (l) => (
        <span>
          <Cites keys={l.cites} /> {l.certainty !== 'official' && <CertaintyMark of={l.certainty} />}
        </span>
      ),
    },
  ];
}

/** The rule that says what a payment or a credit note extinguishes. */
const ruleOf = (line: ImputationLine): string => (line.kind === 'payment' ? 'payment-imputation' : 'credit-note');

function imputationColumns({ imputations }: InvoiceStatement, explain: Explain): Column<ImputationLine>[] {
  const toIndemnity = imputations.some((l) => l.toIndemnity.cents > 0n);
  const excess = imputations.some((l) => l.excess.cents > 0n);
  const amount = (header: string, of: (line: ImputationLine) => Money): Column<ImputationLine> => ({
    header,
    align: 'end',
    cell: (l) => <Amount of={of(l)} why={explain(ruleOf(l))} />,
  });
  return [
    { header: 'Date', title: true, cell: (l) => <Day of={l.on} form="short" /> },
    {
      header: 'Nature',
      cell: (l) => (
        <a href={explain(ruleOf(l))}>
          {l.kind === 'payment' ? 'Paiement' : 'Avoir'}
          {l.reference && ` ${l.reference}`}
        </a>
      ),
    },
    amount('Montant', (l) => l.amount),
    amount('Sur les intérêts', (l) => l.toInterest),
    amount('Sur le principal', (l) => l.toPrincipal),
    ...(toIndemnity ? [amount('Sur l’indemnité', (l) => l.toIndemnity)] : []),
    ...(excess ? [amount('En trop', (l) => l.excess)] : []),
    amount('Principal restant', (l) => l.principalLeft),
  ];
}

function Totals({
  of,
  explain,
}: {
  of: Pick<StatementOfAccount, 'principal' | 'interest' | 'indemnity' | 'total'>;
  explain: Explain;
}) {
  return (
    <dl class="q-totals">
      <TotalLine term="Principal restant dû" of={of.principal} why={explain('payment-imputation')} />
      <TotalLine term="Intérêts de retard restant dus" of={of.interest} why={explain('late-interest')} />
      <TotalLine term="Indemnité forfaitaire de recouvrement" of={of.indemnity} why={explain('recovery-indemnity')} />
      <TotalLine term="Total" of={of.total} why={explain('late-interest')} last />
    </dl>
  );
}

function TotalLine({ term, of, why, last = false }: { term: string; of: Money; why?: string; last?: boolean }) {
  return (
    <div class={last ? 'q-total q-total-last' : 'q-total'}>
      <dt>{why ? <a href={why}>{term}</a> : term}</dt>
      <dd>
        <Amount of={of} />
      </dd>
    </div>
  );
}

/** The steps of a trace: what each rule found, on which articles, how sure, with its page. */
function Reasons({ steps, summary, explain = ownPage }: { steps: readonly TraceStep[]; summary: string; explain?: Explain }) {
  if (steps.length === 0) return null;
  return (
    <Disclosure summary={summary}>
      <ReasonList steps={steps} explain={explain} />
    </Disclosure>
  );
}

/** The same steps in plain view. `on` names the page one is on: a rule does not link to itself. */
export function ReasonList({ steps, explain = ownPage, on }: { steps: readonly TraceStep[]; explain?: Explain; on?: string }) {
  return (
    <ol class="q-reasons">
      {steps.map((step) => (
        <li>
          <p>{step.says}</p>
          <p class="q-reason-foot">
            {step.cites.length > 0 && <Cites keys={step.cites} />}
            <CertaintyMark of={step.certainty} />
            {step.rule !== on && <a href={explain(step.rule)}>Comprendre cette règle</a>}
          </p>
        </li>
      ))}
    </ol>
  );
}

/** Articles, each linked to the official site when the user follows it: « C. com., art. L441-10, II ; C. com., art. D441-5 ». */
export function Cites({ keys }: { keys: readonly string[] }) {
  return (
    <span>
      {keys.map((key, i) => (
        <>
          {i > 0 && '\u202f; '}
          <Cite of={key} />
        </>
      ))}
    </span>
  );
}

function Cite({ of }: { of: string }) {
  const found = citation(of);
  if (!found) return <span class="q-cite">{of}</span>;
  return (
    <a class="q-cite" href={found.link} title={found.about} rel="noreferrer external">
      {found.label}
    </a>
  );
}
