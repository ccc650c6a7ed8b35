import type { Action } from '#core/advice/actions.ts';
import type { AdviceClaim, History } from '#core/advice/claim.ts';
import type { EventName } from '#core/advice/events.ts';
import type { LegalFacts } from '#core/advice/problem.ts';
import { type Day, daysBetween, isAfter } from '#core/kernel/day.ts';
import { parsePercent } from '#core/kernel/ratio.ts';
import { limitation } from '#core/law/limitation.ts';
import type { PartyQuality } from '#core/law/parties.ts';
import { type CaseView, factsOf } from '#modules/cases/index.ts';
import type { Answers } from './answers.ts';
import type { CompanyAdvice } from './settings.ts';

/** What of a case the advice looks at. Nothing personal but what the debtor is. */
export interface CaseBasis {
  readonly facts: CaseView['facts'];
  readonly state: CaseView['state'];
  readonly debtorKind: CaseView['party']['kind'];
  readonly country: string;
  readonly contractRatePercent: string | null;
  readonly past: CaseView['past'];
  readonly invoices: readonly Pick<
    CaseView['invoices'][number],
    'documentKind' | 'issuedOn' | 'dueOn' | 'currency' | 'netCents' | 'taxCents' | 'balanceCents'
  >[];
}

export const basisOf = (of: CaseView): CaseBasis => ({
  facts: of.facts,
  state: of.state,
  debtorKind: of.party.kind,
  country: of.party.country,
  contractRatePercent: of.contractRatePercent,
  past: of.past,
  invoices: of.invoices,
});

/** The day from which no court hears the claim any more. */
export interface Bar {
  readonly on: Day;
  readonly days: number;
  /** what it is counted from; a public buyer's limitation is not the one that is counted */
  readonly from: 'performance' | 'invoice' | 'public';
  /** passed, or less than a year away */
  readonly near: boolean;
}

/** A case put as a question to the engine. */
export interface CaseQuestion {
  readonly claim: AdviceClaim;
  readonly legal: LegalFacts;
  readonly bar?: Bar;
  /** what of it comes from the books rather than from a usual figure, in sentences */
  readonly known: readonly string[];
}

export type Asked = { readonly ask: CaseQuestion } | { readonly none: string };

/** French court steps, which do not work as they are against a debtor abroad. */
export const DOMESTIC: readonly Action[] = ['PSR', 'IP', 'REFERE', 'SUIT', 'AGENCY'];

/**
 * The question a case puts to the engine on a day: what is late and unpaid, what was done, what the user said. A case with nothing
 * late, closed, or whose claim is declared, asks nothing: `none` says why.
 */
export function questionOf(of: CaseBasis, answers: Answers, company: CompanyAdvice, today: Day): Asked {
  const { facts, state } = of;
  if (state.stage === 'closed') return { none: 'Ce dossier est fermé.' };
  if (state.stage === 'settled') return { none: 'Les factures sont payées\u202f: il n’y a plus rien à relancer.' };
  if (state.stage === 'insolvent' && state.next === undefined)
    return { none: 'La créance est déclarée\u202f: il n’y a plus qu’à attendre la procédure collective.' };
  if (state.stage === 'payment-announced') return { none: 'Un paiement est annoncé\u202f: voyez d’abord s’il est arrivé.' };
  if (state.stage === 'document-missing' || state.stage === 'not-delivered' || state.stage === 'withdrawn')
    return { none: 'Un statut de la plateforme attend votre réponse\u202f: rien ne se réclame avant.' };
  const late = of.invoices.filter((i) => i.documentKind === 'invoice' && i.balanceCents > 0n && isAfter(today, i.dueOn));
  if (late.length === 0) return { none: 'Rien n’est en retard\u202f: aucune étape à peser.' };
  if (late.some((i) => i.currency !== 'EUR')) return { none: 'Le conseil ne sait peser que des créances en euros.' };
  const oldest = late.reduce((a, b) => (isAfter(a.dueOn, b.dueOn) ? b : a));
  const ageDays = daysBetween(oldest.dueOn, today);
  const history = historyOf(of, answers);
  const left = late.reduce((sum, i) => sum + i.balanceCents, 0n);
  const debtor = debtorOf(of, answers);
  const since = lastContact(of, today);
  const abroad = of.country === 'FR' ? [] : DOMESTIC;
  const caps = {
    ...(company.outlayCap !== undefined && { outlay: company.outlayCap }),
    ...(company.lossCap !== undefined && { loss: company.lossCap }),
  };
  const published = factsOf(facts, 'insolvency-published').length > 0;
  const bar = barOf(of, answers, today);
  // Too near to be counted on, it is asked for.
  const told = bar && (bar.from === 'performance' || !bar.near);
  const books = booksOf(of, late);
  const suspected = of.past.insolvencyElsewhere && answers.solvency === undefined && !published;
  return {
    ask: {
      claim: {
        // The engine counts a broken plan's first instalment as cashed: what is left is then two thirds.
        principal: history.plan === 'broken' ? (left * 3n) / 2n : left,
        ageDays,
        vat: { regime: company.vatRegime ?? 'encaissements', rate: books.vatRate ?? USUAL_VAT },
        business: of.debtorKind !== 'consumer',
        solvency: published ? 'published' : (answers.solvency ?? (suspected ? 'bad' : 'unknown')),
        file: answers.file ?? 1,
        history,
        events: eventsOf(of, answers, today),
        forbid: [...new Set([...answers.forbid, ...abroad])],
        ...(books.lateRate !== undefined && { lateRate: books.lateRate }),
        ...(of.past.invoices > 0 && { customer: { invoices: of.past.invoices, late: of.past.late } }),
        ...(answers.founded && { disputeFounded: true }),
        ...(answers.vulnerable && { vulnerable: true }),
        ...(since !== undefined && { lastContactDays: since }),
        ...(Object.keys(caps).length > 0 && { caps }),
      },
      legal: {
        on: today,
        ...(company.quality && { creditor: company.quality }),
        ...(debtor && { debtor }),
        ...(told && { daysToBar: bar.days }),
      },
      ...(bar && { bar }),
      known: [...books.says, ...pastSays(of), ...(suspected ? [SUSPECTED] : [])],
    },
  };
}

/** The VAT rate of an invoice that does not tell it. */
const USUAL_VAT = 0.2;

const SUSPECTED =
  'Une procédure collective figure dans un ancien dossier de ce client\u202f: sa solvabilité est comptée mauvaise tant que vous ne dites pas le contraire. Vérifiez au BODACC.';

/** What the invoices and the contract tell: VAT as charged, weighted by what is left to pay, and the agreed late rate. */
function booksOf(of: CaseBasis, late: CaseBasis['invoices']) {
  const says: string[] = [];
  const told = late.filter((i) => i.netCents !== null && i.taxCents !== null && i.netCents > 0n && i.taxCents >= 0n);
  const left = told.reduce((sum, i) => sum + Number(i.balanceCents), 0);
  const vatRate =
    told.length === late.length && left > 0
      ? told.reduce((sum, i) => sum + (Number(i.taxCents) / Number(i.netCents)) * Number(i.balanceCents), 0) / left
      : undefined;
  const sensible = vatRate !== undefined && vatRate < 1 ? Math.round(vatRate * 10_000) / 10_000 : undefined;
  if (sensible !== undefined && sensible !== USUAL_VAT) says.push(`TVA lue sur les factures\u202f: ${percentWords(sensible)}.`);
  // Against a public body the code sets the rate, whatever the contract says.
  const agreed = of.contractRatePercent !== null && of.debtorKind !== 'public' ? parsePercent(of.contractRatePercent) : undefined;
  const lateRate = agreed && Number(agreed.n) / Number(agreed.d);
  if (lateRate !== undefined) says.push(`Intérêts de retard au taux convenu\u202f: ${percentWords(lateRate)} par an.`);
  return { says, ...(sensible !== undefined && { vatRate: sensible }), ...(lateRate !== undefined && { lateRate }) };
}

const percentWords = (share: number): string => `${String(Math.round(share * 10_000) / 100).replace('.', ',')}\u00a0%`;

function pastSays({ past }: CaseBasis): readonly string[] {
  const { invoices, late, paidOnTimeSince } = past;
  const before =
    invoices === 0
      ? []
      : [
          invoices === 1
            ? `Une facture d’avant de ce client, ${late === 1 ? 'payée en retard ou jamais' : 'payée à l’heure'}.`
            : `${invoices} factures d’avant de ce client, ${late === 0 ? 'toutes payées à l’heure' : `dont ${late} en retard ou jamais payée${late > 1 ? 's' : ''}`}.`,
        ];
  return paidOnTimeSince ? [...before, 'Depuis, il a payé à l’heure une autre de vos factures.'] : before;
}

function debtorOf({ debtorKind }: CaseBasis, answers: Answers): PartyQuality | undefined {
  if (debtorKind === 'consumer') return 'consumer';
  return debtorKind === 'public' ? 'public-body' : answers.debtor;
}

const WRITTEN: ReadonlySet<string> = new Set(['email', 'letter']);

/** The counters of what was done: contacts, the notice that went, the first answer, what was tried in vain. */
function historyOf({ facts, state }: CaseBasis, answers: Answers): History {
  const contacts = factsOf(facts, 'contact-made');
  const returned = new Set(
    factsOf(facts, 'letter-outcome').flatMap((f) => (f.payload.outcome === 'returned' ? [f.payload.letterId] : [])),
  );
  const med = factsOf(facts, 'letter-posted').some((f) => !returned.has(f.payload.letterId));
  const answer = facts.findIndex((f) => f.kind === 'promise-made' || f.kind === 'plan-agreed' || f.kind === 'dispute-raised');
  const disputed = state.stage === 'disputed' || answers.reply === 'dispute';
  const told = answer >= 0 ? ('promise' as const) : undefined;
  const signal = disputed ? 'dispute' : (told ?? (answers.reply === 'promise' ? 'promise' : undefined));
  // An answer supposes that the debtor was written to: at least the invoice.
  const emails = Math.min(3, contacts.filter((f) => WRITTEN.has(f.payload.channel)).length);
  const calls = Math.min(2, contacts.filter((f) => !WRITTEN.has(f.payload.channel)).length);
  const atLeast = signal && emails + calls + (med ? 1 : 0) === 0 ? 1 : emails;
  const all = atLeast + calls + (med ? 1 : 0);
  const before = contacts.filter((f) => answer >= 0 && facts.indexOf(f) < answer).length;
  const plan = planOf({ facts }) ?? answers.tried.plan;
  return {
    ...answers.tried,
    emails: atLeast,
    calls,
    ...(med && { med: true }),
    ...(signal && { signal, silent: Math.min(before, all) }),
    ...(plan && { plan }),
  };
}

/**
 * A plan broken after its first instalment, or before it, which the engine reads as a refusal. One that still runs is read as broken
 * too: the advice is held until its next day, and says what to do if nothing comes then.
 */
function planOf({ facts }: Pick<CaseBasis, 'facts'>): History['plan'] | undefined {
  const agreed = factsOf(facts, 'plan-agreed').at(-1);
  if (!agreed) return undefined;
  const since = facts.slice(facts.indexOf(agreed));
  return factsOf(since, 'payment-recorded').length > 0 ? 'broken' : 'refused';
}

/** How a payment that the bank sent back is told, by the bank's own line or by hand. */
const REJECTED = /rejet|impay|sans provision/i;

/** Clues the story tells by itself, and those the user ticked. */
function eventsOf({ facts, past }: CaseBasis, answers: Answers, today: Day): readonly EventName[] {
  const found = new Set<EventName>(answers.clues);
  const outcomes = factsOf(facts, 'letter-outcome').map((f) => f.payload.outcome);
  if (outcomes.includes('unclaimed')) found.add('registeredLetterUnclaimed');
  if (outcomes.includes('returned')) found.add('mailReturnedUnknownAddress');
  const lapsed = factsOf(facts, 'promise-made').filter((f) => isAfter(today, f.payload.payBy));
  if (lapsed.length >= 2) found.add('secondPromiseBroken');
  if (factsOf(facts, 'payment-recorded').length > 0 && planOf({ facts }) === undefined) found.add('promiseKeptInPart');
  if (factsOf(facts, 'payment-reversed').some((f) => REJECTED.test(f.payload.reason))) found.add('bouncedPayment');
  if (past.paidOnTimeSince) found.add('paidOtherInvoicesOnTime');
  return [...found].sort();
}

function lastContact({ facts }: CaseBasis, today: Day): number | undefined {
  const days = facts
    .filter((f) => f.kind === 'contact-made' || f.kind === 'letter-posted')
    .map((f) => daysBetween(f.on, today))
    .filter((days) => days >= 0);
  return days.length > 0 ? Math.min(...days) : undefined;
}

/** Margin kept where the day of the bar is not sure: the performance comes before the invoice, seldom by more than a year. */
const MARGIN_DAYS = 365;

/**
 * When the claim is barred, as far as can be told: from the end of the performance the user gave, otherwise from the oldest invoice.
 * Interruptions are not counted: prudent.
 */
function barOf(of: CaseBasis, answers: Answers, today: Day): Bar | undefined {
  const issued = of.invoices
    .filter((i) => i.documentKind === 'invoice' && i.balanceCents > 0n)
    .map((i) => i.issuedOn)
    .sort(Temporal.PlainDate.compare)[0];
  const startsOn = answers.performedOn ?? issued;
  if (!startsOn) return undefined;
  const answer = limitation({ relation: of.debtorKind === 'consumer' ? 'consumer' : 'professional', startsOn });
  if (answer.status !== 'computed') return undefined;
  const on = answer.value.barredOn;
  const days = daysBetween(today, on);
  // Against a public buyer another limitation runs, which is not encoded.
  const from = of.debtorKind === 'public' ? 'public' : answers.performedOn ? 'performance' : 'invoice';
  return { on, days, from, near: days <= MARGIN_DAYS };
}
