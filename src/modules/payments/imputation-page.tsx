import type { StatementOfAccount } from '#core/claim/statement.ts';
import { type Money, money } from '#core/kernel/money.ts';
import type { Refusal } from '#core/kernel/result.ts';
import { fr } from '#core/letters/typography.ts';
import { type CaseView, factsOf } from '#modules/cases/index.ts';
import { rulePath } from '#modules/law/index.ts';
import { fieldErrors, type Typed } from '#platform/form.ts';
import {
  Actions,
  Alert,
  Amount,
  Card,
  Cites,
  type Column,
  DataTable,
  DayField,
  Disclosure,
  Form,
  LinkButton,
  PageHeader,
  ReasonList,
  Refused,
  Statement,
  Submit,
  TextField,
} from '#ui/components/index.ts';
import { euros, longDay } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import type { ViewContext } from '#ui/view.ts';
import type { ImputationOrder, OrdersCompared } from './agreements.ts';
import { casePath, imputationPath } from './paths.ts';

interface Props {
  view: ViewContext;
  of: CaseView;
  compared: OrdersCompared;
  typed: Typed;
  refusal: Refusal | undefined;
}

/** What the page asks, where the law rules and where an agreement does. */
const WORDS: Readonly<Record<ImputationOrder, { readonly title: string; readonly submit: string; readonly name: string }>> = {
  'principal-first': {
    title: fr`Avez-vous convenu que les paiements vont d'abord au principal ?`,
    submit: 'Noter cet accord',
    name: 'Avec l’accord',
  },
  'interest-first': {
    title: fr`Revenir à la règle de la loi ?`,
    submit: 'Revenir à la loi',
    name: 'Selon la loi',
  },
};

/** In which order payments extinguish the debt: what another order would change, shown before it is asked for. */
export function ImputationPage({ view, of, compared, typed, refusal }: Props) {
  const { order, other, otherwise } = compared;
  const { title, submit } = WORDS[other];
  const errors = refusal ? fieldErrors(refusal) : {};
  return (
    <Page view={view} title={refusal ? `À corriger, ${title}` : title} width="narrow">
      <Refused refusal={refusal} />
      <PageHeader title={title} back={{ href: casePath(of.id), label: `${of.party.name}, ${of.reference}` }} />
      {order === 'interest-first' ? <TheLaw /> : <Standing of={of} />}
      <Card title="Ce que cela change aujourd’hui" icon="calculator">
        <Change of={compared} />
        {otherwise.status === 'computed' && <Reasons of={otherwise.value} other={other} />}
      </Card>
      <Notices of={of} />
      {of.party.kind === 'public' && other === 'principal-first' && (
        <Alert tone="soon" title="Acheteur public">
          <p>
            La loi tient pour nulle toute renonciation aux intérêts <Cites keys={['ccp-L2192-14']} />. Nos sources ne disent pas
            si un tel accord en est une.
          </p>
        </Alert>
      )}
      <Form view={view} action={imputationPath(of.id)}>
        <input type="hidden" name="order" value={other} />
        {other === 'principal-first' && (
          <DayField
            name="agreedOn"
            label="Convenu le"
            value={typed.agreedOn ?? view.today.toString()}
            error={errors.agreedOn}
            max={view.today.toString()}
          />
        )}
        <TextField
          name="reason"
          label={other === 'principal-first' ? 'Ce qui a été convenu, et avec qui' : 'Pourquoi'}
          hint={
            other === 'principal-first'
              ? fr`Par exemple : accord par courriel avec la comptable, ses versements soldent d'abord les factures.`
              : fr`Par exemple : accord noté sur le mauvais dossier, ou limité à un versement.`
          }
          value={typed.reason}
          error={errors.reason}
          rows={3}
          maxlength={1000}
        />
        <Actions>
          <Submit>{submit}</Submit>
          <LinkButton href={casePath(of.id)} weight="quiet">
            Ne rien changer
          </LinkButton>
        </Actions>
      </Form>
    </Page>
  );
}

function TheLaw() {
  return (
    <>
      <p>
        Sans accord, un paiement partiel éteint d’abord les intérêts, puis le principal <Cites keys={['cciv-1343-1']} />. Vous
        pouvez accepter l’inverse&#8239;: les intérêts courent alors sur un principal plus petit, et vous réclamez un peu moins.
      </p>
      <p>
        L’accord vaut pour tous les paiements de ce dossier, passés et à venir.{' '}
        <a href={rulePath('payment-imputation')}>Comprendre l’imputation d’un paiement</a>
      </p>
    </>
  );
}

/** The agreement that rules, as it was noted. */
function Standing({ of }: { of: CaseView }) {
  const agreed = factsOf(of.facts, 'imputation-agreed').at(-1);
  return (
    <>
      <p>
        Par accord, les paiements de ce dossier éteignent d’abord le principal. La loi les compterait d’abord sur les intérêts{' '}
        <Cites keys={['cciv-1343-1']} />. <a href={rulePath('payment-imputation')}>Comprendre l’imputation d’un paiement</a>
      </p>
      {agreed && (
        <>
          <blockquote class="q-said q-prewrap">{agreed.payload.reason}</blockquote>
          <p class="q-note">
            {agreed.payload.agreedOn && <>Convenu le {longDay(agreed.payload.agreedOn)}. </>}Noté le {longDay(agreed.on)}.
          </p>
        </>
      )}
    </>
  );
}

interface Row {
  readonly label: string;
  readonly current: Money;
  readonly otherwise: Money;
}

function Change({ of: { current, otherwise, order, other } }: { of: OrdersCompared }) {
  if (current.status !== 'computed') return <Untold reason={current.reason} />;
  if (otherwise.status !== 'computed') return <Untold reason={otherwise.reason} />;
  const row = (label: string, pick: (of: StatementOfAccount) => Money): Row => ({
    label,
    current: pick(current.value),
    otherwise: pick(otherwise.value),
  });
  const total = row('Total dû', (of) => of.total);
  const gap = total.otherwise.cents - total.current.cents;
  // Where only the parts differ, the days to come will not count the same interest.
  const base = otherwise.value.principal.cents - current.value.principal.cents;
  const later = base === 0n ? '' : ` Les intérêts courraient ensuite sur ${base < 0n ? 'moins' : 'plus'} de principal.`;
  const columns: readonly Column<Row>[] = [
    { header: 'Somme', title: true, cell: (of) => of.label, total: total.label },
    {
      header: WORDS[order].name,
      align: 'end',
      cell: (of) => <Amount of={of.current} />,
      total: <Amount of={total.current} />,
    },
    {
      header: WORDS[other].name,
      align: 'end',
      cell: (of) => <Amount of={of.otherwise} />,
      total: <Amount of={total.otherwise} />,
    },
  ];
  return (
    <>
      <p>
        {gap === 0n
          ? `Rien à ce jour\u202f: le total dû reste le même au centime.${later}`
          : fr`Vous réclameriez ${euros(money(gap < 0n ? -gap : gap))} de ${gap < 0n ? 'moins' : 'plus'}.`}
      </p>
      <DataTable
        caption="Ce qui est dû dans un ordre et dans l’autre"
        captionHidden
        columns={columns}
        rows={[
          row('Principal', (of) => of.principal),
          row('Intérêts de retard', (of) => of.interest),
          row('Indemnité forfaitaire', (of) => of.indemnity),
        ]}
      />
    </>
  );
}

/** Where each payment would go, and why; then the whole account in that order. */
function Reasons({ of, other }: { of: StatementOfAccount; other: ImputationOrder }) {
  const steps = of.trace.filter(({ rule }) => rule === 'payment-imputation');
  return (
    <>
      {steps.length > 0 && (
        <Disclosure summary="Où irait chaque paiement" open={steps.length <= 3}>
          <ReasonList steps={steps} />
        </Disclosure>
      )}
      <Disclosure summary={other === 'principal-first' ? 'Le décompte avec l’accord' : 'Le décompte selon la loi'}>
        <Statement of={of} />
      </Disclosure>
    </>
  );
}

const Untold = ({ reason }: { reason: string }) => <p>Le montant dû ne peut pas être calculé. {reason}</p>;

/** A letter that was written says what it says: the amount it asks for does not follow. */
function Notices({ of }: { of: CaseView }) {
  const letter = factsOf(of.facts, 'letter-prepared').at(-1);
  if (!letter) return null;
  const posted = factsOf(of.facts, 'letter-posted').some(({ payload }) => payload.letterId === letter.payload.letterId);
  const sum = euros(money(letter.payload.total));
  return (
    <Alert tone="info">
      <p>
        {posted
          ? fr`La mise en demeure déjà postée demande ${sum} : elle ne change pas.`
          : fr`La mise en demeure préparée demande ${sum} : écrivez-la de nouveau avant de la poster.`}
      </p>
    </Alert>
  );
}
