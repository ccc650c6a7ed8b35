import type { InvoiceStatement } from '../claim/statement.ts';
import { type Day, isBefore } from '../kernel/day.ts';
import { frenchAmount, frenchDay } from '../kernel/french.ts';
import type { Refusal } from '../kernel/result.ts';
import { shortDay, statementAnnex, total } from './annex.ts';
import { compactIban, epcPayload } from './epc-qr.ts';
import type { Advice, FactNeeded, FormalNoticeFacts, InvoiceBackground } from './facts.ts';
import type { FormalNotice, InvoiceRow, Labelled } from './formal-notice-model.ts';
import { bodySections, closingWords, demandSentence, openingWords } from './formal-notice-words.ts';
import { letterFooter, recipientLines, senderLines, senderName } from './identity.ts';
import { adviceOn, factsNeeded } from './needs.ts';
import { counted, fr, frenchSiren, groupedIban, NBSP, printable, typeset } from './typography.ts';

export type FormalNoticeOutcome =
  | { readonly status: 'composed'; readonly letter: FormalNotice; readonly advice: readonly Advice[] }
  | { readonly status: 'missing'; readonly facts: readonly FactNeeded[] }
  | { readonly status: 'refused'; readonly refusal: Refusal };

/**
 * Writes a formal notice (mise en demeure, C. civ. 1344) from its facts. Every figure comes from the statement of account.
 * `missing` lists the facts to complete first. Refusals: `letter.currency` (not in euros), `letter.not-due` (an invoice is not late),
 * `letter.nothing-due`, `letter.after` (the statement is later than the letter), `letter.insolvent`. Throws a TypeError when the statement's lines do
 * not make its sums.
 */
export function composeFormalNotice(given: FormalNoticeFacts): FormalNoticeOutcome {
  const { facts, replaced } = printableFacts(owedOnly(given));
  const needs = factsNeeded(facts);
  if (needs.length > 0 || facts.deadline === undefined) return { status: 'missing', facts: needs };
  const refusal = whyNot(facts);
  if (refusal) return { status: 'refused', refusal };
  return { status: 'composed', letter: write(facts, facts.deadline), advice: adviceOn(facts, replaced) };
}

/** An invoice that owes nothing any more has no place in the letter; the sums do not change. */
function owedOnly(facts: FormalNoticeFacts): FormalNoticeFacts {
  const { asOf, debtor, invoices, principal, interest, indemnity, total: due } = facts.statement;
  const owed = invoices.filter((invoice) => invoice.total.cents !== 0n);
  // The trace is written when it is read, and no letter reads it: it is not copied.
  return { ...facts, statement: { asOf, debtor, invoices: owed, principal, interest, indemnity, total: due, trace: [] } };
}

function whyNot({ statement, date, insolvencyOpenedOn }: FormalNoticeFacts): Refusal | undefined {
  if (insolvencyOpenedOn) {
    const message = fr`Une procédure collective est ouverte depuis le ${frenchDay(insolvencyOpenedOn)} : le débiteur ne peut plus payer cette dette. Déclarez plutôt votre créance, dans les deux mois de l'avis publié au BODACC.`;
    return { code: 'letter.insolvent', message };
  }
  const early = statement.invoices.find((invoice) => !isBefore(invoice.dueOn, statement.asOf));
  if (statement.total.currency !== 'EUR') {
    return {
      code: 'letter.currency',
      message: fr`Les sommes sont en ${statement.total.currency} : Quitus ne calcule les intérêts qu'en euros.`,
    };
  }
  if (early) {
    const message = fr`La facture ${early.number} n'est pas en retard : son échéance est le ${frenchDay(early.dueOn)}. Retirez-la de la lettre, ou attendez cette date.`;
    return { code: 'letter.not-due', message, data: { invoice: early.number } };
  }
  if (statement.total.cents <= 0n)
    return { code: 'letter.nothing-due', message: fr`Rien n'est dû sur ces factures : il n'y a pas lieu à mise en demeure.` };
  if (isBefore(date, statement.asOf)) {
    return {
      code: 'letter.after',
      message: fr`Le décompte est arrêté au ${frenchDay(statement.asOf)}, après la date de la lettre : refaites-le à la date de la lettre.`,
    };
  }
  return undefined;
}

function write(facts: FormalNoticeFacts, deadlineDay: Day): FormalNotice {
  const { creditor, debtor, statement } = facts;
  const amount = frenchAmount(statement.total);
  const deadline = frenchDay(deadlineDay);
  const signatory = creditor.signatory ?? { name: creditor.name };
  const [only] = statement.invoices.length === 1 ? statement.invoices : [];
  const many = counted(statement.invoices.length, 'facture échue', 'factures échues');
  return {
    kind: 'formal-notice',
    version: 1,
    variant: statement.debtor,
    title: fr`Mise en demeure de payer – ${debtor.name} – ${facts.reference}`,
    reference: facts.reference,
    date: facts.date.toString(),
    deadline: deadlineDay.toString(),
    asOf: statement.asOf.toString(),
    sender: { name: senderName(creditor), lines: senderLines(creditor) },
    recipient: recipientLines(debtor),
    placeAndDate: fr`${facts.place ?? creditor.address.city}, le ${frenchDay(facts.date)}`,
    sending: fr`Lettre recommandée avec demande d'avis de réception`,
    references: references(facts),
    subject: { label: fr`Objet :`, strong: fr`mise en demeure de payer`, rest: only ? fr`la facture n° ${only.number}` : many },
    salutation: fr`Madame, Monsieur,`,
    opening: [...openingWords(facts), ...(facts.story ?? []).map(typeset)],
    table: invoiceTable(facts),
    demand: {
      sentence: demandSentence(facts, amount, deadline),
      amount: { label: fr`Somme à payer`, value: amount },
      deadline: { label: deadlineLabel(facts), value: deadline },
      parts: parts(facts),
      totalLabel: 'Total',
    },
    payment: payment(facts),
    sections: bodySections(facts, deadline),
    closing: closingWords(facts),
    signature: {
      name: signatory.name,
      ...(creditor.signatory?.title === undefined ? {} : { title: creditor.signatory.title }),
    },
    enclosures: { label: fr`Pièces jointes :`, items: [fr`décompte détaillé (annexe)`, ...(facts.enclosures ?? [])] },
    footer: letterFooter(creditor),
    annex: statementAnnex(statement),
    pageWords: ['Page', 'sur'],
  };
}

/** A public buyer's accessories have their own term: the date is that of the principal. */
const deadlineLabel = ({ statement }: FormalNoticeFacts): string =>
  statement.debtor === 'public' && statement.principal.cents > 0n && statement.principal.cents < statement.total.cents
    ? fr`Principal à payer au plus tard le`
    : fr`Au plus tard le`;

function references({ reference, debtor }: FormalNoticeFacts): Labelled[] {
  const identity = debtor.siren === undefined ? debtor.name : `${debtor.name}, SIREN${NBSP}${frenchSiren(debtor.siren)}`;
  return [
    { label: fr`Notre référence :`, value: reference },
    ...(debtor.reference === undefined ? [] : [{ label: fr`Votre référence :`, value: debtor.reference }]),
    { label: fr`Débiteur :`, value: identity },
  ];
}

function invoiceTable(facts: FormalNoticeFacts): FormalNotice['table'] {
  const { statement } = facts;
  const { invoices } = statement;
  const credited = invoices.some((invoice) => invoice.imputations.some((line) => line.kind === 'credit-note'));
  const all = total(
    invoices.map((invoice) => invoice.amount),
    'EUR',
  );
  const imputed = invoices.some((invoice) => invoice.imputations.some((line) => line.toInterest.cents > 0n));
  return {
    head: ['Facture', 'Émise le', 'Échue le', 'Montant TTC', credited ? 'Réglé ou avoir' : 'Réglé', 'Principal dû'],
    rows: invoices.map((invoice) =>
      invoiceRow(
        invoice,
        facts.invoices?.find((b) => b.invoiceId === invoice.invoiceId),
      ),
    ),
    ...(invoices.length > 1
      ? {
          total: [
            'Total',
            frenchAmount(all),
            frenchAmount(total(invoices.map(paidOf), 'EUR')),
            frenchAmount(statement.principal),
          ] as const,
        }
      : {}),
    ...(imputed ? { note: fr`Une partie de vos paiements a couvert les intérêts échus : l'annexe en donne le détail.` } : {}),
  };
}

/** What was paid or credited on an invoice, without what exceeded it. */
const paidOf = (invoice: InvoiceStatement) =>
  total(
    invoice.imputations.flatMap((line) => [line.toInterest, line.toPrincipal, line.toIndemnity]),
    'EUR',
  );

function invoiceRow(invoice: InvoiceStatement, background: InvoiceBackground | undefined): InvoiceRow {
  const names = { contract: 'Contrat', quote: 'Devis', order: 'Commande' } as const;
  const origins = (background?.origins ?? []).map(({ kind, number, on }) =>
    [names[kind], number === undefined ? '' : fr`n° ${number}`, on === undefined ? '' : fr`du ${frenchDay(on)}`]
      .filter((part) => part !== '')
      .join(' '),
  );
  return {
    number: invoice.number,
    notes: [...(background?.subject === undefined ? [] : [background.subject]), ...origins],
    issued: invoice.issuedOn ? shortDay(invoice.issuedOn) : '–',
    due: shortDay(invoice.dueOn),
    amount: frenchAmount(invoice.amount),
    paid: invoice.imputations.length > 0 ? frenchAmount(paidOf(invoice)) : '–',
    left: frenchAmount(invoice.principal),
  };
}

/** What the sum is made of; only what is not zero. */
function parts({ statement }: FormalNoticeFacts): Labelled[] {
  const late = statement.invoices.filter((invoice) => invoice.indemnity.cents > 0n).length;
  const part = (cents: bigint, label: string, value: string) => (cents > 0n ? [{ label, value }] : []);
  return [
    ...part(statement.principal.cents, fr`Principal restant dû, TTC`, frenchAmount(statement.principal)),
    ...part(statement.interest.cents, fr`Intérêts arrêtés au ${frenchDay(statement.asOf)}`, frenchAmount(statement.interest)),
    ...part(
      statement.indemnity.cents,
      fr`Indemnité pour frais de recouvrement (${counted(late, 'facture', 'factures')})`,
      frenchAmount(statement.indemnity),
    ),
  ];
}

function payment({ creditor, statement, reference }: FormalNoticeFacts): FormalNotice['payment'] {
  const holder = creditor.accountHolder ?? creditor.name;
  const iban = compactIban(creditor.iban ?? '');
  const bic = compactIban(creditor.bic ?? '');
  const epc = epcPayload({ name: holder, iban, bic, amount: statement.total, remittance: reference });
  return {
    title: fr`Comment payer`,
    sentence: fr`Par virement, en rappelant la référence ${reference} :`,
    lines: [
      { label: 'Titulaire', value: holder },
      { label: 'IBAN', value: groupedIban(iban) },
      ...(bic === '' ? [] : [{ label: 'BIC', value: bic }]),
      { label: 'Montant', value: frenchAmount(statement.total) },
      { label: 'Référence', value: reference },
    ],
    ...(epc.ok ? { epc: epc.value } : {}),
    epcHint: fr`Virement prérempli : à scanner avec l'application de votre banque, si elle le permet.`,
  };
}

/** The same facts, every text made printable; what could not be is listed. */
function printableFacts(given: FormalNoticeFacts): { facts: FormalNoticeFacts; replaced: readonly string[] } {
  const replaced: string[] = [];
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const result = printable(value);
      replaced.push(...result.replaced);
      return result.text;
    }
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) if (key !== 'trace') copy[key] = clean((value as Record<string, unknown>)[key]);
    return copy;
  };
  return { facts: clean(given) as FormalNoticeFacts, replaced };
}
