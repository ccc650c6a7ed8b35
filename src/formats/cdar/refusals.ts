import { type Facts, fileRefusals, N, quote, refuser, text } from '../text/refusals.ts';

/** Every refusal of a life-cycle message, with its French message. The codes are stable: docs/reference/errors.md lists them. */
const CATALOGUE = {
  ...fileRefusals({
    one: 'un statut de facture électronique',
    none: 'aucun statut de facture électronique',
    otherwise: 'notez ce statut à la main dans le dossier',
  }),
  'not-a-status': (f: Facts) =>
    `Le fichier ${quote(f.file)} n’est pas un message de cycle de vie (CDAR)${N}: il contient ${text(f, 'found')}. ${text(f, 'advice')}`,
  'status-incomplete': (f: Facts) =>
    `Le message ${quote(f.file)} ne dit pas ${text(f, 'missing')}${N}: il ne peut être rattaché à aucune facture. Demandez à votre plateforme un message complet.`,
  'status-bad-value': (f: Facts) =>
    `Dans le message ${quote(f.file)}, ${text(f, 'field')} ${quote(text(f, 'value'))} ne peut pas être lu${N}: ${text(f, 'expected')}. Demandez à votre plateforme un message conforme.`,
} as const;

export type StatusRefusalCode = keyof typeof CATALOGUE;

/** All the codes, for the documentation test. */
export const STATUS_REFUSAL_CODES = Object.keys(CATALOGUE) as readonly StatusRefusalCode[];

/** The refusal of a life-cycle message. `data` is what the message is made of. */
export const refuseStatus = refuser(CATALOGUE);
