import { fr } from '#core/letters/typography.ts';
import { contact, lifeCycle, note, payment, prepareNotice, type StoryCase } from './story-model.ts';

/** Cases at their beginning: not due, just late, late and answered by silence. */
export const EARLY_CASES: readonly StoryCase[] = [
  {
    key: 'not-due',
    debtor: {
      kind: 'business',
      name: 'Biscuiterie Tournebrume',
      siren: '999991748',
      vat: 'FR93999991748',
      street: '3 quai des Farines',
      postcode: '35000',
      city: 'Rennes',
      country: 'FR',
      email: 'factures@tournebrume.example',
    },
    documents: [
      {
        kind: 'invoice',
        key: 'labels',
        issued: -6,
        received: -6,
        terms: 30,
        subject: fr`Nouvelle gamme d'étiquettes`,
        lines: [
          {
            label: 'Direction artistique',
            detail: fr`Trois pistes, choix, mise au point`,
            quantity: '2',
            unit: 'day',
            price: '620.00',
          },
          {
            label: fr`Déclinaison d'étiquettes`,
            detail: fr`Fichiers prêts à imprimer`,
            quantity: '6',
            unit: 'piece',
            price: '95.00',
          },
        ],
      },
    ],
    steps: [],
  },
  {
    key: 'to-contact',
    debtor: {
      kind: 'business',
      name: 'Vélos Pédalombre',
      siren: '999992118',
      vat: 'FR39999992118',
      street: '21 rue du Vieux-Pédalier',
      postcode: '49000',
      city: 'Angers',
      country: 'FR',
      email: 'contact@pedalombre.example',
    },
    documents: [
      {
        kind: 'invoice',
        key: 'shop',
        issued: -36,
        received: -5,
        terms: 30,
        subject: fr`Boutique en ligne : gabarits de la saison`,
        lines: [
          { label: fr`Intégration des gabarits`, quantity: '2.5', unit: 'day', price: '560.00' },
          {
            label: fr`Formation à la mise à jour`,
            detail: fr`À distance, deux personnes`,
            quantity: '3',
            unit: 'hour',
            price: '80.00',
          },
        ],
      },
    ],
    steps: [],
  },
  {
    key: 'partly-paid',
    debtor: {
      kind: 'business',
      name: 'Clinique vétérinaire Mouflaine',
      siren: '999992480',
      vat: 'FR58999992480',
      street: '48 avenue des Trois-Écuelles',
      postcode: '85000',
      city: 'La Roche-sur-Yon',
      country: 'FR',
      email: 'secretariat@mouflaine.example',
    },
    documents: [
      {
        kind: 'invoice',
        key: 'website',
        issued: -54,
        received: -22,
        terms: 30,
        subject: fr`Site internet et prise de rendez-vous`,
        order: 'BC-0418',
        lines: [
          {
            label: fr`Conception et mise en ligne du site`,
            detail: fr`Huit pages, version mobile`,
            quantity: '1',
            unit: 'flat',
            price: '2450.00',
          },
          {
            label: fr`Prise de rendez-vous en ligne`,
            detail: fr`Paramétrage et essais`,
            quantity: '1',
            unit: 'flat',
            price: '750.00',
          },
        ],
      },
    ],
    steps: [
      lifeCycle(-22, 'website', [
        { on: -54, code: '200', label: 'Déposée' },
        { on: -53, code: '203', label: 'Mise à disposition' },
        {
          on: -48,
          code: '208',
          label: 'Suspendue',
          reason: fr`Le procès-verbal de mise en ligne manque.`,
          action: fr`Joindre le procès-verbal signé`,
        },
        { on: -46, code: '209', label: 'Complétée' },
        { on: -40, code: '205', label: 'Approuvée' },
      ]),
      payment(-19, '1500,00', fr`VIR CLIN VET MOUFLAINE ACOMPTE`),
      contact(-12, 'email', fr`Remercié pour le premier virement et demandé quand viendra le reste. Sans réponse.`),
    ],
  },
  {
    key: 'notice-prepared',
    debtor: {
      kind: 'business',
      name: 'Brasserie du Héron Borgne',
      siren: '999992852',
      vat: 'FR10999992852',
      street: '5 chemin de la Roselière-Basse',
      postcode: '56000',
      city: 'Vannes',
      country: 'FR',
      email: 'bonjour@heron-borgne.example',
    },
    documents: [
      {
        kind: 'invoice',
        key: 'bottles',
        issued: -72,
        received: -38,
        terms: 30,
        subject: fr`Habillage de quatre bouteilles`,
        lines: [
          {
            label: fr`Illustration originale`,
            detail: fr`Une par bière, droits d'usage pour trois ans`,
            quantity: '4',
            unit: 'piece',
            price: '420.00',
          },
          { label: fr`Mise au format des étiquettes`, quantity: '1', unit: 'flat', price: '470.00' },
        ],
      },
    ],
    steps: [
      contact(-33, 'call', fr`Le brasseur dit avoir transmis la facture à son comptable.`),
      contact(-20, 'email', fr`Facture renvoyée avec le RIB. Pas de réponse.`),
      note(-8, fr`Deux messages laissés sur le répondeur. On passe à la mise en demeure.`),
      prepareNotice(-1),
    ],
  },
];
