import type { Customer, Writing } from './bank-customers.ts';
import type { Chance } from './random.ts';

/** Shares of the lines that quote a number. */
export const WORD_RATES = { slip: 0.012, ownReference: 0.1, date: 0.12 } as const;

const BEFORE = [
  'FACT ',
  'FACTURE ',
  'FACTURE N ',
  'FAC ',
  'REGLEMENT FACTURE ',
  'PAIEMENT ',
  'Fact. n° ',
  'REGLT ',
  'VIR FAC ',
  '',
  '',
];
const VAGUE = [
  'FACTURE',
  'REGLEMENT',
  'VIREMENT',
  'PAIEMENT FOURNISSEUR',
  'SOLDE',
  'Règlement de votre facture',
  '',
  'PRESTATION',
  'NOTPROVIDED',
];

/** A number as this customer writes it. */
function writeNumber(chance: Chance, number: string, writing: Writing): string {
  const [head = '', serial = ''] = number.split('-');
  const prefix = head.replace(/\d/g, '');
  const year = head.replace(/\D/g, '');
  switch (writing) {
    case 'glued':
      return `${head}${serial}`;
    case 'spaced':
      return `${prefix} ${year} ${serial}`;
    case 'no-zeros':
      return `${head}-${Number(serial)}`;
    case 'no-prefix':
      return chance.happens(0.5) ? `${year}-${serial}` : `${year}${serial}`;
    case 'serial':
      return chance.happens(0.5) ? serial : String(Number(serial));
    case 'letters':
      return number.replace(/0/g, () => (chance.happens(0.5) ? 'O' : '0')).replace(/1/g, () => (chance.happens(0.4) ? 'I' : '1'));
    case 'dotted':
      return `${prefix}.${year}.${serial}`;
    case 'wordy':
      return `votre facture n° ${number.toLowerCase()}`;
    default:
      return number;
  }
}

/** One wrong key: a digit changed, two exchanged, one left out. */
function slip(chance: Chance, text: string): string {
  const places = [...text.matchAll(/\d/g)].map((m) => m.index);
  if (places.length < 3) return text;
  const at = chance.of(places);
  const kind = chance.whole(3);
  if (kind === 0) return `${text.slice(0, at)}${chance.whole(10)}${text.slice(at + 1)}`;
  if (kind === 1) return text.slice(0, at) + text.slice(at + 1);
  return `${text.slice(0, at)}${text[at + 1] ?? ''}${text[at]}${text.slice(at + 2)}`;
}

/** What the customer writes as the reason of a transfer for these invoices. */
export function reasonOf(chance: Chance, customer: Customer, numbers: readonly string[], paidOn: string): string {
  if (!chance.happens(customer.quotes)) return chance.of(VAGUE);
  const [first = ''] = numbers;
  const before = customer.writing === 'wordy' ? '' : chance.of(BEFORE);
  let text = before + writeNumber(chance, first, customer.writing);
  if (numbers.length > 1) {
    if (customer.listing === 'slash') {
      const tails = numbers.slice(1).map((n) => commonEnd(first, n));
      text = `${before}${writeNumber(chance, first, customer.writing === 'serial' ? 'exact' : customer.writing)}/${tails.join('/')}`;
    } else if (customer.listing === 'numbers') {
      text = before + numbers.map((n) => writeNumber(chance, n, customer.writing)).join(chance.of([' ', ', ', ' + ', ' / ']));
    } else if (customer.listing === 'first') {
      text += chance.of([' ET AUTRES', ' ET SUIVANTES', '...']);
    } else {
      text = chance.of(['RELEVE ', 'VOTRE RELEVE DU ', 'FACTURES ']) + paidOn.slice(3);
    }
  }
  if (chance.happens(WORD_RATES.slip)) text = slip(chance, text);
  if (chance.happens(WORD_RATES.date)) text += ` DU ${paidOn}`;
  if (chance.happens(WORD_RATES.ownReference))
    text = `${chance.of(['NREF ', 'CLT ', 'CDE '])}${chance.between(1000, 999_999)} ${text}`;
  return text;
}

/** The end of a number that differs from another's, three digits at least. */
function commonEnd(first: string, other: string): string {
  let at = 0;
  while (at < other.length - 3 && first[at] === other[at]) at += 1;
  return other.slice(at);
}

/** The line's text as the bank of the customer sends it. */
export function bankText(chance: Chance, customer: Customer, name: string, reason: string): string {
  const { template, cutAt } = customer.bank;
  const cut = reason.slice(0, cutAt);
  if (template === 'sepa') return `VIR SEPA RECU /DE ${name} /MOTIF ${cut} /REF ${chance.between(1e8, 1e9 - 1)}`;
  if (template === 'instant') return `VIR INST ${name} ${cut}`.trim();
  return cut;
}
