import { money } from '#core/kernel/money.ts';
import { parsePercent } from '#core/kernel/ratio.ts';
import type { Refusal } from '#core/kernel/result.ts';
import type { Reminder } from '#core/letters/reminder.ts';
import { fr } from '#core/letters/typography.ts';
import { fieldErrors, type Typed } from '#platform/form.ts';
import {
  Actions,
  Cites,
  Field,
  Form,
  LinkButton,
  PageHeader,
  RadioCards,
  Refused,
  Submit,
  TextField,
} from '#ui/components/index.ts';
import { euros, longDay, percent } from '#ui/format.ts';
import { Icon } from '#ui/icons.tsx';
import { Page } from '#ui/layout.tsx';
import type { Children, ViewContext } from '#ui/view.ts';
import { ACTION_PAGES } from './action-forms.tsx';
import type { ActionKind } from './actions.ts';
import { countryName, DEBTOR_KINDS } from './debtor-words.ts';
import { type FactOf, factsOf } from './facts.ts';
import { actionPath, casePath, debtorPath, ratePath, undoPath } from './paths.ts';
import { ReminderText } from './reminder.tsx';
import type { CaseView } from './views.ts';
import { OPENED } from './witness.ts';

interface QuestionProps {
  view: ViewContext;
  of: CaseView;
  title: string;
  intro?: Children;
  action: string;
  submit: string;
  refusal: Refusal | undefined;
  danger?: boolean;
  /** what helps to answer, above the form */
  before?: Children;
  /** when the page was first shown, for the time it takes */
  opened?: string | undefined;
  children?: Children;
}

/** One question about a case: its form, what is to be corrected in it, and the way back. */
export function QuestionPage({
  view,
  of,
  title,
  intro,
  action,
  submit,
  refusal,
  danger = false,
  before,
  opened,
  children,
}: QuestionProps) {
  return (
    <Page view={view} title={refusal ? `À corriger, ${title}` : title} width="narrow">
      <Refused refusal={refusal} />
      <PageHeader title={title} subtitle={intro} back={{ href: casePath(of.id), label: `${of.party.name}, ${of.reference}` }} />
      {before}
      <Form view={view} action={action}>
        {opened !== undefined && <input type="hidden" name={OPENED} value={opened} />}
        {children}
        <Actions>
          <Submit weight={danger ? 'danger' : 'main'}>{submit}</Submit>
          <LinkButton href={casePath(of.id)} weight="quiet">
            Ne rien noter
          </LinkButton>
        </Actions>
      </Form>
    </Page>
  );
}

interface ActionProps {
  view: ViewContext;
  of: CaseView;
  kind: ActionKind;
  opened: string;
  typed?: Typed;
  refusal?: Refusal;
  /** the mail that could be sent, on the page of an exchange */
  reminder?: Reminder | undefined;
}

/** « Noter quelque chose »: the page of one kind of fact. */
export function ActionPage({ view, of, kind, opened, typed = {}, refusal, reminder }: ActionProps) {
  const { title, intro, submit, fields } = ACTION_PAGES[kind];
  const errors = refusal ? fieldErrors(refusal) : {};
  return (
    <QuestionPage
      view={view}
      of={of}
      title={title}
      intro={typeof intro === 'function' ? intro(of) : intro}
      action={actionPath(of.id, kind)}
      submit={submit}
      refusal={refusal}
      opened={typed[OPENED] ?? opened}
      before={
        <>
          <Before kind={kind} of={of} />
          {reminder && <ReminderText of={reminder} to={of.party.email} open={typed.channel === 'email' && !refusal} />}
        </>
      }
    >
      {fields({ typed, errors, of, today: view.today })}
    </QuestionPage>
  );
}

/** What helps to answer, where something does. */
function Before({ kind, of }: { kind: ActionKind; of: CaseView }) {
  if (kind === 'contact') return <Reach of={of} />;
  if (kind === 'declaration') return <HowToDeclare of={of} />;
  if (kind !== 'dispute-settled') return null;
  return (
    <p class="q-reach">
      Pas encore réglée&#8239;? <a href={actionPath(of.id, 'contact')}>Notez votre dernier échange</a>, Quitus attendra la
      réponse.
    </p>
  );
}

/** To whom a claim is declared, and what the declaration holds. */
function HowToDeclare({ of }: { of: CaseView }) {
  const opened = factsOf(of.facts, 'insolvency-published').at(-1);
  return (
    <div class="q-reach">
      <p>Si ce n’est pas encore fait, écrivez au mandataire ou au liquidateur que nomme l’annonce du BODACC, avec&#8239;:</p>
      <ul>
        <li>
          {opened ? (
            <a href={`${casePath(of.id)}?au=${opened.payload.judgmentOn}#decompte`}>le décompte arrêté au jour du jugement</a>
          ) : (
            'le décompte arrêté au jour du jugement'
          )}
          , et ce qui reste à échoir&#8239;;
        </li>
        <li>les factures et les pièces qui les justifient&#8239;;</li>
        <li>vos garanties, si vous en avez&#8239;;</li>
        <li>la mention «&#160;créance certifiée sincère&#160;», datée et signée.</li>
      </ul>
      <p>
        <Cites keys={['ccom-L622-24', 'ccom-L622-25']} />
      </p>
    </div>
  );
}

/** How to reach the debtor, in one press. */
function Reach({ of }: { of: CaseView }) {
  const { phone, email } = of.party;
  return (
    <div class="q-reach">
      {of.state.stage === 'to-contact' && (
        <p>
          Un premier contact se fait sans reproche&#8239;: la facture est-elle bien arrivée, quelque chose bloque-t-il, quand le
          paiement est-il prévu&#8239;? Écoutez, puis notez.
        </p>
      )}
      <p class="q-actions">
        {phone && (
          <a class="btn q-btn-plain" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
            <Icon name="phone" />
            <span>{phone}</span>
          </a>
        )}
        {email && (
          <a class="btn q-btn-plain" href={`mailto:${email}`}>
            <Icon name="letter" />
            <span>{email}</span>
          </a>
        )}
        {!phone && !email && (
          <span>
            Ni téléphone ni courriel connus. <a href={debtorPath(of.id)}>Compléter la fiche du client</a>
          </span>
        )}
      </p>
    </div>
  );
}

interface UndoProps {
  view: ViewContext;
  of: CaseView;
  payment: FactOf<'payment-recorded'>;
  typed?: Typed;
  refusal?: Refusal;
}

/** Taking a payment back asks why. */
export function UndoPaymentPage({ view, of, payment, typed = {}, refusal }: UndoProps) {
  const errors = refusal ? fieldErrors(refusal) : {};
  const sum = euros(money(payment.payload.amount));
  return (
    <QuestionPage
      view={view}
      of={of}
      title={fr`Annuler le paiement de ${sum} ?`}
      intro={fr`Reçu le ${longDay(payment.on)}. La somme redevient due ; le paiement et son annulation restent dans l'histoire du dossier.`}
      action={undoPath(of.id, payment.payload.paymentId)}
      submit="Annuler ce paiement"
      refusal={refusal}
      danger
    >
      <TextField
        name="reason"
        label="Pourquoi"
        hint={fr`Par exemple : virement rejeté par la banque, saisi par erreur.`}
        value={typed.reason}
        error={errors.reason}
        rows={3}
        maxlength={500}
      />
    </QuestionPage>
  );
}

/** The late-payment rate that was agreed. */
export function RatePage({ view, of, typed, refusal }: { view: ViewContext; of: CaseView; typed?: Typed; refusal?: Refusal }) {
  const errors = refusal ? fieldErrors(refusal) : {};
  const known = of.contractRatePercent === null ? undefined : parsePercent(of.contractRatePercent);
  return (
    <QuestionPage
      view={view}
      of={of}
      title={fr`Quel taux de retard avez-vous convenu ?`}
      intro={fr`Cherchez « pénalités de retard » dans le contrat, le devis signé ou vos conditions générales de vente.`}
      action={ratePath(of.id)}
      submit="Enregistrer ce taux"
      refusal={refusal}
    >
      <Field
        name="contractRate"
        label="Taux annuel, en pour cent"
        hint={fr`Par exemple 12 ou 10,5. Laissez vide pour le taux de la loi.`}
        value={typed?.contractRate ?? (known ? percent(known).replace(/\s*%$/u, '') : '')}
        error={errors.contractRate}
        inputmode="decimal"
        width="short"
        optional
      />
    </QuestionPage>
  );
}

/** Who owes: what letters need, and what decides the law. */
export function DebtorPage({ view, of, typed, refusal }: { view: ViewContext; of: CaseView; typed?: Typed; refusal?: Refusal }) {
  const { party } = of;
  const errors = refusal ? fieldErrors(refusal) : {};
  const known: Readonly<Record<string, string | null>> = { ...party };
  const field = (name: string) => ({ name, value: typed?.[name] ?? known[name] ?? '', error: errors[name] });
  return (
    <QuestionPage
      view={view}
      of={of}
      title={fr`Qui est votre client ?`}
      intro={fr`La loi et le tribunal dépendent de sa qualité ; la lettre, de son adresse.`}
      action={debtorPath(of.id)}
      submit="Enregistrer"
      refusal={refusal}
    >
      <RadioCards
        {...field('kind')}
        label="Sa qualité"
        options={(['business', 'consumer', 'public'] as const).map((value) => ({ value, ...DEBTOR_KINDS[value] }))}
      />
      <Field {...field('name')} label="Nom ou dénomination" maxlength={200} />
      <Field
        {...field('siren')}
        label="SIREN"
        hint="Neuf chiffres. Un particulier n’en a pas."
        inputmode="numeric"
        width="short"
        optional
      />
      <Field {...field('vatNumber')} label="Numéro de TVA" width="medium" optional />
      <TextField {...field('street')} label="Adresse" hint="Bâtiment, numéro et rue." rows={2} maxlength={200} optional />
      <Field {...field('postcode')} label="Code postal" inputmode="numeric" width="short" optional />
      <Field {...field('city')} label="Ville" width="medium" optional />
      <Field
        {...field('country')}
        label="Pays"
        hint={fr`Son code en deux lettres : FR pour la France, BE pour la Belgique. Actuellement : ${countryName(party.country)}.`}
        width="short"
        maxlength={2}
      />
      <Field {...field('email')} label="Courriel" type="email" width="medium" optional />
      <Field {...field('phone')} label="Téléphone" type="tel" width="short" optional />
    </QuestionPage>
  );
}
