import type { Day } from '../kernel/day.ts';
import { frenchAmount, frenchDay } from '../kernel/french.ts';
import { type Currency, money } from '../kernel/money.ts';
import type { Habit } from './habits.ts';
import type { Evidence } from './model.ts';
import { foldText } from './text.ts';

/** The sentences of a match. Each quotes the words or the figures it relies on. */

const NNBSP = '\u202f';
export const quoted = (words: string): string => `«${NNBSP}${words.trim()}${NNBSP}»`;
const amount = (cents: bigint, currency: Currency): string => frenchAmount(money(cents, currency));

/** « F1, F2 et 3 autres » */
export function frenchNumbers(numbers: readonly string[]): string {
  const shown = numbers.length > 6 ? [...numbers.slice(0, 5), `${numbers.length - 5} autres`] : numbers;
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} et ${shown.at(-1)}`;
}

/** « de Menuiserie Verdier », « d’Agence Boréale » */
const ofName = (party: string): string => `${/^[aeiouàâéèêëîïôûœ]/i.test(party) ? 'd’' : 'de '}${party}`;

const because = (about: Evidence['about'], says: string): Evidence => ({ about, says });

export const evidence = {
  reference: (read: string): Evidence => because('reference', `Le virement porte la référence ${quoted(read)}.`),
  number: (number: string, read: string): Evidence =>
    because('number', `Le libellé cite la facture ${number}${same(number, read) ? '' : ` (${quoted(read)})`}.`),
  serial: (number: string, read: string): Evidence =>
    because('number', `Le libellé contient ${quoted(read)}, la fin du numéro ${number}.`),
  cut: (number: string, read: string): Evidence =>
    because('number', `Le libellé se termine par ${quoted(read)}, le début du numéro ${number}, coupé par la banque.`),
  slip: (number: string, read: string): Evidence =>
    because('number', `Le libellé porte ${quoted(read)}, à un caractère près le numéro ${number}.`),
  exact: (cents: bigint, currency: Currency): Evidence =>
    because('amount', `Le montant, ${amount(cents, currency)}, est exactement ce qui reste dû.`),
  sum: (cents: bigint, currency: Currency, numbers: readonly string[]): Evidence =>
    because('amount', `Le montant, ${amount(cents, currency)}, est exactement le total de ${frenchNumbers(numbers)}.`),
  onlySum: (): Evidence =>
    because('amount', 'C’est la seule combinaison de factures ouvertes de ce client qui donne ce montant.'),
  habit: (habit: Habit, number: string): Evidence => {
    const known = habit.collected ? 'prélèvements' : 'paiements';
    const usual = habit.collected ? 'le serait à un jour où nous prélevons' : 'est payée comme ce client paie d’habitude';
    const when = `${habit.payments}${NNBSP}${known} sûrs, ${lags(habit.from, habit.to)}`;
    return because('amount', `De ses factures de ce montant, seule ${number} ${usual} (${when}).`);
  },
  tooEarly: (lag: number, payments: number, number: string): Evidence =>
    because(
      'amount',
      `De ses factures de ce montant, seule ${number} peut être payée ce jour-là${NNBSP}: presque aucun client ne paie les autres si tôt (${payments}${NNBSP}virements sûrs, au plus tôt ${lags(lag, lag)}).`,
    ),
  partial: (cents: bigint, left: bigint, currency: Currency): Evidence =>
    because('amount', `Le montant, ${amount(cents, currency)}, est une partie des ${amount(left, currency)} qui restent dus.`),
  share: (percent: string, cents: bigint, currency: Currency): Evidence =>
    because('amount', `Le montant, ${amount(cents, currency)}, est exactement ${percent}\u00a0% de ce qui reste dû.`),
  onlyDebt: (number: string): Evidence => because('amount', `La facture ${number} est la seule que ce client doive ce jour-là.`),
  onlyLike: (): Evidence =>
    because('amount', 'Aucune autre facture ouverte de ce client, ni aucune somme d’entre elles, n’explique ce montant.'),
  fee: (short: bigint, currency: Currency): Evidence =>
    because('amount', `Il manque ${amount(short, currency)}, ce que retient une banque sur un virement.`),
  discount: (short: bigint, percent: string, currency: Currency): Evidence =>
    because('amount', `Il manque ${amount(short, currency)}, soit un escompte de ${percent}\u00a0%.`),
  accessories: (beyond: bigint, currency: Currency, whole: boolean): Evidence =>
    because(
      'amount',
      `Le montant dépasse le solde de ${amount(beyond, currency)}, ${whole ? 'exactement' : 'pas plus que'} les pénalités et l’indemnité de 40\u00a0€ exigibles ce jour-là.`,
    ),
  overpaid: (surplus: bigint, currency: Currency): Evidence =>
    because('doubt', `Le montant dépasse de ${amount(surplus, currency)} ce qui est dû.`),
  iban: (iban: string, party: string): Evidence => because('payer', `L’IBAN ${iban} est celui ${ofName(party)}.`),
  learnedIban: (iban: string, party: string, times: number): Evidence =>
    because('payer', `L’IBAN ${iban} a déjà payé pour ${party} (${times}${NNBSP}fois).`),
  batchIban: (iban: string, party: string): Evidence =>
    because('payer', `L’IBAN ${iban} paie aussi d’autres factures ${ofName(party)}, citées par leur numéro.`),
  batchName: (read: string, party: string): Evidence =>
    because('payer', `Un payeur nommé ${quoted(read)} paie aussi d’autres factures ${ofName(party)}, citées par leur numéro.`),
  amountsOfIban: (iban: string, party: string, amounts: number): Evidence =>
    because('payer', `L’IBAN ${iban} ${amountsOf(amounts, party)}.`),
  amountsOfName: (read: string, party: string, amounts: number): Evidence =>
    because('payer', `Un payeur nommé ${quoted(read)} ${amountsOf(amounts, party)}.`),
  onlyDebtor: (party: string, number: string): Evidence =>
    because('payer', `Parmi les clients qui peuvent être ce payeur, seul ${party} (facture ${number}) doit ce montant.`),
  name: (read: string, party: string): Evidence =>
    because(
      'payer',
      same(read, party) ? `Le payeur s’appelle ${quoted(read)}.` : `Le payeur ${quoted(read)} ressemble à ${quoted(party)}.`,
    ),
  nameInText: (party: string): Evidence => because('payer', `Le libellé nomme ${quoted(party)}.`),
  learnedName: (read: string, party: string, times: number): Evidence =>
    because('payer', `Un payeur nommé ${quoted(read)} a déjà payé pour ${party} (${times}${NNBSP}fois).`),
  otherPayer: (party: string): Evidence =>
    because('doubt', `Le payeur est plutôt ${party}, à qui cette facture n’est pas adressée.`),
  severalPayers: (parties: readonly string[]): Evidence =>
    because('doubt', `Plusieurs clients peuvent être ce payeur${NNBSP}: ${frenchNumbers(parties)}.`),
  severalWays: (): Evidence => because('doubt', 'D’autres factures de ce client expliquent aussi ce montant.'),
  ambiguousNumber: (): Evidence =>
    because('doubt', 'Le numéro cité peut désigner plusieurs factures, ou avoir été coupé par la banque.'),
  chance: (): Evidence => because('doubt', 'Avec autant de factures ouvertes, ce total peut être une coïncidence.'),
  unknownNumber: (read: string): Evidence =>
    because('doubt', `Le libellé cite ${quoted(read)}, qui n’est le numéro d’aucune facture ouverte.`),
  onceForAnother: (party: string): Evidence =>
    because('doubt', `Ce payeur n’a payé qu’une fois pour ${party}, et un autre client doit aussi ce montant.`),
  otherPurpose: (read: string): Evidence =>
    because('doubt', `Le libellé parle peut-être d’autre chose que de cette facture${NNBSP}: ${quoted(read)}.`),
  settled: (number: string): Evidence => because('doubt', `La facture ${number}, citée dans le libellé, est déjà soldée.`),
  notIssued: (number: string, on: Day): Evidence =>
    because('doubt', `La facture ${number} n’était pas encore émise (${frenchDay(on)}).`),
  currency: (read: Currency, due: Currency): Evidence =>
    because('doubt', `Le virement est en ${read}, la facture citée en ${due}${NNBSP}: le montant n’est pas comparable.`),
  onAccount: (): Evidence =>
    because('amount', 'Rien ne dit quelle facture est payée\u202f: les plus anciennes d’abord (C. civ. art. 1342-10).'),
  elsewhere: (number: string, entity: string): Evidence =>
    because(
      'number',
      `Le libellé cite la facture ${number}, émise par ${entity}\u202f: ce paiement est à refuser ou à reverser.`,
    ),
  takesBack: (on: Day, cents: bigint, currency: Currency): Evidence =>
    because('reversal', `Un encaissement de ${amount(cents, currency)} du ${frenchDay(on)} a le même montant et le même payeur.`),
  returned: (read: string): Evidence => because('reversal', `La banque écrit ${quoted(read)}.`),
  takenBack: (on: Day): Evidence => because('reversal', `Cet encaissement est repris le ${frenchDay(on)}.`),
  severalCredits: (): Evidence => because('doubt', 'Plusieurs encaissements de ce payeur ont ce montant.'),
  plainDebit: (): Evidence => because('doubt', 'Cette sortie ne reprend aucun encaissement connu.'),
  nobody: (): Evidence => because('doubt', 'Ni numéro, ni payeur connu, ni montant qui convienne.'),
  nothingOwed: (party: string): Evidence => because('doubt', `${party} ne doit rien qui convienne à ce montant.`),
};

/** « de 3 jours avant à 12 jours après l’échéance » */
function lags(from: number, to: number): string {
  const days = (n: number): string =>
    n === 0 ? 'le jour même' : `${Math.abs(n)} jour${Math.abs(n) > 1 ? 's' : ''} ${n < 0 ? 'avant' : 'après'}`;
  if (from === 0 && to === 0) return 'le jour de l’échéance';
  return from === to ? `${days(from)} l’échéance` : `entre ${days(from)} et ${days(to)} l’échéance`;
}

const amountsOf = (amounts: number, party: string): string =>
  amounts === 1
    ? `cite la fin du numéro d’une facture ${ofName(party)} et en paie le montant au centime`
    : `verse ${amounts} montants différents dus au centime par ${party}, et par aucun autre client à la fois`;

const bare = (text: string): string => foldText(text).replace(/[^A-Z0-9]/g, '');
const same = (a: string, b: string): boolean => bare(a) === bare(b);
