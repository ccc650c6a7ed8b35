import { statementOfAccount } from '#core/claim/account.ts';
import { daysBetween, isBefore } from '#core/kernel/day.ts';
import { money } from '#core/kernel/money.ts';
import type { Refusal } from '#core/kernel/result.ts';
import { fr } from '#core/letters/typography.ts';
import { type CaseView, factsOf, OPENED } from '#modules/cases/index.ts';
import type { Freshness } from '#modules/payments/index.ts';
import { fieldErrors, type Typed } from '#platform/form.ts';
import { Question } from '#ui/components/field.tsx';
import {
  Actions,
  Alert,
  Card,
  CertaintyMark,
  Cites,
  Day,
  DayField,
  DescriptionList,
  DueStatus,
  Field,
  Form,
  LinkButton,
  PageHeader,
  RadioCards,
  Refused,
  Submit,
  TextField,
} from '#ui/components/index.ts';
import { euros, fileSize, longDay, relativeDay } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import { BankAge } from './bank-age.tsx';
import type { Letter } from './letters.repo.ts';
import { NoticeSteps } from './notice-pages.tsx';
import { casePath, filePath, noticePath, outcomePath, postedPath } from './paths.ts';

interface Props {
  view: ViewContext;
  of: CaseView;
  letter: Letter;
  /** how far the bank is known */
  bank: Freshness;
  /** the largest receipt, in bytes */
  maxBytes: number;
  /** when the page was shown, for the time that posting takes */
  opened?: string;
  typed?: Typed;
  refusal?: Refusal;
}

/** The third step, and what follows: download, sign, post, note the sending, then what became of the letter. */
export function LetterPage(props: Props) {
  const { view, of, letter, refusal } = props;
  const errors = refusal ? fieldErrors(refusal) : {};
  const title = fr`Mise en demeure du ${longDay(letter.asOf)}`;
  return (
    <Page view={view} title={title}>
      <Refused refusal={refusal} />
      <PageHeader
        title={title}
        subtitle={<>À {of.party.name}</>}
        back={{ href: casePath(of.id), label: `${of.party.name}, ${of.reference}` }}
        action={
          <LinkButton
            href={filePath(letter.sha256)}
            icon="download"
            weight={letter.postedOn ? 'plain' : 'main'}
            download={`mise-en-demeure-${of.reference}-${letter.asOf}.pdf`}
          >
            Télécharger la lettre
          </LinkButton>
        }
      />
      {!letter.postedOn && <NoticeSteps at={3} caseId={of.id} />}
      <div class="q-columns">
        <div class="q-stack">
          {letter.postedOn === null ? (
            <>
              <Stale {...props} />
              <MoneyCame of={of} />
              <Recounted of={of} letter={letter} />
              <BankAge bank={props.bank} today={view.today} />
              <HowToSend letter={letter} />
              <PostForm {...props} errors={errors} />
            </>
          ) : letter.outcome === null ? (
            <OutcomeForm {...props} errors={errors} />
          ) : (
            <Ending {...props} />
          )}
        </div>
        <Summary {...props} />
      </div>
    </Page>
  );
}

/** A letter written some days ago says an amount of that day. */
function Stale({ view, of, letter }: Props) {
  if (!isBefore(letter.asOf, view.today)) return null;
  const left = daysBetween(view.today, letter.deadlineOn);
  return (
    <Alert tone="soon" title={fr`Cette lettre a été écrite ${relativeDay(letter.asOf, view.today)}`}>
      <p>
        {left < 8
          ? 'Il ne reste plus assez de temps avant la date limite qu’elle donne.'
          : 'Son décompte est arrêté à sa date\u202f: il reste juste, mais ne compte pas les jours écoulés depuis.'}{' '}
        <a href={noticePath(of.id)}>Écrire la lettre à la date d’aujourd’hui</a>
      </p>
    </Alert>
  );
}

/** Money of this debtor came since the letter was written. */
function MoneyCame({ of }: Pick<Props, 'of'>) {
  const { stage } = of.state;
  if (stage !== 'money-to-place' && stage !== 'settled' && stage !== 'closed') return null;
  return (
    <Alert tone="late" title={stage === 'closed' ? 'Ce dossier est fermé' : 'De l’argent de ce client est arrivé'}>
      <p>
        {stage === 'money-to-place' ? (
          <>
            <a href={PATHS.money}>Dites d’abord ce qu’il règle</a>&#8239;: la lettre ne serait peut-être plus juste.
          </>
        ) : (
          'La lettre réclame ce qui n’est plus dû\u202f: ne la postez pas.'
        )}
      </p>
    </Alert>
  );
}

/** What was noted since (an earlier payment, an agreement on payments, another rate) makes another sum of the letter's own day. */
function Recounted({ of, letter }: Pick<Props, 'of' | 'letter'>) {
  const asked = factsOf(of.facts, 'letter-prepared').find(({ payload }) => payload.letterId === letter.id)?.payload.total;
  const counted = statementOfAccount(of.claim, letter.asOf, of.law);
  if (asked === undefined || counted.status !== 'computed' || counted.value.total.cents === asked) return null;
  return (
    <Alert tone="late" title="Son décompte n’est plus juste">
      <p>
        Elle demande {euros(money(asked))}&#8239;; d’après ce que vous avez noté depuis, {euros(counted.value.total)} étaient dus
        à sa date. <a href={noticePath(of.id)}>Écrire la lettre de nouveau</a>
      </p>
    </Alert>
  );
}

function HowToSend({ letter }: { letter: Letter }) {
  return (
    <Card title="Comment l’envoyer" icon="registered">
      <ol class="q-howto">
        <li>
          <strong>Imprimez</strong> la lettre et son annexe, puis <strong>signez</strong>.{' '}
          <a href={filePath(letter.sha256)}>Ouvrir le PDF</a>
        </li>
        <li>
          <strong>Gardez une copie</strong> de la lettre signée, avec les pièces jointes.
        </li>
        <li>
          <strong>Postez-la en recommandé avec avis de réception</strong>, au guichet ou en ligne. Pliée aux repères de la marge,
          elle montre l’adresse dans la fenêtre d’une enveloppe DL.
        </li>
        <li>
          <strong>Conservez la preuve de dépôt</strong>, puis l’avis de réception quand il revient.
        </li>
      </ol>
      <p class="q-note">
        La Poste garde la lettre quinze jours à la disposition du destinataire. S’il ne va pas la chercher, elle vaut quand même
        mise en demeure. <Cites keys={['cpost-R1-1-6', 'ccass-civ1-2021-01-20']} />
      </p>
    </Card>
  );
}

type FormProps = Props & { errors: Readonly<Record<string, string>> };

function PostForm({ view, letter, bank, opened, typed = {}, errors }: FormProps) {
  return (
    <Card title="Une fois postée" icon="sent">
      <Form view={view} action={postedPath(letter.id)}>
        <input type="hidden" name={OPENED} value={typed[OPENED] ?? opened ?? ''} />
        {bank.status === 'stale' && (
          <TextField
            name="bankChecked"
            label={fr`Comment savez-vous que rien n'est arrivé ?`}
            hint={fr`Par exemple : compte consulté en ligne ce matin, rien de ce client. C'est gardé avec l'envoi ; inutile si vous déposez le relevé.`}
            value={typed.bankChecked}
            error={errors.bankChecked}
            rows={2}
            maxlength={500}
          />
        )}
        <DayField
          name="postedOn"
          label="Postée le"
          value={typed.postedOn ?? view.today.toString()}
          error={errors.postedOn}
          min={letter.asOf.toString()}
          max={view.today.toString()}
        />
        <Field
          name="trackingNumber"
          label="Numéro du recommandé"
          hint="Il est sur la preuve de dépôt."
          value={typed.trackingNumber}
          error={errors.trackingNumber}
          width="medium"
          maxlength={40}
          optional
        />
        <p class="q-note">La lettre ne change plus ensuite&#8239;: elle est gardée telle qu’elle est partie.</p>
        <Actions>
          <Submit icon="sent">Noter l’envoi</Submit>
        </Actions>
      </Form>
    </Card>
  );
}

const OUTCOMES = {
  delivered: { label: 'Remise', hint: 'Votre client, ou quelqu’un pour lui, a signé l’avis de réception.' },
  refused: { label: 'Refusée', hint: 'Le destinataire n’en a pas voulu.' },
  unclaimed: { label: 'Non réclamée', hint: 'Personne n’est venu la chercher dans les quinze jours.' },
  returned: {
    label: 'Retournée sans être présentée',
    hint: 'Adresse inexacte, destinataire inconnu\u202f: elle ne compte pas, il faut la refaire.',
  },
} as const;
const OUTCOME_ORDER = ['delivered', 'refused', 'unclaimed', 'returned'] as const;

function OutcomeForm({ view, of, letter, maxBytes, typed = {}, errors }: FormProps) {
  return (
    <Card title={fr`Qu'est devenue la lettre ?`} icon="receipt">
      {of.party.kind === 'consumer' && (
        <p>
          Votre client est un particulier&#8239;: les intérêts ne courent qu’à compter de la réception de la mise en demeure.{' '}
          <Cites keys={['cciv-1344-1']} />
        </p>
      )}
      <Form view={view} action={outcomePath(letter.id)} files>
        <RadioCards
          name="outcome"
          label="L’avis de réception dit"
          value={typed.outcome}
          error={errors.outcome}
          options={OUTCOME_ORDER.map((value) => ({ value, ...OUTCOMES[value] }))}
        />
        <DayField
          name="outcomeOn"
          label="À la date du"
          hint="Le jour porté sur l’avis, ou celui de la première présentation."
          value={typed.outcomeOn}
          error={errors.outcomeOn}
          min={letter.postedOn?.toString() ?? ''}
          max={view.today.toString()}
        />
        <Question
          name="receipt"
          label="L’avis de réception"
          hint={`Une photo ou un PDF, ${fileSize(maxBytes)} au plus.`}
          error={errors.receipt}
          optional
        >
          <input
            class="form-control q-w-medium"
            type="file"
            id="champ-receipt"
            name="receipt"
            accept="image/jpeg,image/png,application/pdf"
            aria-describedby={errors.receipt === undefined ? 'champ-receipt-aide' : 'champ-receipt-aide champ-receipt-erreur'}
          />
        </Question>
        <Actions>
          <Submit icon="check">Enregistrer</Submit>
        </Actions>
      </Form>
    </Card>
  );
}

/** All is known of the letter: what it means. */
function Ending({ of, letter }: Props) {
  if (letter.outcome === 'returned') {
    return (
      <Alert tone="late" title="La lettre est revenue sans être présentée">
        <p>
          Elle ne vaut pas mise en demeure. Vérifiez <a href={`${casePath(of.id)}/client`}>l’adresse du client</a>, puis{' '}
          <a href={noticePath(of.id)}>écrivez-en une autre</a>.
        </p>
      </Alert>
    );
  }
  return (
    <Alert tone="good" title={letter.outcome ? OUTCOMES[letter.outcome].label : ''}>
      <p>
        {letter.outcome === 'delivered' && 'Votre client a la lettre en main.'}
        {letter.outcome === 'unclaimed' && (
          <>
            Laissée à La Poste, la lettre vaut quand même mise en demeure. <Cites keys={['ccass-civ1-2021-01-20']} />
          </>
        )}
        {letter.outcome === 'refused' && (
          <>
            Un destinataire qui refuse la lettre ne peut pas dire qu’il n’a rien reçu. <CertaintyMark of="reading" />
          </>
        )}
      </p>
    </Alert>
  );
}

/** What the letter says and what became of it, and the time that is left. */
function Summary({ view, letter }: Props) {
  const { demand, recipient } = letter.model;
  return (
    <Card title="La lettre" icon="letter">
      <p>
        <DueStatus due={letter.deadlineOn} today={view.today} />
      </p>
      <DescriptionList
        items={[
          { term: 'Somme demandée', value: <strong class="q-amount">{demand.amount.value}</strong> },
          { term: 'Dernier jour pour payer', value: <Day of={letter.deadlineOn} /> },
          { term: 'Adressée à', value: recipient.map((line) => <span class="q-line">{line}</span>) },
          { term: 'Postée le', value: letter.postedOn ? <Day of={letter.postedOn} /> : 'pas encore' },
          ...(letter.trackingNumber
            ? [{ term: 'Recommandé', value: <span class="q-nowrap">{letter.trackingNumber}</span> }]
            : []),
          ...(letter.outcome && letter.outcomeOn
            ? [{ term: OUTCOMES[letter.outcome].label, value: <Day of={letter.outcomeOn} /> }]
            : []),
          ...(letter.receiptSha256
            ? [{ term: 'Avis de réception', value: <a href={filePath(letter.receiptSha256)}>Voir le document</a> }]
            : []),
        ]}
      />
    </Card>
  );
}
