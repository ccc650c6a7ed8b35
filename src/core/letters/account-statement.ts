import { type Day, daysBetween } from '../kernel/day.ts';
import { frenchAmount, frenchDay } from '../kernel/french.ts';
import { money } from '../kernel/money.ts';
import { shortDay } from './annex.ts';
import type { CreditorProfile, Debtor } from './facts.ts';
import { letterFooter, recipientLines, senderLines, senderName } from './identity.ts';
import { counted, fr, groupedIban, printable } from './typography.ts';

/** One entry of a debtor's account. */
export interface AccountEntry {
  readonly on: Day;
  readonly kind:
    | 'invoice'
    | 'credit-note'
    | 'payment'
    | 'set-off'
    | 'listed'
    | 'reversal'
    | 'refund'
    /** interest and indemnity that a payment covered: the books bear them from that day */
    | 'accessories'
    /** a bank's fee or a discount that the creditor bears */
    | 'given-up';
  /** the document's number, or what the bank says */
  readonly reference: string;
  /** signed: positive, the debtor owes more; in cents of the account's currency */
  readonly cents: bigint;
}

/** An invoice that is not wholly paid. */
export interface OpenItem {
  readonly number: string;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly amountCents: bigint;
  readonly balanceCents: bigint;
}

/** What a statement of a debtor's account (relevé de compte) is made of: one currency. */
export interface DebtorAccount {
  readonly currency: string;
  /** by day, documents before what pays them */
  readonly entries: readonly AccountEntry[];
  /** by due day */
  readonly open: readonly OpenItem[];
}

/** An entry and what is owed after it. */
export interface RunningEntry extends AccountEntry {
  readonly label: string;
  readonly balanceCents: bigint;
}

const LABELS: Readonly<Record<AccountEntry['kind'], string>> = {
  invoice: 'Facture',
  'credit-note': 'Avoir',
  payment: 'Paiement',
  'set-off': 'Compensation',
  listed: 'Règlement constaté en comptabilité',
  reversal: 'Paiement repris',
  refund: 'Remboursement',
  accessories: 'Pénalités de retard et indemnité',
  'given-up': 'Frais de banque ou escompte accordé',
};

/** The entries with what is owed after each. The last balance is what the account comes to. */
export function runningBalance(entries: readonly AccountEntry[]): RunningEntry[] {
  let balanceCents = 0n;
  return entries.map((entry) => {
    balanceCents += entry.cents;
    return { ...entry, label: LABELS[entry.kind], balanceCents };
  });
}

/** A statement of account as it is printed: text alone, everything derived from the entries. */
export interface AccountStatement {
  readonly title: string;
  readonly date: string;
  readonly sender: { readonly name: string; readonly lines: readonly string[] };
  readonly recipient: readonly string[];
  readonly placeAndDate: string;
  readonly opening: string;
  readonly entries: {
    readonly head: readonly string[];
    readonly rows: readonly (readonly string[])[];
    readonly total: readonly string[];
  };
  /** undefined when nothing is open */
  readonly open: {
    readonly title: string;
    readonly head: readonly string[];
    readonly rows: readonly (readonly string[])[];
    readonly total: readonly string[];
  } | null;
  readonly payment: string | null;
  readonly note: string;
  readonly footer: string;
}

/** Writes the statement of a debtor's account on a day. It asks for nothing: it shows what each side has in its books. */
export function composeAccountStatement(
  account: DebtorAccount,
  parties: { readonly creditor: CreditorProfile; readonly debtor: Debtor },
  asOf: Day,
): AccountStatement {
  const { creditor, debtor } = parties;
  const amount = (cents: bigint): string => frenchAmount(money(cents, account.currency));
  const running = runningBalance(account.entries);
  const balance = running.at(-1)?.balanceCents ?? 0n;
  const sum = (cents: readonly bigint[]): bigint => cents.reduce((all, one) => all + one, 0n);
  const debits = sum(running.map(({ cents }) => (cents > 0n ? cents : 0n)));
  const late = (dueOn: Day): string => {
    const days = daysBetween(dueOn, asOf);
    return days > 0 ? counted(days, 'jour', 'jours') : '';
  };
  const text = (words: string): string => printable(words).text;
  return {
    title: fr`Relevé de compte de ${text(debtor.name)}`,
    date: asOf.toString(),
    sender: { name: text(senderName(creditor)), lines: senderLines(creditor).map(text) },
    recipient: recipientLines(debtor).map(text),
    placeAndDate: creditor.address.city ? fr`${text(creditor.address.city)}, le ${frenchDay(asOf)}` : fr`Le ${frenchDay(asOf)}`,
    opening: fr`Voici ce que nos livres contiennent de votre compte, arrêté au ${frenchDay(asOf)}. Dites-nous si les vôtres diffèrent.`,
    entries: {
      head: ['Date', 'Écriture', 'Débit', 'Crédit', 'Solde'],
      rows: running.map(({ on, label, reference, cents, balanceCents }) => [
        shortDay(on),
        text(reference ? `${label} ${reference}` : label),
        cents > 0n ? amount(cents) : '',
        cents < 0n ? amount(-cents) : '',
        amount(balanceCents),
      ]),
      total: [fr`Total au ${frenchDay(asOf)}`, amount(debits), amount(debits - balance), amount(balance)],
    },
    open:
      account.open.length === 0
        ? null
        : {
            title: 'Factures qui restent à payer',
            head: ['Facture', 'Émise le', 'Échéance', 'Retard', 'Montant', 'Reste dû'],
            rows: account.open.map((item) => [
              text(item.number),
              shortDay(item.issuedOn),
              shortDay(item.dueOn),
              late(item.dueOn),
              amount(item.amountCents),
              amount(item.balanceCents),
            ]),
            total: ['Total', amount(sum(account.open.map((item) => item.balanceCents)))],
          },
    payment:
      creditor.iban && account.open.length > 0
        ? fr`Règlement par virement : IBAN ${groupedIban(creditor.iban)}${creditor.bic ? `, BIC ${creditor.bic}` : ''}.`
        : null,
    note: fr`Ce relevé compte les factures et ce qui les a réglées. Les intérêts de retard et l'indemnité de recouvrement qui n'ont pas été payés n'y figurent pas.`,
    footer: text(letterFooter(creditor)),
  };
}
