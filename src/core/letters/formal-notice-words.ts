import type { StatementOfAccount } from '../claim/statement.ts';
import { frenchAmount, frenchDay, frenchPercent } from '../kernel/french.ts';
import { type Money, money } from '../kernel/money.ts';
import { computed } from '../kernel/outcome.ts';
import { addRatio, compareRatio, multiplyRatio, type Ratio, ratio } from '../kernel/ratio.ts';
import { roundQuotient } from '../kernel/rounding.ts';
import { legalRate } from '../law/rates.ts';
import type { FormalNoticeFacts } from './facts.ts';
import type { LetterSection } from './formal-notice-model.ts';
import { fr, frenchList } from './typography.ts';

/**
 * The sentences of the notice. They say what is owed and why, what may follow as a possibility the law really gives against that
 * kind of debtor, and how to answer. Nothing is threatened, nothing is presented as decided. Source: law sheet, sections 1, 3, 5, 7, 8, 9.
 */
type Voice = (we: string, one: string) => string;

/** A company says « nous », a sole trader « je ». */
const voiceOf =
  (soleTrader: boolean): Voice =>
  (we, one) =>
    soleTrader ? one : we;

/** The court of a payment order is that of the debtor's domicile; abroad another law may decide. */
const inFrance = (facts: FormalNoticeFacts): boolean => (facts.debtor.address.country ?? 'FR') === 'FR';

export function openingWords(facts: FormalNoticeFacts): string[] {
  const { invoices, asOf } = facts.statement;
  const [only] = invoices.length === 1 ? invoices : [];
  const owing = invoices.filter((invoice) => invoice.principal.cents > 0n).length;
  const on = frenchDay(asOf);
  if (owing === 0) {
    return [
      only
        ? fr`La facture ci-dessous a été réglée après son échéance, le ${frenchDay(only.dueOn)}. Les sommes nées de ce retard restent dues au ${on}.`
        : fr`Les ${invoices.length} factures ci-dessous ont été réglées après leur échéance. Les sommes nées de ce retard restent dues au ${on}.`,
    ];
  }
  if (owing < invoices.length) {
    return [
      fr`Les ${invoices.length} factures ci-dessous sont arrivées à échéance. Au ${on}, ${owing} d'entre elles restent impayées ; les autres ont été réglées en retard et les sommes nées de ce retard restent dues.`,
    ];
  }
  const partly = invoices.some((invoice) => invoice.imputations.some((line) => line.kind === 'payment'));
  const despite = partly ? fr`, malgré ${only ? 'un paiement partiel' : 'des paiements partiels'}` : '';
  return [
    only
      ? fr`La facture ci-dessous est arrivée à échéance le ${frenchDay(only.dueOn)}. Au ${on}, elle reste impayée${despite}.`
      : fr`Les ${invoices.length} factures ci-dessous sont arrivées à échéance. Au ${on}, elles restent impayées${despite}.`,
  ];
}

/** The summons itself (C. civ. 1344). A public buyer has 45 days more for the accessories (CCP R2192-36). */
export function demandSentence({ creditor, statement }: FormalNoticeFacts, amount: string, deadline: string): string {
  const ask = voiceOf(creditor.soleTrader)('nous vous demandons', 'je vous demande');
  if (statement.debtor !== 'public') {
    return fr`Par cette lettre, qui vaut mise en demeure au sens de l'article 1344 du code civil, ${ask} de payer la somme de ${amount} au plus tard le ${deadline}.`;
  }
  const summons = fr`Par cette lettre, qui vaut mise en demeure, ${ask} de payer la somme de ${amount}`;
  const accessories = statement.interest.cents + statement.indemnity.cents > 0n;
  if (!accessories || statement.principal.cents === 0n) return fr`${summons} au plus tard le ${deadline}.`;
  return fr`${summons} : le principal au plus tard le ${deadline}, les intérêts et l'indemnité dans les quarante-cinq jours qui suivent sa mise en paiement (article R2192-36 du code de la commande publique).`;
}

export function bodySections(facts: FormalNoticeFacts, deadline: string): LetterSection[] {
  return [basis(facts), ifUnpaid(facts), ifDisagreed(facts, deadline)].filter((section) => section.paragraphs.length > 0);
}

/** Why the accessories are due, at which rate, and how much they grow by each day. */
function basis(facts: FormalNoticeFacts): LetterSection {
  const { debtor } = facts.statement;
  const title = debtor === 'consumer' ? fr`Intérêts` : fr`Intérêts de retard et indemnité`;
  const paragraphs =
    debtor === 'business' ? businessBasis(facts) : debtor === 'public' ? publicBasis(facts) : consumerBasis(facts);
  return { title, paragraphs };
}

function businessBasis(facts: FormalNoticeFacts): string[] {
  const { statement } = facts;
  const rate = facts.contractRate
    ? fr`au taux convenu entre les parties`
    : fr`au taux de la Banque centrale européenne majoré de dix points`;
  const interest =
    statement.interest.cents > 0n
      ? [
          fr`Les intérêts de retard sont dus dès le lendemain de l'échéance, sans qu'un rappel soit nécessaire (article L441-10, II du code de commerce). Ils sont calculés ${rate}, soit ${rates(statement)} l'an. ${running(facts)}`,
        ]
      : [];
  const indemnity =
    statement.indemnity.cents > 0n
      ? [
          fr`Une indemnité forfaitaire de 40 € pour frais de recouvrement est due pour chaque facture payée en retard (articles L441-10, II et D441-5 du code de commerce).`,
        ]
      : [];
  return joined([...interest, ...indemnity, ...withoutVat(statement)]);
}

function publicBasis(facts: FormalNoticeFacts): string[] {
  const { statement } = facts;
  const interest =
    statement.interest.cents > 0n
      ? [
          fr`Les intérêts moratoires courent du lendemain de l'expiration du délai de paiement jusqu'à la mise en paiement du principal incluse, au taux de la Banque centrale européenne en vigueur au premier jour du semestre où ils ont commencé à courir, majoré de huit points (articles R2192-31 et R2192-32 du code de la commande publique), soit ${rates(statement)} l'an. ${running(facts)}`,
        ]
      : [];
  const indemnity =
    statement.indemnity.cents > 0n
      ? [
          fr`Une indemnité forfaitaire de 40 € pour frais de recouvrement s'y ajoute pour chaque facture payée en retard (article D2192-35 du même code).`,
        ]
      : [];
  return joined([...interest, ...indemnity, ...withoutVat(statement)]);
}

function consumerBasis(facts: FormalNoticeFacts): string[] {
  const { statement } = facts;
  const legal = fr`(articles 1231-6 et 1344-1 du code civil)`;
  const which = facts.contractRate ? fr`au taux convenu` : fr`au taux légal`;
  if (statement.interest.cents > 0n) {
    return [
      fr`La somme due produit intérêt ${which} ${legal}, soit ${rates(statement)} l'an. ${running(facts)} Aucuns frais de recouvrement ne vous sont demandés.`,
    ];
  }
  const known = facts.contractRate ? computed(facts.contractRate, []) : legalRate(facts.date, 'other', facts.law);
  const today = known.status === 'computed' ? fr`, actuellement de ${frenchPercent(known.value)} l'an,` : '';
  return [
    fr`La somme due produira intérêt ${which}${today} à compter de la réception de cette lettre et jusqu'au paiement ${legal}. Aucuns frais de recouvrement ne vous sont demandés.`,
  ];
}

const joined = (sentences: readonly string[]): string[] => (sentences.length > 0 ? [sentences.join(' ')] : []);

const withoutVat = (statement: StatementOfAccount): string[] =>
  statement.interest.cents + statement.indemnity.cents > 0n ? [fr`Ces sommes ne sont pas soumises à la TVA.`] : [];

/** « Ils s'élèvent à … au … et continuent de courir à raison de … par jour. » */
function running({ statement, contractRate }: FormalNoticeFacts): string {
  const until = fr`Ils s'élèvent à ${frenchAmount(statement.interest)} au ${frenchDay(statement.asOf)}`;
  const perDay = dailyInterest(statement);
  // A public buyer's rate and an agreed rate stay what they are; the others change with the half-year.
  const changes = statement.debtor !== 'public' && !contractRate;
  if (perDay === undefined || perDay.cents === 0n) return fr`${until}.`;
  const current = changes ? fr` au taux actuel` : '';
  return fr`${until} et continuent de courir jusqu'au paiement, à raison de ${frenchAmount(perDay)} par jour${current}.`;
}

/** The rates applied, in the order of time: « 12,15 % puis 12,40 % ». */
function rates(statement: StatementOfAccount): string {
  const lines = statement.invoices.flatMap((invoice) => invoice.lines).sort((a, b) => Temporal.PlainDate.compare(a.from, b.from));
  const found: Ratio[] = [];
  for (const { rate } of lines) if (!found.some((known) => compareRatio(known, rate) === 0)) found.push(rate);
  const written = found.map(frenchPercent);
  if (statement.debtor === 'public' || written.length < 2) return frenchList(written);
  return fr`${written.slice(0, -1).join(', ')} puis ${written[written.length - 1] ?? ''}`;
}

/**
 * What one more day adds to the interest, in cents rounded half-up: the sum of principal × current rate / 365. Undefined when an
 * invoice that still owes principal has no line up to the day of the statement: its rate is not known.
 */
export function dailyInterest(statement: StatementOfAccount): Money | undefined {
  let perDay = ratio(0n);
  for (const { principal, lines } of statement.invoices) {
    if (principal.cents === 0n) continue;
    const current = lines.find((line) => line.to.equals(statement.asOf));
    if (!current) return undefined;
    perDay = addRatio(perDay, multiplyRatio(current.rate, ratio(principal.cents, 365n)));
  }
  return money(roundQuotient(perDay.n, perDay.d, 'half-up'), statement.principal.currency);
}

/** What may lawfully follow, told as a possibility. Nothing else. */
function ifUnpaid(facts: FormalNoticeFacts): LetterSection {
  const say = voiceOf(facts.creditor.soleTrader);
  const reserve = say('nous nous réservons', 'je me réserve');
  const kind = facts.statement.debtor;
  const title = fr`À défaut de paiement`;
  const start = fr`Sans paiement ni réponse de votre part à cette date, ${reserve} la possibilité de saisir`;
  if (kind === 'public') return { title, paragraphs: [fr`${start} le juge compétent, en principe le juge administratif.`] };
  if (!inFrance(facts)) return { title, paragraphs: [fr`${start} le juge compétent.`] };
  const court = kind === 'business' ? fr`de votre siège ou de votre domicile` : fr`de votre domicile`;
  return {
    title,
    paragraphs: [
      fr`${start} le juge, par exemple en lui présentant une requête en injonction de payer devant le tribunal ${court} (articles 1405 et 1406 du code de procédure civile).`,
    ],
  };
}

/** How to answer: a disagreement, a difficulty, a payment that crossed the letter. */
function ifDisagreed(facts: FormalNoticeFacts, deadline: string): LetterSection {
  const say = voiceOf(facts.creditor.soleTrader);
  const kind = facts.statement.debtor;
  const tell = say('dites-le-nous', 'dites-le-moi');
  const read = say('Nous examinerons', 'J’examinerai');
  const first = fr`Si vous contestez tout ou partie de cette somme, ${tell} par écrit avant le ${deadline}, en indiquant ce que vous contestez, pour quelles raisons, et en joignant les pièces utiles. ${read} votre réponse.`;
  const instalments = fr`Si vous ne pouvez pas payer en une seule fois, proposez dans le même délai un échéancier précis (dates et montants) : ${say('nous l’étudierons', 'je l’étudierai')}.`;
  const mediation =
    kind === 'business'
      ? fr`${say('Nous acceptons', 'J’accepte')} aussi de recourir au Médiateur des entreprises, service gratuit et confidentiel.`
      : fr`${say('Nous acceptons', 'J’accepte')} aussi de rencontrer avec vous un conciliateur de justice ; cette démarche est gratuite.`;
  return {
    title: facts.instalments ? fr`Un désaccord, une difficulté` : fr`Un désaccord`,
    paragraphs: [
      first,
      ...joined([...(facts.instalments ? [instalments] : []), ...(facts.mediation && kind !== 'public' ? [mediation] : [])]),
    ],
  };
}

export function closingWords(facts: FormalNoticeFacts): string[] {
  const say = voiceOf(facts.creditor.soleTrader);
  return [
    fr`Si votre paiement a croisé cette lettre, ${say('indiquez-nous', 'indiquez-moi')} simplement sa date ; il viendra en déduction.`,
    fr`Veuillez agréer, Madame, Monsieur, ${say('nos', 'mes')} salutations distinguées.`,
  ];
}
