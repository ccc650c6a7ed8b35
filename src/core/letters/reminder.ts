import type { Day } from '../kernel/day.ts';
import { frenchAmount, frenchDay } from '../kernel/french.ts';
import type { Money } from '../kernel/money.ts';
import { fr, frenchList, groupedIban } from './typography.ts';

/** Numbers that a subject holds. */
const NAMED = 3;

/** What a reminder is written from. */
export interface ReminderFacts {
  /** who signs: a person and the firm, or the firm alone */
  readonly creditor: { readonly name: string; readonly signatory?: string; readonly iban?: string };
  /** the case, for the reference of the transfer */
  readonly reference: string;
  /** late invoices, the oldest due first; one at least */
  readonly invoices: readonly ReminderInvoice[];
  /** messages, calls and letters that went before */
  readonly earlier: number;
}

export interface ReminderInvoice {
  readonly number: string;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly amount: Money;
  readonly left: Money;
}

/** A message in plain text, to be sent by the user from his own mailbox. */
export interface Reminder {
  readonly subject: string;
  readonly body: string;
}

/**
 * A reminder by mail. The first asks whether something is in the way; the next ones ask for a day, and leave the door open to a
 * dispute or to instalments. None threatens: what the law adds and what may follow belong to the formal notice, with its figures.
 * Throws a RangeError without an invoice (a bug of the caller).
 */
export function composeReminder({ creditor, reference, invoices, earlier }: ReminderFacts): Reminder {
  const [first] = invoices;
  if (!first) throw new RangeError('a reminder needs a late invoice');
  const alone = invoices.length === 1;
  const numbers = alone ? fr`Facture ${first.number}` : fr`Factures ${named(invoices.map((one) => one.number))}`;
  const facts = alone
    ? [fr`Sauf erreur, la facture ${told(first)} n'est pas encore réglée.`]
    : [fr`Sauf erreur, ces factures ne sont pas encore réglées :`, ...invoices.map((invoice) => `– ${told(invoice)}`)];
  return {
    subject: earlier === 0 ? fr`${numbers} : où en est le paiement ?` : fr`${numbers} : rappel`,
    body: [
      'Bonjour,',
      facts.join('\n'),
      ...(earlier === 0 ? opening(alone) : insisting()),
      ...(creditor.iban
        ? [fr`Pour le virement : IBAN ${groupedIban(creditor.iban.replace(/\s/g, ''))}, référence ${reference}.`]
        : []),
      'Bien cordialement,',
      [creditor.signatory, creditor.name].filter((line) => line !== undefined && line !== '').join('\n'),
    ].join('\n\n'),
  };
}

/** « F-12 du 1er mars 2026, de 4 800,00 €, échue le 31 mars 2026 » */
function told({ number, issuedOn, dueOn, amount, left }: ReminderInvoice): string {
  const rest = left.cents === amount.cents ? '' : fr`, dont il reste ${frenchAmount(left)}`;
  return fr`${number} du ${frenchDay(issuedOn)}, de ${frenchAmount(amount)}${rest}, échue le ${frenchDay(dueOn)}`;
}

/** « F-1, F-2 et F-3 », « F-1, F-2, F-3 et 4 autres » */
const named = (numbers: readonly string[]): string =>
  frenchList(numbers.length <= NAMED ? numbers : [...numbers.slice(0, NAMED), `${numbers.length - NAMED} autres`]);

const opening = (alone: boolean): string[] => [
  alone
    ? fr`Est-elle bien arrivée, et quelque chose en retarde-t-il le paiement ?`
    : fr`Sont-elles bien arrivées, et quelque chose en retarde-t-il le paiement ?`,
  fr`Si le virement est déjà parti, merci d'en donner la date et de ne pas tenir compte de ce message.`,
];

const insisting = (): string[] => [
  fr`Merci d'indiquer le jour où le paiement arrivera, ou ce qui l'empêche. Si un point ne convient pas, dites lequel : il aura une réponse. Un paiement en plusieurs fois peut aussi se convenir.`,
  fr`Si le virement est déjà parti, merci d'en donner la date et de ne pas tenir compte de ce message.`,
];
