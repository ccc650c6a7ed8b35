import type { Claim, ClaimInvoice } from '../../src/core/claim/claim.ts';
import { type DebtorKind, statementOfAccount } from '../../src/core/claim/statement.ts';
import { day } from '../../src/core/kernel/day.ts';
import { type Money, parseAmount } from '../../src/core/kernel/money.ts';
import type { CreditorProfile, Debtor, FormalNoticeFacts } from '../../src/core/letters/facts.ts';

/** Invented parties and invoices for the letters' tests. Every SIREN, IBAN and address is made up; the keys are right. */

export const euros = (text: string): Money => {
  const amount = parseAmount(text);
  if (!amount) throw new RangeError(text);
  return amount;
};

export const company: CreditorProfile = {
  name: 'Atelier des Brumes',
  soleTrader: false,
  legalForm: 'SARL',
  capital: euros('8000.00'),
  siren: '900000001',
  register: 'RCS Nantes',
  vatNumber: 'FR12900000001',
  address: { lines: ['14 quai des Tanneurs'], postcode: '44000', city: 'Nantes' },
  email: 'bonjour@atelier-des-brumes.example',
  phone: '02 40 00 00 00',
  iban: 'FR76 3000 6000 0112 3456 7890 189',
  bic: 'AGRIFRPP',
  signatory: { name: 'Camille Moreau', title: 'gérante' },
};

export const soleTrader: CreditorProfile = {
  name: 'Camille Moreau',
  soleTrader: true,
  siren: '900000001',
  register: 'RNE',
  address: { lines: ['3 rue du Puits'], postcode: '35000', city: 'Rennes' },
  email: 'camille@moreau.example',
  iban: 'FR76 3000 6000 0112 3456 7890 189',
};

export const debtors: Readonly<Record<DebtorKind, Debtor>> = {
  business: {
    name: 'Brasserie du Vieux Port SAS',
    siren: '900000019',
    contact: 'Mme Paule Renard, comptabilité',
    address: { lines: ['Bâtiment C', '27 boulevard de la Liberté'], postcode: '13001', city: 'Marseille' },
  },
  consumer: { name: 'M. Jean Lebrun', address: { lines: ['8 allée des Mûriers'], postcode: '35700', city: 'Rennes' } },
  public: {
    name: 'Commune de Saint-Aubin',
    siren: '900000027',
    contact: 'Service financier',
    reference: 'engagement 2026-0417',
    address: { lines: ['Hôtel de ville', 'place de la République'], postcode: '44110', city: 'Saint-Aubin' },
  },
};

export const invoice = (
  number: string,
  issuedOn: string,
  dueOn: string,
  amount: string,
  credits: ClaimInvoice['credits'] = [],
): ClaimInvoice => ({
  id: `id-${number}`,
  number,
  issuedOn: day(issuedOn),
  dueOn: day(dueOn),
  amount: euros(amount),
  credits,
});

export const paid = (on: string, amount: string): ClaimInvoice['credits'][number] => ({
  on: day(on),
  amount: euros(amount),
  kind: 'payment',
  reference: 'virement',
});

/** Facts of a notice written on 21 November 2026, its statement made by the real engine. */
export function noticeFacts(claim: Claim, more: Partial<FormalNoticeFacts> = {}): FormalNoticeFacts {
  const statement = statementOfAccount(claim, day('2026-11-21'));
  if (statement.status !== 'computed') throw new Error(statement.reason);
  return {
    creditor: company,
    debtor: debtors[claim.debtor],
    statement: statement.value,
    ...(claim.contractRate ? { contractRate: claim.contractRate } : {}),
    reference: 'D-2026-0007',
    date: day('2026-11-21'),
    deadline: day('2026-12-04'),
    instalments: true,
    mediation: true,
    ...more,
  };
}

/** The four situations whose letters are kept as golden files. */
export function goldenFacts(): Readonly<Record<string, FormalNoticeFacts>> {
  return {
    'business-one-invoice': noticeFacts(
      { debtor: 'business', invoices: [invoice('F-2026-031', '2026-03-01', '2026-03-31', '4800.00')] },
      {
        invoices: [
          {
            invoiceId: 'id-F-2026-031',
            subject: 'Refonte du site et de la boutique en ligne',
            origins: [{ kind: 'quote', number: 'D-2026-012', on: day('2026-01-14') }],
          },
        ],
        story: [
          'Le site a été mis en ligne le 27 février 2026 et vous en avez signé le procès-verbal de recette le 2 mars 2026.',
        ],
        enclosures: ['copie de la facture', 'procès-verbal de recette'],
      },
    ),
    'business-three-invoices': noticeFacts({
      debtor: 'business',
      invoices: [
        invoice('F-2025-118', '2025-10-02', '2025-11-01', '2640.00', [
          paid('2026-02-10', '1000.00'),
          paid('2026-08-01', '500.00'),
        ]),
        invoice('F-2026-004', '2026-01-08', '2026-02-07', '1320.50'),
        invoice('F-2026-019', '2026-02-20', '2026-03-22', '12480.00', [
          { on: day('2026-04-15'), amount: euros('480.00'), kind: 'credit-note', reference: 'avoir A-2026-002' },
        ]),
      ],
    }),
    consumer: noticeFacts(
      {
        debtor: 'consumer',
        invoices: [invoice('2026-77', '2026-06-10', '2026-07-10', '1850.00', [paid('2026-07-20', '350.00')])],
      },
      { creditor: soleTrader, reference: 'LEBRUN-77' },
    ),
    public: noticeFacts(
      { debtor: 'public', invoices: [invoice('F-2026-042', '2026-04-30', '2026-05-31', '9600.00')] },
      { instalments: false },
    ),
  };
}
