import { fr } from '#core/letters/typography.ts';
import { answers, contact, note, noticeOutcome, postNotice, prepareNotice, type StoryCase } from './story-model.ts';

/** Cases with a formal notice on its way or expired, and the old claim that time is about to bar. */
export const NOTICE_CASES: readonly StoryCase[] = [
  {
    key: 'notice-running',
    debtor: {
      kind: 'business',
      name: 'Menuiserie Copeaulait',
      siren: '999993223',
      vat: 'FR56999993223',
      street: '12 impasse du Trusquin',
      postcode: '49300',
      city: 'Cholet',
      country: 'FR',
      email: 'atelier@copeaulait.example',
    },
    documents: [
      {
        kind: 'invoice',
        key: 'catalogue',
        issued: -78,
        received: -45,
        terms: 30,
        subject: fr`Catalogue de l'atelier, 24 pages`,
        lines: [
          { label: fr`Mise en page du catalogue`, quantity: '4', unit: 'day', price: '560.00' },
          {
            label: fr`Prises de vue à l'atelier`,
            detail: fr`Une journée, retouches comprises`,
            quantity: '1',
            unit: 'flat',
            price: '710.00',
          },
        ],
      },
    ],
    steps: [
      contact(-40, 'email', fr`Rappel courtois, facture jointe.`),
      contact(-26, 'call', fr`« On attend un chantier pour payer. » Aucune date donnée.`),
      prepareNotice(-10),
      postNotice(-9, '1A00000000018'),
      noticeOutcome(-6, 'delivered'),
    ],
  },
  {
    key: 'notice-expired',
    debtor: {
      kind: 'business',
      name: 'Transports Galerne-Ouestrel',
      siren: '999993595',
      vat: 'FR08999993595',
      street: '150 route des Docks-Perchés',
      postcode: '44600',
      city: 'Saint-Nazaire',
      country: 'FR',
      email: 'comptabilite@galerne-ouestrel.example',
    },
    documents: [
      {
        kind: 'invoice',
        key: 'anniversary',
        issued: -125,
        received: -90,
        terms: 30,
        subject: fr`Les quarante ans de l'entreprise`,
        goods: true,
        order: 'CDE-2207',
        lines: [
          {
            label: fr`Identité visuelle anniversaire`,
            detail: fr`Logotype, charte, modèles de documents`,
            quantity: '1',
            unit: 'flat',
            price: '2380.00',
          },
          {
            label: fr`Habillage de la flotte`,
            detail: fr`Conception et fichiers de découpe`,
            quantity: '9',
            unit: 'piece',
            price: '320.00',
          },
          {
            label: fr`Livre « Quarante ans de route »`,
            detail: fr`Exemplaires imprimés et reliés`,
            quantity: '200',
            unit: 'piece',
            price: '8.00',
            vat: '5.50',
          },
        ],
      },
    ],
    steps: [
      contact(-85, 'email', fr`Premier rappel, facture et bon de livraison joints.`),
      contact(-70, 'call', fr`Le standard prend le message. Personne ne rappelle.`),
      contact(-55, 'email', fr`Troisième message, en copie à la direction. Silence.`),
      prepareNotice(-48),
      postNotice(-47, '1A00000000025'),
      noticeOutcome(-44, 'delivered'),
      contact(-31, 'call', fr`Un échéancier proposé sur le répondeur. Pas de rappel.`),
      note(
        -25,
        fr`Délai passé, toujours rien. Aucune contestation, livraison signée sans réserve. La société est active et ses comptes déposés sont bons : elle peut payer.`,
      ),
      answers(-25, { solvency: 'good', file: '2', debtor: 'company', 'tried.plan': 'oui' }),
    ],
  },
  {
    key: 'barred-soon',
    debtor: {
      kind: 'business',
      name: 'Camping des Grenouilles Violettes',
      siren: '999993967',
      vat: 'FR57999993967',
      street: '1 chemin de la Mare-aux-Songes',
      postcode: '17000',
      city: 'La Rochelle',
      country: 'FR',
      email: 'accueil@grenouilles-violettes.example',
    },
    documents: [
      {
        kind: 'invoice',
        key: 'signs',
        issued: -1783,
        received: -20,
        terms: 30,
        subject: fr`Panneaux et plan d'accueil`,
        lines: [
          { label: fr`Plan illustré du camping`, quantity: '1', unit: 'flat', price: '1150.00' },
          { label: fr`Panneaux directionnels`, detail: fr`Fichiers d'impression`, quantity: '10', unit: 'piece', price: '75.00' },
        ],
      },
    ],
    steps: [
      note(-20, fr`Facture retrouvée en rangeant les archives. Jamais payée, jamais contestée : attention à la prescription.`),
      contact(-14, 'letter', fr`Copie de la facture envoyée par courrier simple au gérant.`),
    ],
  },
];
