import { fr } from '#core/letters/typography.ts';
import { bank, contact, type StoryCase } from './story-model.ts';

/** The debtor whose transfer came without a word: the bank statement of the demonstration, and what it leaves to be said. */
export const BANK_CASES: readonly StoryCase[] = [
  {
    key: 'money-to-place',
    debtor: {
      kind: 'business',
      name: 'Librairie Quatre-Vents',
      siren: '999996655',
      vat: 'FR70999996655',
      street: '3 passage de la Reliure',
      postcode: '35000',
      city: 'Rennes',
      country: 'FR',
      email: 'comptoir@quatre-vents.example',
    },
    documents: [
      {
        kind: 'invoice',
        key: 'window',
        issued: -75,
        received: -41,
        terms: 30,
        subject: fr`Vitrine et signalétique`,
        lines: [{ label: fr`Conception de la vitrine`, quantity: '1', unit: 'flat', price: '1450.00' }],
      },
    ],
    steps: [
      contact(-38, 'email', fr`Rappel amical. La libraire répond : « nous payons en plusieurs fois ».`),
      bank(-2, [
        { on: -9, amount: '-540,00', text: 'PRLV SEPA LOYER ATELIER' },
        { on: -6, amount: '-38,90', text: 'PRLV SEPA TELECOM' },
        { on: -4, amount: '600,00', text: 'VIR SEPA LIBRAIRIE QUATRE-VENTS ACOMPTE' },
      ]),
    ],
  },
];
