import { money } from '#core/kernel/money.ts';
import { fr } from '#core/letters/typography.ts';
import type { Typed } from '#platform/form.ts';
import {
  Actions,
  Alert,
  Amount,
  Card,
  Cites,
  DayField,
  ErrorSummary,
  Field,
  Form,
  LinkButton,
  MoneyField,
  PageHeader,
  RadioCards,
  Select,
  Steps,
  Submit,
  TextField,
} from '#ui/components/index.ts';
import { ReasonList } from '#ui/components/statement.tsx';
import { euros, longDay } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import { type Children, PATHS, type ViewContext } from '#ui/view.ts';
import type { Shared } from './by-hand.ts';
import type { DebtorChoice, PayableChoice } from './choices.ts';
import { InvoiceChecks, SearchForm } from './invoice-choices.tsx';
import { HAND_CHECK_PATH, HAND_INVOICES_PATH, HAND_PATH } from './paths.ts';
import { PartsTable } from './payment-parts.tsx';

/** What can have happened, under the word that the address carries. */
export const WHAT = ['received', 'set-off', 'unknown-invoice', 'wrong-entity'] as const;
export type What = (typeof WHAT)[number];

/** Money that settles nothing yet: whose it is is asked, not what it pays. */
export const isHeld = (what: What): what is 'unknown-invoice' | 'wrong-entity' =>
  what === 'unknown-invoice' || what === 'wrong-entity';

/** The answers of the first step, as they are carried to the next ones. */
const CARRIED = ['what', 'on', 'amount', 'reference', 'note', 'devise', 'client', 'paymentId'] as const;
export const carriedOf = (typed: Typed): Record<string, string> =>
  Object.fromEntries(CARRIED.flatMap((name) => (typed[name] ? [[name, typed[name]]] : [])));
const withQuery = (path: string, typed: Typed): string => `${path}?${new URLSearchParams(carriedOf(typed))}`;

interface FrameProps {
  view: ViewContext;
  at: 1 | 2 | 3;
  typed: Typed;
  title: string;
  errors: Typed;
  children?: Children;
}

function Frame({ view, at, typed, title, errors, children }: FrameProps) {
  const state = (step: number) => (step < at ? 'done' : step === at ? 'current' : 'todo');
  return (
    <Page view={view} title={title} width="narrow">
      <ErrorSummary errors={errors} />
      <PageHeader title={title} back={{ href: PATHS.money, label: 'Encaissements' }} />
      <Steps
        label="Étapes de la saisie"
        steps={[
          { label: 'Ce qui s’est passé', state: state(1), ...(at > 1 ? { href: withQuery(HAND_PATH, typed) } : {}) },
          { label: 'Ce que cela règle', state: state(2), ...(at > 2 ? { href: withQuery(HAND_INVOICES_PATH, typed) } : {}) },
          { label: 'Vérifier', state: state(3) },
        ]}
      />
      {children}
    </Page>
  );
}

const Hidden = ({ of }: { of: Readonly<Record<string, string>> }) => (
  <>
    {Object.entries(of).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
);

interface HappenedProps {
  view: ViewContext;
  typed: Typed;
  errors: Typed;
  currencies: readonly string[];
}

/** First step: what happened, when, how much. */
export function HappenedPage({ view, typed, errors, currencies }: HappenedProps) {
  const { paymentId, client } = carriedOf(typed);
  const today = view.today.toString();
  return (
    <Frame view={view} at={1} typed={typed} title="Saisir un encaissement" errors={errors}>
      <form method="get" action={HAND_INVOICES_PATH} class="q-form" novalidate>
        <Hidden of={{ ...(paymentId ? { paymentId } : {}), ...(client ? { client } : {}) }} />
        <RadioCards
          name="what"
          label={fr`Que s'est-il passé ?`}
          value={typed.what ?? 'received'}
          options={[
            {
              value: 'received',
              label: 'Un client a payé une ou plusieurs factures',
              hint: 'Virement, chèque, carte, espèces.',
            },
            {
              value: 'set-off',
              label: 'Une compensation',
              hint: fr`Vous lui deviez aussi de l'argent : les deux dettes s'éteignent l'une par l'autre.`,
            },
            {
              value: 'unknown-invoice',
              label: 'De l’argent dont on ne sait pas ce qu’il paie',
              hint: 'Il attend, à placer plus tard ou à rendre.',
            },
            {
              value: 'wrong-entity',
              label: 'De l’argent destiné à une autre entreprise',
              hint: 'Il ne règle rien ici\u202f: il est à rendre, ou à placer si le client est d’accord.',
            },
          ]}
        />
        <DayField name="on" label="Quel jour" value={typed.on ?? today} error={errors.on} max={today} />
        <MoneyField name="amount" label="Montant" value={typed.amount} error={errors.amount} unit={typed.devise ?? '€'} />
        {currencies.some((one) => one !== 'EUR') && (
          <Select
            name="devise"
            label="Devise"
            value={typed.devise ?? 'EUR'}
            options={[...new Set(['EUR', ...currencies])].map((one) => ({ value: one, label: one }))}
          />
        )}
        <Field
          name="reference"
          label="Libellé ou référence"
          hint="Tel que votre banque l’écrit, ou le numéro du chèque."
          value={typed.reference}
          error={errors.reference}
          maxlength={140}
          optional
        />
        <TextField
          name="note"
          label="Note pour vous"
          hint={fr`Pour une compensation : ce que vous lui deviez, et la facture.`}
          value={typed.note}
          error={errors.note}
          rows={2}
          maxlength={1000}
          optional
        />
        <Actions>
          <Submit icon="next">Continuer</Submit>
        </Actions>
      </form>
    </Frame>
  );
}

interface SettlesProps {
  view: ViewContext;
  typed: Typed;
  what: What;
  currency: string;
  amountCents: bigint;
  invoices: readonly PayableChoice[];
  debtors: readonly DebtorChoice[];
  ticked: readonly string[];
  error?: string | undefined;
}

/** Second step: the invoices it pays, or the debtor it came from. */
export function SettlesPage(props: SettlesProps) {
  const { view, typed, what, currency, amountCents, invoices, debtors, ticked, error } = props;
  const held = isHeld(what);
  const none = held ? debtors.length === 0 : invoices.length === 0;
  return (
    <Frame
      view={view}
      at={2}
      typed={typed}
      title={held ? fr`De quel client vient cet argent ?` : fr`Que règlent ces ${euros(money(amountCents, currency))} ?`}
      errors={error ? { [held ? 'client' : 'invoice']: error } : {}}
    >
      <Card>
        <SearchForm
          action={HAND_INVOICES_PATH}
          label={held ? 'Nom du client' : 'Numéro, client ou dossier'}
          text={typed.q}
          carried={carriedOf(typed)}
        />
        {none ? (
          <p class="q-note">
            {typed.q ? 'Rien ne correspond\u202f: cherchez autrement.' : held ? 'Aucun client.' : 'Aucune facture ouverte.'}
          </p>
        ) : (
          <form method="get" action={HAND_CHECK_PATH} class="q-form">
            <Hidden of={Object.fromEntries(Object.entries(carriedOf(typed)).filter(([name]) => !held || name !== 'client'))} />
            {held ? (
              <RadioCards
                name="client"
                label="Client"
                value={typed.client}
                error={error}
                options={debtors.map(({ partyId, name, city }) => ({
                  value: partyId,
                  label: name,
                  ...(city ? { hint: city } : {}),
                }))}
              />
            ) : (
              <>
                <InvoiceChecks choices={invoices} currency={currency} error={error} ticked={ticked} />
                <Choice typed={typed} />
              </>
            )}
            <Actions>
              <Submit icon="next">{held ? 'Continuer' : 'Voir la répartition'}</Submit>
            </Actions>
          </form>
        )}
      </Card>
    </Frame>
  );
}

/** Whether the debtor chose, which the law lets it do; otherwise the law decides. */
export function Choice({ typed }: { typed: Typed }) {
  return (
    <RadioCards
      name="choix"
      label={fr`Votre client a-t-il dit ce qu'il paie ?`}
      value={typed.choix ?? 'client'}
      options={[
        { value: 'client', label: 'Oui, ces factures', hint: 'Elles sont servies dans l’ordre de la liste.' },
        {
          value: 'loi',
          label: 'Non, il n’a rien dit',
          hint: (
            <>
              La loi répartit parmi les factures cochées&#8239;: les échues d’abord, puis les plus anciennes.{' '}
              <Cites keys={['cciv-1342-10']} />
            </>
          ),
        },
      ]}
    />
  );
}

interface CheckProps {
  view: ViewContext;
  typed: Typed;
  what: What;
  /** where it goes; undefined for money that settles nothing yet */
  shared?: Shared | undefined;
  debtor?: string | undefined;
  invoiceIds: readonly string[];
  amountCents: bigint;
  currency: string;
  on: Parameters<typeof longDay>[0];
}

const TITLES: Readonly<Record<What, string>> = {
  received: 'Paiement reçu',
  'set-off': 'Compensation',
  'unknown-invoice': 'Argent à placer plus tard',
  'wrong-entity': 'Argent destiné à une autre entreprise',
};

/** Third step: where each cent goes and why, before anything is recorded. */
export function CheckPage({ view, typed, what, shared, debtor, invoiceIds, amountCents, currency, on }: CheckProps) {
  const { choix = 'client' } = typed;
  return (
    <Frame view={view} at={3} typed={typed} title="Vérifier avant d’enregistrer" errors={{}}>
      <Card title={TITLES[what]} icon="payment">
        <p>
          <Amount of={money(amountCents, currency)} size="large" />, {longDay(on)}
          {debtor && <>, de {debtor}</>}.
        </p>
        {shared ? (
          <PartsTable parts={partsOf(shared)} currency={currency} leftCents={shared.excessCents} />
        ) : (
          <Waits what={what} />
        )}
      </Card>
      {shared && (
        <Card title="Pourquoi cette répartition" icon="law">
          <ReasonList steps={shared.trace} />
        </Card>
      )}
      <Form view={view} action={HAND_PATH}>
        <Hidden of={{ ...carriedOf(typed), choix }} />
        {invoiceIds.map((id) => (
          <input type="hidden" name="invoice" value={id} />
        ))}
        <p>Rien n’est effacé ensuite&#8239;: un paiement enregistré par erreur se reprend par une nouvelle écriture.</p>
        <Actions>
          <Submit icon="check">Enregistrer</Submit>
          <LinkButton href={withQuery(HAND_INVOICES_PATH, typed)} weight="quiet">
            Changer
          </LinkButton>
        </Actions>
      </Form>
    </Frame>
  );
}

const Waits = ({ what }: { what: What }) => (
  <Alert tone="info">
    <p>
      {what === 'wrong-entity'
        ? 'Cet argent ne règle aucune facture. Il restera dans les encaissements à rendre.'
        : 'Cet argent ne règle encore aucune facture. Il restera dans les encaissements à placer.'}
    </p>
  </Alert>
);

const partsOf = ({ parts, invoices }: Shared) =>
  parts.map(({ invoiceId, amountCents, purpose }) => ({
    ...{ invoiceId, purpose, cents: amountCents },
    ...{ number: invoices.get(invoiceId)?.number ?? '', caseId: null, caseReference: null },
  }));
