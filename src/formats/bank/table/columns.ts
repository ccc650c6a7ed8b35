import type { Mapping, Vocabulary } from '../../table/columns.ts';

/** The fields a column of a bank's table can hold. Those that are most often meant by a vague header come last. */
export const BANK_FIELDS = [
  'value',
  'booked',
  'sign',
  'debit',
  'credit',
  'amount',
  'currency',
  'balance',
  'iban',
  'account',
  'name',
  'reference',
  'status',
  'text',
  'text2',
  'text3',
] as const;

export type BankField = (typeof BANK_FIELDS)[number];

/** Which column holds which field: by its header, or by its rank from 1. */
export type BankMapping = Mapping<BankField>;

const IN_EUROS = '(?: (?:en )?(?:eur|euros?))?';
const OTHER_SIDE =
  "(?:(?:de |du |de la |de l')?(?:contrepartie|tiers|beneficiaire|emetteur|donneur d'ordre|partner|counterparty))";
const WORDS = /^(?:libelle|details?|infos?|informations?)(?: .*)?$/;

/** Header names in French and English, folded, without punctuation. */
const HEADERS: Readonly<Record<BankField, readonly RegExp[]>> = {
  value: [/^date (?:de )?(?:la )?valeur(?: utc| locale)?$/, /^(?:dateval|value date|valeur|valuta)$/],
  booked: [
    /^date (?:de |d'|de l'|du )?(?:comptabilisation|comptable|operation|mouvement|transaction|ecriture)(?: locale)?$/,
    /^(?:dateop|booking date|posting date|transaction date|completed date|date completed|posted)$/,
    /^date(?: operation utc)?$/,
    /^date (?:de |d'|de l')?(?:operation|paiement|execution)(?: utc)?$/,
    /^jour$/,
  ],
  sign: [/^(?:sens|d c|dc|c d|debit credit|credit debit|d-c|debit ou credit|credit debit indicator)$/],
  debit: [
    new RegExp(`^(?:montant )?(?:au )?debits?${IN_EUROS}$`),
    /^(?:sorties?|depenses?|paid out|withdrawals?|money out|debit amount|montant debite)$/,
  ],
  credit: [
    new RegExp(`^(?:montant )?(?:au )?credits?${IN_EUROS}$`),
    /^(?:entrees?|recettes?|paid in|deposits?|money in|credit amount|montant credite)$/,
  ],
  amount: [
    new RegExp(`^montant(?: (?:de |de l')?(?:operation|transaction|mouvement))?${IN_EUROS}$`),
    /^(?:montant net|net|montant total(?: ttc)?|somme)$/,
    /^(?:transaction )?amount(?: eur| usd| gbp| chf)?$/,
  ],
  currency: [/^(?:devise|currency|monnaie)(?: (?:du |de |de l')?(?:compte|operation|transaction))?$/],
  balance: [
    new RegExp(
      `^(?:solde(?: (?:comptable|courant|progressif|apres operation))?|balance|running balance|accountbalance)${IN_EUROS}$`,
    ),
  ],
  iban: [new RegExp(`^(?:iban|compte) ${OTHER_SIDE}$`), /^(?:partner iban|bank account|counterparty (?:account|iban)|iban)$/],
  account: [
    /^(?:accountnum|numero (?:de )?compte|n° (?:de )?compte|compte|account(?: number)?|iban (?:du )?compte|account iban)$/,
  ],
  name: [
    new RegExp(`^(?:nom|name) ${OTHER_SIDE}$`),
    /^(?:contrepartie|tiers|partner name|partner|counterparty(?: name)?|beneficiaire|payee|payer|emetteur|supplierfound|nom|name)$/,
  ],
  reference: [
    /^(?:reference|ref|references|end-to-end(?: id)?|reference (?:de |de l'|du )?(?:operation|paiement|client|bancaire|virement))$/,
    /^(?:numero (?:d')?operation|transaction id)$/,
  ],
  status: [/^(?:statut|status|state|etat)$/],
  text: [
    /^libelle (?:de l')?operation$|^libelle complet$/,
    /^(?:libelle|label|description|intitule|designation|communication|motif|payment reference|objet)$/,
    WORDS,
  ],
  text2: [
    WORDS,
    /^(?:memo|comments?|commentaires?|notes?|message|remittance information|communication|payment reference|objet)$/,
  ],
  text3: [
    WORDS,
    /^(?:memo|comments?|commentaires?|notes?|message)$/,
    /^(?:type|nature)(?: d'| de l'| )?(?:operation|transaction)?$/,
  ],
};

/** What the columns of a bank's table are called. */
export const BANK_COLUMNS: Vocabulary<BankField> = { fields: BANK_FIELDS, headers: HEADERS };
