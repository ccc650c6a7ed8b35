import { INVOICE_COLUMNS } from '../invoice/csv/columns.ts';
import type { Mapping, Vocabulary } from '../table/columns.ts';

/** The fields a column of a list of invoices can hold: those of an invoice, and how the other tool calls it and its client. */
export const OPEN_ITEM_FIELDS = [
  'number',
  'external_key',
  'type_code',
  'issue_date',
  'due_date',
  'currency',
  'total_net',
  'total_tax',
  'total_gross',
  'prepaid',
  'payable',
  'order_reference',
  'buyer.key',
  'buyer.name',
  'buyer.siren',
  'buyer.vat',
  'buyer.email',
  'buyer.street',
  'buyer.postcode',
  'buyer.city',
  'buyer.country',
] as const;

export type OpenItemField = (typeof OPEN_ITEM_FIELDS)[number];
export type OpenItemMapping = Mapping<OpenItemField>;

const known = INVOICE_COLUMNS.headers;
const prefixed = (patterns: readonly RegExp[], ...more: readonly RegExp[]): readonly RegExp[] => [...more, ...patterns];

/**
 * The headers of the exports of French invoicing and accounting tools, folded, without punctuation. What an invoice's own CSV is called
 * is recognised too.
 */
export const OPEN_ITEM_COLUMNS: Vocabulary<OpenItemField> = {
  fields: OPEN_ITEM_FIELDS,
  headers: {
    number: prefixed(
      known.number,
      /^(?:n°?|no|num|numero) (?:de )?(?:la )?(?:facture|piece) (?:client|vente)$/,
      /^(?:piece|document|doc)$/,
    ),
    external_key: [
      /^(?:id|identifiant|uuid|guid)(?: (?:de )?(?:la )?(?:facture|piece|document|externe|invoice|unique))?$/,
      /^(?:external|invoice|document) (?:id|key|uuid)$/,
      /^(?:cle|reference) externe$/,
    ],
    type_code: known.type_code,
    issue_date: known.issue_date,
    due_date: known.due_date,
    currency: known.currency,
    total_net: known.total_net,
    total_tax: known.total_tax,
    total_gross: known.total_gross,
    prepaid: known.prepaid,
    payable: prefixed(
      known.payable,
      /^(?:montant |total |reste )?(?:restant|reste)(?: ttc)? ?(?:a (?:payer|regler|encaisser|recouvrer)|du|ouvert|impaye)?$/,
      /^(?:solde|encours|montant impaye|impaye|non regle|a encaisser|montant ouvert|montant du)(?: ttc| client| facture| du)?$/,
    ),
    order_reference: known.order_reference,
    'buyer.key': [
      /^(?:code|n°?|no|num|numero|id|identifiant|compte|ref|reference) ?(?:du |de |de la )?(?:client|tiers|auxiliaire|acheteur|debiteur|customer)(?: auxiliaire)?$/,
      /^(?:client|tiers|customer) (?:code|id|no|number|ref|reference|auxiliaire)$/,
      /^(?:compaux ?num|compte auxiliaire)$/,
    ],
    'buyer.name': known['buyer.name'],
    'buyer.siren': known['buyer.siren'],
    'buyer.vat': known['buyer.vat'],
    'buyer.email': known['buyer.email'],
    'buyer.street': known['buyer.street'],
    'buyer.postcode': known['buyer.postcode'],
    'buyer.city': known['buyer.city'],
    'buyer.country': known['buyer.country'],
  },
};
