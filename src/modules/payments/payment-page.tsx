import { formatCents, money } from '#core/kernel/money.ts';
import { fr } from '#core/letters/typography.ts';
import type { Typed } from '#platform/form.ts';
import { newId } from '#platform/ids.ts';
import {
  Actions,
  Alert,
  Amount,
  Card,
  ConfirmButton,
  Day,
  DayField,
  DescriptionList,
  Disclosure,
  ErrorSummary,
  Field,
  Form,
  MoneyField,
  PageHeader,
  RadioCards,
  Submit,
} from '#ui/components/index.ts';
import { longDay } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import type { ViewContext } from '#ui/view.ts';
import type { PayableChoice } from './choices.ts';
import { Choice } from './hand-pages.tsx';
import { InvoiceChecks, SearchForm } from './invoice-choices.tsx';
import { debtorStatementPath, linePath, PAYMENTS_PATH, paymentPath, refundPath } from './paths.ts';
import type { PaymentView } from './payment-list.ts';
import { PartsTable } from './payment-parts.tsx';
import { PaymentStatus } from './payments-page.tsx';

const KINDS: Readonly<Record<PaymentView['kind'], string>> = {
  received: 'Paiement reçu',
  'set-off': 'Compensation',
  listed: 'Réglé d’après une liste importée',
};

/** Which form was sent, and what was wrong with it. */
export interface Refused {
  readonly form: 'placer' | 'rendre' | 'annuler';
  readonly typed: Typed;
  readonly errors: Typed;
  readonly message: string;
}

interface Props {
  view: ViewContext;
  of: PaymentView;
  choices: readonly PayableChoice[];
  text?: string | undefined;
  ticked: readonly string[];
  refused?: Refused | undefined;
}

/** One payment: what it settles, what is left of it and what to do with that, and how to take it back. */
export function PaymentPage(props: Props) {
  const { view, of, refused } = props;
  const errors = refused?.errors ?? {};
  return (
    <Page view={view} title={`${KINDS[of.kind]} de ${of.partyName}`} width="narrow">
      <ErrorSummary errors={errors} />
      {refused && Object.keys(errors).length === 0 && (
        <Alert tone="late" live>
          <p>{refused.message}</p>
        </Alert>
      )}
      <PageHeader
        title={KINDS[of.kind]}
        subtitle={
          <>
            <a href={debtorStatementPath(of.partyId)}>{of.partyName}</a>, {longDay(of.receivedOn)}
          </>
        }
        back={{ href: PAYMENTS_PATH, label: 'Paiements' }}
      />
      <Card>
        <DescriptionList
          items={[
            { term: 'Montant', value: <Amount of={money(of.amountCents, of.currency)} size="large" /> },
            { term: 'État', value: <PaymentStatus of={of} /> },
            ...(of.reference ? [{ term: 'Libellé', value: of.reference }] : []),
            ...(of.note ? [{ term: 'Note', value: <span class="q-prewrap">{of.note}</span> }] : []),
            ...(of.lineId ? [{ term: 'Banque', value: <a href={linePath(of.lineId)}>Voir le mouvement</a> }] : []),
          ]}
        />
        <PartsTable parts={of.reversedOn ? [] : of.parts} currency={of.currency} leftCents={of.freeCents} />
        <Refunds {...props} />
      </Card>
      {of.reversedOn ? (
        <Reversed view={view} of={of} on={of.reversedOn} />
      ) : (
        <>
          {of.freeCents > 0n && <Place {...props} />}
          {of.freeCents > 0n && <GiveBack {...props} />}
          <TakeBack {...props} />
        </>
      )}
    </Page>
  );
}

/** What was given back of it; a refund that did not happen can be taken back. */
function Refunds({ view, of }: Props) {
  if (of.refunds.length === 0) return null;
  return (
    <ul class="q-plain">
      {of.refunds.map(({ refundId, on, amountCents, reference, undoneOn }) => (
        <li>
          Rendu le <Day of={on} />
          &#8239;: <Amount of={money(amountCents, of.currency)} />
          {reference && `, ${reference}`}
          {undoneOn ? (
            <>
              , annulé le <Day of={undoneOn} />
            </>
          ) : (
            <ConfirmButton
              view={view}
              action={`${refundPath(refundId)}/annuler`}
              label="Ce remboursement n’a pas eu lieu"
              question="L’argent redevient à placer ou à rendre, par une nouvelle écriture."
              confirm="Annuler ce remboursement"
              icon="history"
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function Reversed({ view, of, on }: { view: ViewContext; of: PaymentView; on: Parameters<typeof longDay>[0] }) {
  return (
    <Alert tone="info" title={fr`Annulé le ${longDay(on)}`}>
      <p>Ce qu’il réglait est dû de nouveau.</p>
      <Form view={view} action={`${paymentPath(of.paymentId)}/reprendre`}>
        <input type="hidden" name="paymentId" value={newId()} />
        <Submit weight="plain" icon="history">
          C’était une erreur&#8239;: l’argent est bien arrivé
        </Submit>
      </Form>
    </Alert>
  );
}

function Place({ view, of, choices, text, ticked, refused }: Props) {
  const mine = refused?.form === 'placer' ? refused : undefined;
  return (
    <Card title="Placer ce qui reste" icon="invoice" id="placer">
      <SearchForm action={paymentPath(of.paymentId)} label="Numéro, client ou dossier" text={text} />
      {choices.length === 0 ? (
        <p class="q-note">
          {text ? 'Aucune facture ouverte ne correspond.' : 'Ce client n’a aucune facture ouverte\u202f: cherchez-en une autre.'}
        </p>
      ) : (
        <Form view={view} action={`${paymentPath(of.paymentId)}/placer`}>
          <InvoiceChecks choices={choices} currency={of.currency} error={mine?.message} ticked={ticked} />
          <Choice typed={mine?.typed ?? {}} />
          <Actions>
            <Submit icon="check">Placer sur ces factures</Submit>
          </Actions>
        </Form>
      )}
    </Card>
  );
}

function GiveBack({ view, of, refused }: Props) {
  const mine = refused?.form === 'rendre' ? refused : undefined;
  const today = view.today.toString();
  return (
    <Card title="Rendre au client" icon="transfer">
      <Disclosure summary="Noter un remboursement" open={mine !== undefined}>
        <Form view={view} action={`${paymentPath(of.paymentId)}/rendre`}>
          <DayField name="on" label="Rendu le" value={mine?.typed.on ?? today} error={mine?.errors.on} max={today} />
          <MoneyField
            name="amount"
            label="Montant rendu"
            value={mine?.typed.amount ?? formatCents(of.freeCents).replace('.', ',')}
            error={mine?.errors.amount}
            unit={of.currency === 'EUR' ? '€' : of.currency}
          />
          <Field name="reference" label="Libellé du virement" value={mine?.typed.reference} maxlength={140} optional />
          <Actions>
            <Submit weight="plain" icon="check">
              Noter ce remboursement
            </Submit>
          </Actions>
        </Form>
      </Disclosure>
    </Card>
  );
}

const REASONS = [
  { value: 'rejet', label: 'La banque l’a rejeté', hint: 'Chèque sans provision, prélèvement refusé, virement retourné.' },
  { value: 'erreur', label: 'Il a été saisi par erreur', hint: 'Mauvais client, mauvais montant, ou deux fois le même.' },
] as const;

/** The words of the fact that takes it back. */
export const reasonOf = ({ pourquoi, text = '' }: Typed): string => {
  const why = { rejet: 'Rejeté par la banque', erreur: 'Saisi par erreur' }[pourquoi ?? ''] ?? '';
  return why && text.trim() ? `${why}\u202f: ${text.trim().slice(0, 500)}` : why;
};

function TakeBack({ view, of, refused }: Props) {
  const mine = refused?.form === 'annuler' ? refused : undefined;
  const today = view.today.toString();
  return (
    <Card title="Rejeté, ou saisi par erreur" icon="history">
      {of.lineId && (
        <p>
          La banque l’a annoncé&#8239;: s’il a été rapproché à tort,{' '}
          <a href={linePath(of.lineId)}>annulez plutôt le rapprochement</a>.
        </p>
      )}
      <Disclosure summary="Reprendre ce paiement" open={mine !== undefined}>
        <Form view={view} action={`${paymentPath(of.paymentId)}/annuler`}>
          <RadioCards
            name="pourquoi"
            label="Pourquoi"
            value={mine?.typed.pourquoi}
            error={mine?.errors.reason}
            options={REASONS}
          />
          <DayField name="on" label="Quel jour" value={mine?.typed.on ?? today} error={mine?.errors.on} max={today} />
          <Field name="text" label="Précision" value={mine?.typed.text} maxlength={500} optional />
          <p class="q-note">
            Ce qu’il réglait redevient dû, par une nouvelle écriture. Les dossiers qu’il avait fermés reprennent.
          </p>
          <Actions>
            <Submit weight="plain">Reprendre ce paiement</Submit>
          </Actions>
        </Form>
      </Disclosure>
    </Card>
  );
}
