import type { Mapping, Vocabulary } from '../../table/columns.ts';

/** The fields a column of a CSV can hold. */
export const CSV_FIELDS = [
  'number',
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
  'iban',
  'buyer.name',
  'buyer.siren',
  'buyer.vat',
  'buyer.email',
  'buyer.street',
  'buyer.postcode',
  'buyer.city',
  'buyer.country',
  'seller.name',
  'seller.siren',
] as const;

export type CsvField = (typeof CSV_FIELDS)[number];

/** Which column holds which field: by its header, or by its rank from 1. */
export type CsvMapping = Mapping<CsvField>;

const OF_CLIENT = '(?: (?:du )?(?:client|debiteur|acheteur|tiers|customer|buyer))?';

/** Header names in French and English, folded, without punctuation. Of several columns for one field the first pattern that matches wins, then the leftmost. */
const HEADERS: Readonly<Record<CsvField, readonly RegExp[]>> = {
  number: [
    /^(?:n°?|no|num|numero|ref|reference) ?(?:de |d')?(?:la )?(?:facture|piece|document|invoice)$/,
    /^(?:facture|piece|invoice|document) ?(?:n°?|no|num|numero|number|id|ref|reference)$/,
    /^(?:numero|n°|facture|invoice|number)$/,
    /^(?:reference|ref)$/,
  ],
  type_code: [/^type(?: de)?(?: facture| document| piece)?$/, /^(?:document )?(?:nature|type)$/],
  issue_date: [
    /^date (?:de |d')?(?:la )?(?:facture|facturation|emission|piece|document|creation)$/,
    /^(?:invoice date|issue date|date issued|invoiced on|emise? le|facturee le)$/,
    /^date$/,
  ],
  due_date: [
    /^(?:date )?(?:d')?echeance(?: de paiement)?$/,
    /^(?:due date|date due|due|due on|date limite(?: de (?:paiement|reglement))?|a payer avant le|payable le)$/,
  ],
  currency: [/^(?:devise|monnaie|currency|code devise|currency code)$/],
  total_net: [
    /^(?:montant|total|prix|net)? ?(?:total )?(?:ht|hors taxes?|hors tva)(?: en)?(?: eur| euros?)?$/,
    /^(?:net amount|amount excl(?: tax| vat)?|sub ?total|total excl(?: tax| vat)?|net)$/,
  ],
  total_tax: [
    /^(?:montant|total)? ?(?:de la |de )?tva(?: eur| euros?)?$/,
    /^(?:vat|tax)(?: amount| total)?$|^total (?:vat|tax)$/,
  ],
  total_gross: [
    /^(?:montant|total|prix)? ?(?:total )?(?:ttc|toutes taxes comprises)(?: en)?(?: eur| euros?)?$/,
    /^(?:gross amount|gross|amount incl(?: tax| vat)?|total incl(?: tax| vat)?|grand total|total amount)$/,
    /^(?:montant|total|amount)(?: facture| de la facture)?(?: en)?(?: eur| euros?)?$/,
  ],
  prepaid: [/^(?:montant |total |deja )?(?:regle|paye|encaisse|verse)$/, /^(?:acomptes?(?: verses?)?|paid|amount paid|prepaid)$/],
  payable: [
    /^(?:reste|restant|solde|net|montant)(?: ttc)? ?(?:a payer|a regler|du|restant du)?(?: eur| euros?)?$/,
    /^(?:balance(?: due)?|amount due|outstanding|due amount|open amount)$/,
  ],
  order_reference: [
    /^(?:n°?|no|numero|ref)? ?(?:de )?(?:bon de )?commande$/,
    /^(?:po|purchase order|order)(?: number| no| ref)?$/,
  ],
  iban: [/^iban$/],
  'buyer.name': [
    /^(?:nom|raison sociale) (?:du |de la )?(?:client|debiteur|acheteur|tiers|societe)$/,
    /^(?:client|debiteur|acheteur|customer|buyer|debtor)(?: name| nom)?$/,
    /^(?:raison sociale|societe|tiers|company|destinataire|nom|name)$/,
  ],
  'buyer.siren': [new RegExp(`^(?:n° |numero )?(?:de )?(?:siren|siret)${OF_CLIENT}$`)],
  'buyer.vat': [
    new RegExp(`^(?:n°?|no|numero)? ?(?:de )?tva intra(?:communautaire|com)?${OF_CLIENT}$`),
    /^(?:vat number|vat id|vat no|n° tva(?: client)?|numero (?:de )?tva)$/,
  ],
  'buyer.email': [new RegExp(`^(?:e-?mail|mail|courriel|adresse (?:e-?mail|mail|electronique))${OF_CLIENT}$`)],
  'buyer.street': [new RegExp(`^(?:adresse|address|rue|street|adresse postale)${OF_CLIENT}$`)],
  'buyer.postcode': [new RegExp(`^(?:code postal|cp|postcode|zip|zip code|postal code)${OF_CLIENT}$`)],
  'buyer.city': [new RegExp(`^(?:ville|city|commune|town)${OF_CLIENT}$`)],
  'buyer.country': [new RegExp(`^(?:pays|country)${OF_CLIENT}$`)],
  'seller.name': [/^(?:vendeur|fournisseur|emetteur|seller|supplier)(?: name| nom)?$/],
  'seller.siren': [/^(?:siren|siret) (?:du )?(?:vendeur|fournisseur|emetteur)$/],
};

/** What the columns of a list of invoices are called. */
export const INVOICE_COLUMNS: Vocabulary<CsvField> = { fields: CSV_FIELDS, headers: HEADERS };
