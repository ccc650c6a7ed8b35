import { z } from 'zod';
import { addDays, type Day, isBefore, parseDay, parseTypedDay } from '#core/kernel/day.ts';
import { parseTypedAmount } from '#core/kernel/money.ts';
import { type InvoiceReading, isCreditNote, type ReadParty } from '#formats/invoice/index.ts';
import { isSiren } from '#formats/siren.ts';
import { type Creditor, CreditorForm } from '#modules/companies/index.ts';
import { looksPublic, PartyForm } from '#modules/parties/index.ts';
import type { Typed } from '#platform/form.ts';

const DAY = 'Indiquez un jour, par exemple 31/03/2026.';
const AMOUNT = 'Indiquez un montant, par exemple 1 250,00.';

const dayField = z.string().transform((text, context): Day => {
  const value = parseTypedDay(text);
  if (value) return value;
  context.addIssue({ code: 'custom', message: DAY });
  return z.NEVER;
});

const centsField = z.string().transform((text, context): bigint => {
  const value = parseTypedAmount(text);
  if (value) return value.cents;
  context.addIssue({ code: 'custom', message: AMOUNT });
  return z.NEVER;
});

const centsOrNothing = z
  .string()
  .default('')
  .transform((text, context): bigint | null => {
    if (text.trim() === '') return null;
    const value = parseTypedAmount(text);
    if (value) return value.cents;
    context.addIssue({ code: 'custom', message: AMOUNT });
    return z.NEVER;
  });

/** What the user confirms or corrects of an invoice before it enters the books. */
export const InvoiceForm = z
  .object({
    documentKind: z.enum(['invoice', 'credit-note'], 'Dites s’il s’agit d’une facture ou d’un avoir.'),
    number: z
      .string()
      .trim()
      .min(1, 'Indiquez le numéro de la facture.')
      .max(100, 'Ce numéro est trop long (100 caractères au plus).'),
    issuedOn: dayField,
    dueOn: dayField,
    currency: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z]{3}$/, 'Indiquez la monnaie par ses trois lettres (EUR pour l’euro).')
      .default('EUR'),
    net: centsOrNothing,
    tax: centsOrNothing,
    gross: centsField,
    payable: centsField,
    orderReference: z.string().trim().max(100).default(''),
    creditedInvoice: z.string().trim().max(100).default(''),
    /** null for a credit note: its client is the one of the invoice it reduces */
    debtor: PartyForm.nullable(),
  })
  .superRefine((form, context) => {
    const issue = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (isBefore(form.dueOn, form.issuedOn))
      issue('dueOn', 'L’échéance précède la date de la facture : vérifiez les deux dates.');
    if (form.payable <= 0n)
      issue('payable', 'Le montant à payer doit être positif. Pour un avoir, indiquez ce qu’il retire, sans signe.');
    if (form.gross <= 0n) issue('gross', 'Le total TTC doit être positif.');
    if (form.net !== null && form.tax !== null && form.net + form.tax !== form.gross) {
      issue('gross', 'Hors taxes plus TVA ne font pas ce total : vérifiez les trois montants.');
    }
  });

export type InvoiceInput = z.output<typeof InvoiceForm>;

/** What was typed, as `InvoiceForm` reads it: "debtor.name" → debtor: { name }. A credit note has no client of its own, and no due date. */
export function fieldsOf(typed: Typed): Record<string, unknown> {
  const debtor: Record<string, string> = {};
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(typed)) {
    if (name.startsWith('debtor.')) debtor[name.slice('debtor.'.length)] = value;
    else rest[name] = value;
  }
  return typed.documentKind === 'credit-note' ? { ...rest, dueOn: typed.issuedOn, debtor: null } : { ...rest, debtor };
}

/** When an invoice shows no due date: the thirtieth day, after which the law lets interest run when nothing was agreed (C. com. L441-10, I). */
const LEGAL_DELAY_DAYS = 30;

export interface Draft {
  readonly typed: Typed;
  readonly guessed: readonly string[];
  readonly unusable: Readonly<Record<string, string>>;
}

/**
 * What was read, as the form shows it: the user confirms it as it stands, or corrects it. Amounts keep the file's digits, a credit
 * note's without its sign. `dueOn` falls back on the legal delay; `guessed` names the fields that the file does not give, `unusable` what
 * it gives and that cannot be (a SIREN with a wrong key), left empty: nobody has to correct someone else's slip to go on.
 */
export function draftOf(reading: InvoiceReading): Draft {
  const guessed: string[] = [];
  const credit = isCreditNote(reading.type_code, reading.format);
  const issued = reading.issue_date ? parseDay(reading.issue_date) : undefined;
  let dueOn = reading.due_date ?? '';
  if (dueOn === '' && issued) {
    dueOn = credit ? issued.toString() : addDays(issued, LEGAL_DELAY_DAYS).toString();
    if (!credit) guessed.push('dueOn');
  }
  const kind = debtorKind(reading.buyer);
  guessed.push('debtor.kind');
  const unsigned = (text: string | null): string => (credit ? (text ?? '').replace(/^-/, '') : (text ?? ''));
  const unusable: Record<string, string> = {};
  const usable = (field: string, text: string | null | undefined, right: (text: string) => boolean): string => {
    if (!text || right(text)) return text ?? '';
    unusable[field] = text;
    return '';
  };
  return {
    guessed,
    unusable,
    typed: {
      documentKind: credit ? 'credit-note' : 'invoice',
      number: reading.number ?? '',
      issuedOn: reading.issue_date ?? '',
      dueOn,
      currency: reading.currency ?? 'EUR',
      net: unsigned(twoDecimals(reading.total_net)),
      tax: unsigned(twoDecimals(reading.total_tax)),
      gross: unsigned(twoDecimals(reading.total_gross ?? reading.payable)),
      payable: unsigned(twoDecimals(reading.payable ?? reading.total_gross)),
      orderReference: reading.order_reference ?? '',
      creditedInvoice: credit ? (reading.preceding_invoices[0] ?? '') : '',
      'debtor.kind': kind,
      'debtor.name': reading.buyer?.name ?? reading.buyer?.trading_name ?? '',
      'debtor.siren': usable('debtor.siren', reading.buyer?.siren, isSiren),
      'debtor.vatNumber': reading.buyer?.vat ?? '',
      'debtor.street': reading.buyer?.street ?? '',
      'debtor.postcode': reading.buyer?.postcode ?? '',
      'debtor.city': reading.buyer?.city ?? '',
      'debtor.country': reading.buyer?.country ?? 'FR',
      'debtor.email': usable('debtor.email', reading.buyer?.email, (text) => z.email().safeParse(text).success),
    },
  };
}

/** A file may write 100, 100.0 or 100.0000: the form shows cents, and leaves to the user what is finer than a cent. */
function twoDecimals(text: string | null): string | null {
  if (text === null) return null;
  const m = /^([+-]?\d+)(?:\.(\d{1,2})0*)?$/.exec(text);
  return m ? `${(m[1] ?? '').replace('+', '')}.${(m[2] ?? '').padEnd(2, '0')}` : text;
}

/** A proposal: a SIREN that starts with 1 or 2 is a public body's; a party with any business identifier is a business. */
function debtorKind(party: ReadParty | null): 'business' | 'consumer' | 'public' {
  if (party?.siren && /^[12]/.test(party.siren)) return 'public';
  return 'business';
}

/** Whether an invoice's client, taken for a business, has the name of a public body: its interest would be another, so that a person looks. */
export const maybePublic = (typed: Typed): boolean =>
  typed.documentKind === 'invoice' && typed['debtor.kind'] === 'business' && looksPublic(typed['debtor.name'] ?? '');

/**
 * What the invoice says of its seller and the company does not know of itself, as the fields of its form. Undefined when the company has
 * an identity already, or the invoice tells nothing usable of it.
 */
export function completeCreditor(creditor: Creditor, reading: InvoiceReading): Typed | undefined {
  const { seller } = reading;
  if (!seller || creditor.siren || creditor.street) return undefined;
  // An invoice sold to a factor carries the factor's account.
  const account = reading.payee ? undefined : reading.iban[0];
  const said = {
    siren: seller.siren,
    vatNumber: creditor.vatNumber ? null : seller.vat,
    street: seller.street,
    postcode: seller.postcode,
    city: seller.city,
    country: seller.country,
    email: creditor.email ? null : seller.email,
    iban: creditor.iban ? null : account,
    bic: creditor.iban || creditor.bic || !account ? null : reading.bic[0],
  };
  const found = Object.fromEntries(Object.entries(said).flatMap(([field, value]) => (value ? [[field, value]] : [])));
  const parsed = CreditorForm.safeParse({ name: creditor.name, ...found });
  for (const issue of parsed.error?.issues ?? []) delete found[String(issue.path[0])];
  return Object.keys(found).some((field) => field !== 'country') ? found : undefined;
}

/** Who issued the invoice, when that is not the company: the user may have dropped a supplier's. Told by the SIREN, else by the name. */
export function foreignSeller(creditor: Creditor, reading: InvoiceReading): string | undefined {
  const { seller } = reading;
  if (!seller) return undefined;
  const [name = seller.siren ?? undefined] = namesOf(seller);
  if (seller.siren && creditor.siren) return seller.siren === creditor.siren ? undefined : name;
  return namesOf(seller).length === 0 || isOwn(creditor, reading) ? undefined : name;
}

/** Whether the invoice bears the company's name as its seller's. */
export function isOwn(creditor: Creditor, { seller }: InvoiceReading): boolean {
  return seller !== null && namesOf(seller).some((name) => sameBusiness(name, creditor.name));
}

/** The names of a party that tell it from another. */
const namesOf = (party: ReadParty): string[] =>
  [party.name, party.trading_name].flatMap((name) => (name && words(name).size > 0 ? [name] : []));

/** Words that name the form of a business, not the business. */
const FORMS =
  /^(?:ei|eirl|eurl|sarl|sasu|sas|sa|snc|scop|scic|selarl|selas|sci|gie|association|entreprise|societe|micro|me|mme|m)$/;

/** True when one name holds all the telling words of the other: « Atelier Brume » and « SARL ATELIER BRUME (Nantes) ». */
function sameBusiness(a: string, b: string): boolean {
  const [one, other] = [words(a), words(b)];
  const [few, many] = one.size <= other.size ? [one, other] : [other, one];
  return few.size > 0 && [...few].every((word) => many.has(word));
}

function words(name: string): Set<string> {
  const folded = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return new Set((folded.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !FORMS.test(word)));
}
