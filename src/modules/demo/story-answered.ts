import { fr } from '#core/letters/typography.ts';
import { answers, contact, contractRate, dispute, note, payment, plan, promise, type StoryCase } from './story-model.ts';

/** Cases in which the debtor answered: a dispute, promises, instalments. */
export const ANSWERED_CASES: readonly StoryCase[] = [
  {
    key: 'disputed',
    debtor: {
      kind: 'business',
      name: 'Cabinet Vauquelune Conseil',
      siren: '999994338',
      vat: 'FR06999994338',
      street: '9 rue des Astrolabes',
      postcode: '75011',
      city: 'Paris',
      country: 'FR',
      email: 'direction@vauquelune.example',
    },
    documents: [
      {
        kind: 'invoice',
        key: 'website',
        issued: -66,
        received: -33,
        terms: 30,
        subject: fr`Site du cabinet, en trois étapes validées`,
        order: 'Devis D-118',
        lines: [
          { label: fr`Étape 1 : identité et charte`, quantity: '1', unit: 'flat', price: '1200.00' },
          { label: fr`Étape 2 : maquettes des pages`, quantity: '1', unit: 'flat', price: '1000.00' },
          { label: fr`Étape 3 : développement et mise en ligne`, quantity: '1', unit: 'flat', price: '1800.00' },
        ],
      },
    ],
    steps: [
      note(
        -33,
        (days) =>
          fr`Chaque étape a été validée par écrit : la charte le ${days.french(-118)}, les maquettes le ${days.french(-96)}, la mise en ligne le ${days.french(-68)} (procès-verbal de recette signé, sans réserve).`,
      ),
      contact(-30, 'call', fr`La dirigeante est satisfaite du site et promet un virement « dans la semaine ».`),
      dispute(-17, fr`« Finalement la qualité n'est pas au niveau attendu, nous ne paierons pas. »`),
      contact(
        -15,
        'meeting',
        fr`Demandé ce qui ne convient pas, précisément. Deux remarques sur les photos, fournies par le cabinet lui-même.`,
      ),
      answers(-15, { file: '2', debtor: 'company' }),
    ],
  },
  {
    key: 'promised',
    debtor: {
      kind: 'business',
      name: 'Maison Praline-Grenaille',
      vat: 'BE0999994279',
      street: '33 rue du Moulin à Sucre',
      postcode: '5000',
      city: 'Namur',
      country: 'BE',
      email: 'compta@praline-grenaille.example',
    },
    documents: [
      {
        kind: 'invoice',
        key: 'boxes',
        issued: -52,
        received: -20,
        terms: 30,
        subject: fr`Coffrets de fin d'année`,
        lines: [
          {
            label: fr`Création des coffrets`,
            detail: fr`Trois formats`,
            quantity: '3',
            unit: 'piece',
            price: '850.00',
            vat: '0.00',
          },
          { label: fr`Suivi de fabrication`, quantity: '1', unit: 'flat', price: '600.00', vat: '0.00' },
        ],
      },
    ],
    steps: [
      contact(-15, 'email', fr`Rappel envoyé en Belgique, facture jointe. Réponse le jour même : « nous regardons ».`),
      promise(-4, '3150,00', 6),
    ],
  },
  {
    key: 'promise-broken',
    debtor: {
      kind: 'consumer',
      name: 'Mme Ombeline Tarasquier',
      street: '16 allée des Perce-Neige-Bleus',
      postcode: '44100',
      city: 'Nantes',
      country: 'FR',
      email: 'ombeline@tarasquier.example',
    },
    documents: [
      {
        kind: 'invoice',
        key: 'wedding',
        issued: -58,
        received: -26,
        terms: 30,
        subject: fr`Faire-part et menus de mariage`,
        goods: true,
        lines: [
          { label: fr`Création du faire-part`, quantity: '1', unit: 'flat', price: '240.00' },
          { label: fr`Impression sur papier coton`, quantity: '80', unit: 'piece', price: '2.75' },
        ],
      },
    ],
    steps: [contact(-22, 'call', fr`Un oubli, dit-elle : elle était en voyage.`), promise(-19, '552,00', -8)],
  },
  {
    key: 'plan-running',
    debtor: {
      kind: 'business',
      name: 'Hôtel des Sept Quinquets',
      siren: '999994700',
      vat: 'FR25999994700',
      street: '2 place des Allumeurs',
      postcode: '37000',
      city: 'Tours',
      country: 'FR',
      email: 'direction@sept-quinquets.example',
    },
    documents: [
      {
        kind: 'invoice',
        key: 'identity',
        issued: -100,
        received: -66,
        terms: 30,
        subject: fr`Identité de l'hôtel et signalétique`,
        contractRate: '14.00',
        lines: [
          { label: fr`Identité visuelle`, quantity: '5', unit: 'day', price: '620.00' },
          {
            label: fr`Signalétique intérieure`,
            detail: fr`Plans et fichiers de fabrication`,
            quantity: '28',
            unit: 'piece',
            price: '50.00',
          },
        ],
      },
    ],
    steps: [
      contractRate(-66, '14'),
      contact(-60, 'meeting', fr`L'hôtel manque de trésorerie jusqu'à la saison. Le travail n'est pas en cause.`),
      plan(-42, '5400,00', 3, -24),
      payment(-24, '1800,00', fr`VIR SEPT QUINQUETS 1/3`),
    ],
  },
  {
    key: 'plan-broken',
    debtor: {
      kind: 'business',
      name: 'Garage Bielle-Mirette',
      siren: '999995079',
      vat: 'FR95999995079',
      street: '77 rue du Cardan-Joyeux',
      postcode: '72000',
      city: 'Le Mans',
      country: 'FR',
      email: 'garage@bielle-mirette.example',
    },
    documents: [
      {
        kind: 'invoice',
        key: 'website',
        issued: -140,
        received: -105,
        terms: 30,
        subject: fr`Site vitrine et photographies`,
        lines: [
          { label: fr`Site vitrine`, quantity: '1', unit: 'flat', price: '1750.00' },
          { label: fr`Photographies de l'atelier`, quantity: '1', unit: 'flat', price: '450.00' },
        ],
      },
    ],
    steps: [
      contact(-98, 'call', fr`Période difficile, le garagiste propose de payer en quatre fois.`),
      plan(-85, '2640,00', 4, -70),
      payment(-69, '660,00', fr`VIR GARAGE BIELLE MIRETTE`),
      contact(-30, 'email', fr`La deuxième échéance n'est pas arrivée. Message resté sans réponse.`),
    ],
  },
];
