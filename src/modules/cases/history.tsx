import { type Day, isAfter } from '#core/kernel/day.ts';
import { money } from '#core/kernel/money.ts';
import { parsePercent } from '#core/kernel/ratio.ts';
import { fr } from '#core/letters/typography.ts';
import type { TimelineEvent } from '#ui/components/index.ts';
import { count, euros, longDay, percent } from '#ui/format.ts';
import type { Children } from '#ui/view.ts';
import { STATUS_LOOKS, statusWords } from './einvoice-words.ts';
import { type Fact, type FactOf, factsOf, mistakesIn } from './facts.ts';
import { DecisionNote, decisionsBySteps, tellDecision, tellTiming } from './history-decision.tsx';
import { isTakeable } from './mistakes.ts';
import { filePath, letterPath, mistakePath, undoPath } from './paths.ts';
import type { CaseState, Stage } from './state.ts';

export type Told = Omit<TimelineEvent, 'on'>;

/** A fact that has an event of its own: a mistake is told with what it takes back. */
type Own = Exclude<Fact, FactOf<'noted-by-mistake'>>;

/**
 * The story of a case, most recent first; what is expected stands on top, what was missed at its date. What was noted by mistake is
 * struck, with the reason; the decision kept along with it is told no more.
 */
export function historyOf(caseId: string, story: readonly Fact[], state: CaseState): TimelineEvent[] {
  const mistakes = mistakesIn(story);
  const mistakeOf = ({ seq }: Fact) => (seq === undefined ? undefined : mistakes.get(seq));
  const facts = story.filter(
    (fact): fact is Own => fact.kind !== 'noted-by-mistake' && !(fact.kind === 'advice-decided' && mistakeOf(fact)),
  );
  const reversed = new Set(factsOf(facts, 'payment-reversed').map((f) => f.payload.paymentId));
  const bySteps = decisionsBySteps(facts);
  const withSteps = new Set<Fact>(bySteps.values());
  const past: TimelineEvent[] = facts
    .filter((fact) => !withSteps.has(fact))
    .map((fact) => {
      const mistake = mistakeOf(fact);
      const told = tellWith(caseId, fact, reversed, bySteps.get(fact));
      const open = state.stage !== 'closed' && isTakeable(fact) ? mistakePath(caseId, fact.seq) : undefined;
      return { on: fact.on, ...(mistake ? struck(told, mistake) : takeable(told, open)) };
    })
    .reverse();
  const deadline = deadlineOf(state);
  if (!deadline) return past;
  const at = past.findIndex((event) => !isAfter(event.on, deadline.on));
  return past.toSpliced(deadline.future ? 0 : at < 0 ? past.length : at, 0, deadline);
}

const DEADLINES: Partial<Readonly<Record<Stage, Told & { readonly future: boolean }>>> = {
  'not-due': { icon: 'calendar', title: 'Échéance de la facture', future: true },
  promised: { icon: 'promise', title: 'Paiement promis', future: true },
  'plan-running': { icon: 'plan', title: 'Prochaine échéance', future: true },
  'notice-running': { icon: 'soon', title: 'Dernier jour pour payer, selon la lettre', future: true },
  'promise-broken': { icon: 'broken', title: 'Promesse non tenue', tone: 'late', future: false },
  'plan-broken': { icon: 'broken', title: 'Échéance non payée', tone: 'late', future: false },
  'notice-expired': { icon: 'late', title: 'Délai de la lettre expiré', tone: 'late', future: false },
};

/** The deadline that the case waits for, or that it missed. */
function deadlineOf({ stage, deadline }: CaseState): TimelineEvent | undefined {
  const told = DEADLINES[stage];
  return deadline && told ? { tone: 'info', on: deadline, ...told } : undefined;
}

const CHANNELS = { call: 'Appel', email: 'Courriel', meeting: 'Rencontre', letter: 'Courrier' } as const;
const CHANNEL_ICONS = { call: 'phone', email: 'letter', meeting: 'debtor', letter: 'letter' } as const;
export const PROCEEDINGS = {
  sauvegarde: 'Sauvegarde',
  redressement: 'Redressement judiciaire',
  liquidation: 'Liquidation judiciaire',
} as const;
export const CLOSING_REASONS = {
  paid: 'payé',
  agreement: 'accord trouvé',
  'written-off': 'passé en perte',
  mistake: 'ouvert par erreur',
} as const;
const OUTCOMES = {
  delivered: 'Lettre remise au destinataire',
  refused: 'Lettre refusée par le destinataire',
  unclaimed: 'Lettre non réclamée à La Poste',
  returned: 'Lettre revenue sans avoir été présentée',
} as const;

const said = (text: string | undefined): Children => text && <p class="q-prewrap">{text}</p>;
const amount = (cents: bigint): string => euros(money(cents));
const importWords = (of: { readonly count: number; readonly amount: bigint }): string =>
  of.count === 0
    ? 'Échéances revues par une liste importée'
    : fr`${count(of.count, 'facture')} d'une liste importée, ${amount(of.amount)} à payer`;
const letterLink = (letterId: string, words: string) => <a href={letterPath(letterId)}>{words}</a>;

/** Noted by mistake: the words stay, and count no more. */
const struck = ({ icon, title, body }: Told, { on, payload: { reason } }: FactOf<'noted-by-mistake'>): Told => ({
  icon,
  title: <s>{title}</s>,
  body: (
    <>
      {body && <div class="q-note">{body}</div>}
      <p class="q-prewrap">Noté par erreur&#8239;: {reason}</p>
      <p class="q-note">Rayé le {longDay(on)}.</p>
    </>
  ),
});

/** With the way to say that it was noted by mistake, where it leads somewhere. */
const takeable = (told: Told, href: string | undefined): Told =>
  href === undefined
    ? told
    : {
        ...told,
        body: (
          <>
            {told.body}
            <p class="q-note q-no-print">
              <a href={href}>Noté par erreur&#8239;?</a>
            </p>
          </>
        ),
      };

/** A fact, and under it the advice that it followed or not. */
function tellWith(
  caseId: string,
  fact: Own,
  reversed: ReadonlySet<string>,
  decision: FactOf<'advice-decided'> | undefined,
): Told {
  const told = tell(caseId, fact, reversed);
  if (!decision) return told;
  return {
    ...told,
    body: (
      <>
        {told.body}
        <DecisionNote of={decision} />
      </>
    ),
  };
}

/** One fact in a French sentence. */
export function tell(caseId: string, fact: Own, reversed: ReadonlySet<string> = new Set()): Told {
  switch (fact.kind) {
    case 'case-opened':
      return {
        icon: 'case',
        title: 'Dossier ouvert',
        body: fact.payload.imported && <p>{importWords(fact.payload.imported)}.</p>,
      };
    case 'invoice-added':
      return {
        icon: 'invoice',
        title: fr`Facture ${fact.payload.number} de ${amount(fact.payload.amount)} ajoutée`,
        body: <p>Échéance le {longDay(fact.payload.dueOn)}.</p>,
      };
    case 'credit-note-applied':
      return { icon: 'creditNote', title: fr`Avoir ${fact.payload.number} de ${amount(fact.payload.amount)} déduit` };
    case 'payment-recorded':
      return {
        icon: 'payment',
        tone: reversed.has(fact.payload.paymentId) ? 'quiet' : 'good',
        title: fr`Paiement de ${amount(fact.payload.amount)} reçu`,
        body: (
          <>
            {said(fact.payload.reference)}
            {reversed.has(fact.payload.paymentId) ? (
              <p>Annulé depuis.</p>
            ) : (
              <p class="q-no-print">
                <a href={undoPath(caseId, fact.payload.paymentId)}>Annuler ce paiement</a>
              </p>
            )}
          </>
        ),
      };
    case 'payment-reversed':
      return {
        icon: 'remove',
        tone: 'late',
        title: fr`Paiement de ${amount(fact.payload.amount)} annulé`,
        body: said(fact.payload.reason),
      };
    case 'money-unmatched':
      return { icon: 'payment', tone: 'info', title: fr`Virement de ${amount(fact.payload.amount)} reçu, à rattacher` };
    case 'money-placed':
      return { icon: 'check', title: 'Virement reçu rattaché' };
    case 'invoices-imported':
      return { icon: 'invoice', title: importWords(fact.payload) };
    case 'imputation-agreed':
      return {
        icon: 'interest',
        title:
          fact.payload.order === 'principal-first'
            ? 'Accord\u202f: les paiements vont d’abord au principal'
            : 'Retour à la loi\u202f: les paiements vont d’abord aux intérêts',
        body: <ImputationWords of={fact.payload} />,
      };
    case 'accessories-waived':
      return {
        icon: 'check',
        title: fr`Intérêts et indemnités abandonnés : ${amount(fact.payload.amount)}`,
        body: said(fact.payload.reason),
      };
    case 'contact-made': {
      const { channel, text } = fact.payload;
      return { icon: CHANNEL_ICONS[channel], tone: 'info', title: CHANNELS[channel], body: said(text) };
    }
    case 'note-added':
      return { icon: 'note', title: 'Note', body: said(fact.payload.text) };
    case 'promise-made':
      return {
        icon: 'promise',
        tone: 'info',
        title: fr`Promesse de payer ${amount(fact.payload.amount)} pour le ${longDay(fact.payload.payBy)}`,
        body: said(fact.payload.text),
      };
    case 'dispute-raised':
      return { icon: 'dispute', tone: 'dispute', title: 'Contestation du client', body: said(fact.payload.reason) };
    case 'dispute-settled':
      return { icon: 'check', tone: 'good', title: 'Contestation réglée', body: said(fact.payload.text) };
    case 'einvoice-status': {
      const { payload } = fact;
      return {
        ...STATUS_LOOKS[payload.meaning],
        title: statusWords(payload),
        body: (
          <>
            {said(payload.reason)}
            {payload.action && <p>Demandé&#8239;: {payload.action}</p>}
            <p class="q-no-print">
              <a href={filePath(payload.messageSha256)}>Voir le message</a>
            </p>
          </>
        ),
      };
    }
    case 'status-answered':
      return { icon: 'sent', tone: 'info', title: 'Réponse à un statut', body: said(fact.payload.text) };
    case 'plan-agreed':
      return {
        icon: 'plan',
        tone: 'info',
        title: fr`Échéancier convenu : ${count(fact.payload.instalments.length, 'échéance')}`,
        body: <Instalments of={fact.payload.instalments} />,
      };
    case 'insolvency-published':
      return {
        icon: 'insolvent',
        tone: 'dispute',
        title: fr`${PROCEEDINGS[fact.payload.proceeding]} publiée au BODACC`,
        body: <p>Jugement du {longDay(fact.payload.judgmentOn)}.</p>,
      };
    case 'claim-declared':
      return { icon: 'check', tone: 'good', title: 'Créance déclarée', body: said(fact.payload.text) };
    case 'letter-prepared':
      return {
        icon: 'letter',
        title: letterLink(fact.payload.letterId, fr`Mise en demeure de ${amount(fact.payload.total)} préparée`),
        body: <p>Dernier jour pour payer&#8239;: {longDay(fact.payload.deadlineOn)}.</p>,
      };
    case 'letter-posted':
      return {
        icon: 'registered',
        tone: 'info',
        title: letterLink(fact.payload.letterId, 'Mise en demeure postée'),
        body: (
          <p>
            {fact.payload.trackingNumber && <>Numéro {fact.payload.trackingNumber}. </>}
            Dernier jour pour payer&#8239;: {longDay(fact.payload.deadlineOn)}.
            {fact.payload.bankChecked && <> Compte vérifié avant l’envoi&#8239;: {fact.payload.bankChecked}</>}
          </p>
        ),
      };
    case 'letter-outcome':
      return { icon: 'receipt', tone: 'info', title: letterLink(fact.payload.letterId, OUTCOMES[fact.payload.outcome]) };
    case 'advice-decided':
      return tellDecision(fact);
    case 'timing-drawn':
    case 'timing-released':
      return tellTiming(fact);
    case 'claim-doubtful': {
      const { allowancePercent, text } = fact.payload;
      const rate = allowancePercent === undefined ? undefined : parsePercent(allowancePercent);
      const depreciated = rate ? fr`, dépréciée de ${percent(rate)}` : '';
      return { icon: 'question', title: `Créance classée douteuse${depreciated}`, body: said(text) };
    }
    case 'contract-rate-set':
      return { icon: 'interest', title: rateWords(fact.payload.percent) };
    case 'case-closed':
      return {
        icon: 'lock',
        tone: 'good',
        title: fr`Dossier fermé : ${CLOSING_REASONS[fact.payload.reason]}`,
        body: said(fact.payload.text),
      };
    case 'case-reopened':
      return { icon: 'history', title: 'Dossier rouvert', body: said(fact.payload.text) };
  }
}

const rateWords = (typed: string | null): string => {
  const rate = typed === null ? undefined : parsePercent(typed);
  return rate ? fr`Taux du contrat : ${percent(rate)} par an` : 'Taux de la loi';
};

/** What was agreed on the order of payments, and what it changed. */
function ImputationWords({ of: { reason, agreedOn, before, after } }: { of: FactOf<'imputation-agreed'>['payload'] }) {
  return (
    <>
      {said(reason)}
      {agreedOn && <p>Convenu le {longDay(agreedOn)}.</p>}
      {before !== undefined && after !== undefined && (
        <p>
          Dû ce jour-là&#8239;:{' '}
          {before === after ? `${amount(after)}, sans changement.` : `${amount(after)} au lieu de ${amount(before)}.`}
        </p>
      )}
    </>
  );
}

/** The instalments of a plan. */
export function Instalments({ of }: { of: readonly { readonly dueOn: Day; readonly amount: bigint }[] }) {
  return (
    <ul class="q-plain">
      {of.map(({ dueOn, amount: cents }) => (
        <li>
          {longDay(dueOn)}&#8239;: {amount(cents)}
        </li>
      ))}
    </ul>
  );
}
