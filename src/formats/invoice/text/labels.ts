/**
 * The words invoices put before a value, in French, English and German. Patterns run on folded text (lower case, no accent). The weight says
 * how surely the words mean the field: 1 names it, 0.5 is a guess that anything better overrides.
 */
export interface Label {
  readonly pattern: RegExp;
  readonly weight: number;
  /** the value must follow in the same words: the label alone is too common */
  readonly sameOnly?: true;
}

const label = (weight: number, pattern: RegExp): Label => ({ pattern, weight });
const here = (weight: number, pattern: RegExp): Label => ({ pattern, weight, sameOnly: true });

export const NUMBER: readonly Label[] = [
  label(
    1,
    /(?<![a-z])(?:numero|n[°ºo]|num|nr|no|ref|reference)\.? ?(?:de |d')?(?:la |votre |notre )?(?:facture|avoir|piece|document|invoice)(?![a-z]| associe| prece| d'ori)/g,
  ),
  label(
    1,
    /(?<![a-z])(?:facture|avoir|note de credit|note d'honoraires)(?: d'acompte| de solde| rectificative| de situation| client)? ?[-:]? ?(?:n[°ºo]|numero|num\.?|ref\.?|#)(?![a-z])/g,
  ),
  label(1, /(?<![a-z])(?:invoice|credit note|credit memo|bill) ?(?:number|num\.?|no\.?|nr\.?|id|ref\.?|reference|#)(?![a-z])/g),
  label(1, /(?<![a-z])(?:[a-z]*rechnung|gutschrift|beleg)s? ?-? ?(?:nummer|nr\.?|no\.?|#)(?![a-z])/g),
  here(0.7, /^(?:facture|avoir|invoice|rechnung|gutschrift|credit note)(?: d'acompte| de solde)? ?[:#-]? ?(?=[a-z0-9./_-]*\d)/g),
  label(0.6, /^(?:n[°º]|numero)(?= ?:| ?$| [a-z0-9./_-]*\d)/g),
];

export const ISSUE_DATE: readonly Label[] = [
  label(
    1,
    /(?<![a-z])date (?:de |du |d' ?)?(?:la )?(?:facture|facturation|emission|avoir|document|piece|edition)(?![a-z]| associe| prece| d'ori)/g,
  ),
  label(1, /(?<![a-z])(?:invoice date|date of (?:issue|invoice)|issue date|date issued|issued (?:at|on)|billing date)(?![a-z])/g),
  label(1, /(?<![a-z])(?:rechnungs?-?datum|ausstellungsdatum|belegdatum)(?![a-z])/g),
  here(0.9, /(?<![a-z])(?:emise?|etablie?|editee?|facturee?|creee?) le(?![a-z])/g),
  here(0.9, /(?<![a-z])(?:facture|avoir)(?: .{0,40})? (?:du|en date du)(?![a-z])/g),
  here(0.9, /(?<![a-z])[a-z]*rechnung(?:s?-?nummer| ?nr\.?)? ?[:#]?(?: \S{1,30})? (?:vom|von)(?![a-z])/g),
  here(0.9, /(?<![a-z])invoice.{0,40} (?:dated|of|issued at)(?![a-z])/g),
  label(0.7, /^(?:date|datum)(?= ?:| ?$| \d)/g),
  here(0.6, /^[a-z' -]{0,30}, ?(?:le|den)(?![a-z])/g),
  here(0.55, /^le(?= \d)/g),
];

export const DUE_DATE: readonly Label[] = [
  label(1, /(?<![a-z])(?:date d' ?)?echeance(?: de (?:paiement|reglement))?(?: le| au)?(?![a-z])/g),
  label(1, /(?<![a-z])date (?:limite|butoir) (?:de |du )?(?:paiement|reglement)(?![a-z])/g),
  label(1, /(?<![a-z])(?:due date|payment due|due (?:by|on)|date due)(?: date)?(?![a-z])/g),
  label(1, /(?<![a-z])(?:falligkeits?-?datum|fallig(?:keit)?|zahlungsziel|zahlungsfrist)(?: am| bis| zum)*(?![a-z])/g),
  here(
    0.95,
    /(?<![a-z])(?:a (?:payer|regler)|payable|paiement|reglement|exigible|reglable)(?: avant| au plus tard| jusqu'au| pour)* (?:le|au)(?![a-z])/g,
  ),
  here(0.95, /(?<![a-z])(?:pay|paid|remit|payable|transfer)[a-z ]{0,30} (?:by|before|until)(?![a-z])/g),
  here(0.95, /(?<![a-z])(?:zahlbar|uberweisen|zahlen|begleichen)[a-z ]{0,40} (?:zum|am|bis)(?![a-z])/g),
];

/** "HT", "H.T." and "hors taxes" after what they qualify. */
const HT = '(?:h\\.? ?t\\.?|hors (?:taxes?|tva))(?![a-z])';
const TTC = '(?:t\\.? ?t\\.? ?c\\.?|toutes taxes comprises)(?![a-z])';
const TVA = '(?:t\\.?v\\.?a\\.?|taxes?)(?![a-z])';

export const TOTAL_NET: readonly Label[] = [
  label(1, new RegExp(`(?<![a-z-])(?:total|montant)(?: general| global| net)? ?${HT}`, 'g')),
  label(0.9, new RegExp(`(?<![a-z])(?:net|sous-? ?total|base) ${HT}`, 'g')),
  label(
    1,
    /(?<![a-z])(?:net total|total net|net amount|total excl(?:uding|\.|usive)?(?: of)? ?(?:vat|tax(?:es)?)|total without (?:vat|tax))(?![a-z])/g,
  ),
  label(
    1,
    /(?<![a-z])(?:netto-?(?:betrag|summe|gesamt)|gesamt ?-?netto|summe netto|gesamtbetrag netto|rechnungssumme ohne ust\.?)(?![a-z])/g,
  ),
  label(0.8, /^(?:sub-?total|zwischensumme|netto|sous-total)(?![a-z])/g),
];

export const TOTAL_TAX: readonly Label[] = [
  label(1, new RegExp(`(?<![a-z])(?:total|montant)(?: de)?(?: la)? ?${TVA}`, 'g')),
  label(1, /(?<![a-z])(?:(?:vat|tax) (?:total|amount)|total (?:vat|tax)|sales tax)(?![a-z])/g),
  label(1, /(?<![a-z])(?:ust|umsatzsteuer|mwst|mehrwertsteuer|steuer)\.?[ -]?(?:gesamt|betrag|summe)(?![a-z])/g),
  label(0.8, new RegExp(`^${TVA}(?: a| au taux de)?(?: ?\\(?\\d{1,2}(?:[.,]\\d{1,2})? ?%\\)?)?(?: sur [\\d .,]+€?)?`, 'g')),
  label(
    0.8,
    /^(?:zzgl\.? |plus )?(?:vat|tax|ust|mwst|umsatzsteuer|mehrwertsteuer)\.?(?![a-z-])(?: ?\(?\d{1,2}(?:[.,]\d{1,2})? ?%\)?)?(?: on \S? ?[\d.,]+)?/g,
  ),
];

export const TOTAL_GROSS: readonly Label[] = [
  label(1, new RegExp(`(?<![a-z-])(?:total|montant|net)(?: general| global)?(?: a payer)? ?${TTC}`, 'g')),
  label(
    1,
    /(?<![a-z])(?:total incl(?:uding|\.|usive)?(?: of)? ?(?:vat|tax(?:es)?)|grand total|invoice total|total amount|gross (?:total|amount))(?![a-z])/g,
  ),
  label(
    1,
    /(?<![a-z])(?:rechnungs-?(?:betrag|summe)(?! ohne)|brutto-?(?:betrag|summe)|gesamt ?-?brutto|endbetrag|gesamtbetrag brutto)(?![a-z])/g,
  ),
  label(0.9, /^(?:gesamt-?(?:betrag|summe)(?! der)|brutto|total general)(?![a-z])/g),
  label(0.6, /^(?:total|gesamt)(?= ?[:(€]| ?$| eur| \d)/g),
];

export const PAYABLE: readonly Label[] = [
  label(1, /(?<![a-z])net a (?:payer|regler|deduire|rembourser)(?: ttc)?(?![a-z])/g),
  label(1, /(?<![a-z])(?:reste|solde|montant|somme|total)(?: ttc)? (?:a (?:payer|regler)|restant du|du)(?: ttc)?(?![a-z])/g),
  label(
    1,
    /(?<![a-z])(?:amount due|balance due|total due|due payable|amount payable|amount to pay|payable amount|please pay)(?![a-z])/g,
  ),
  label(1, /(?<![a-z])(?:zahlbetrag|zahlungsbetrag|zu (?:be)?zahlen(?:der betrag)?|offener betrag|falliger betrag)(?![a-z])/g),
];

export const PREPAID: readonly Label[] = [
  label(1, /(?<![a-z])acomptes? (?:deja )?(?:verses?|recus?|payes?|deduits?|regles?)(?![a-z])/g),
  label(1, /(?<![a-z])(?:deja (?:regle|paye|verse)e?s?|(?:montant|total) (?:deja )?(?:regle|paye|verse))(?![a-z])/g),
  label(1, /(?<![a-z])(?:prepaid(?: amount)?|amount paid|paid amount|already paid|deposit paid|less deposit)(?![a-z])/g),
  label(1, /(?<![a-z])(?:anzahlung(?:en)?|bereits (?:ge|be)zahlt|vorauszahlung)(?![a-z])/g),
];

export const ORDER_REFERENCE: readonly Label[] = [
  label(
    1,
    /(?<![a-z])(?:ref\.?|reference|numero|n°|no)? ?(?:de |du )?(?:votre |bon de )?commande(?: client)? ?(?:n[°ºo]|numero|ref\.?|#|:)(?![a-z])/g,
  ),
  label(1, /(?<![a-z])(?:purchase order|your order|order|po) ?(?:number|no\.?|nr\.?|ref\.?|#|:)(?![a-z])/g),
  label(1, /(?<![a-z])(?:ihre )?bestell(?:ung|-?nummer|-?nr\.?)(?: nr\.?)? ?:?(?![a-z])/g),
];

export const PRECEDING: readonly Label[] = [
  here(
    1,
    /(?<![a-z])factures? (?:associee|precedente|d'origine|initiale|concernee|annulee|rectifiee|d'acompte)s? ?(?:n[°ºo])?(?![a-z])/g,
  ),
  here(1, /(?<![a-z])(?:avoir|remboursement) (?:sur|relatif a|pour)(?: la)? facture(?: n[°ºo])?(?![a-z])/g),
  here(1, /(?<![a-z])(?:annule|rectifie|remplace)(?: et remplace)? la facture(?: n[°ºo])?(?![a-z])/g),
  here(1, /(?<![a-z])(?:original|preceding|credited) invoice(?: number| no\.?)?(?![a-z])/g),
];

/** Names of the buyer's block and of the seller's. The rest of the line, if any, is the name itself. */
export const BUYER_BLOCK =
  /^(?:votre )?(?:client|cliente|acheteur|destinataire|facturee? a|adressee? a|facturer a|adresse de facturation|a l'attention de|bill(?:ed)? to|invoiced? to|buyer|customer|sold to|rechnungsempfanger|rechnung an|rechnungsadresse|kaufer|kunde|auftraggeber)(?: ?:|$)/;
export const SELLER_BLOCK =
  /^(?:vendeur|emetteur|emise? par|fournisseur|prestataire|expediteur|de|from|seller|supplier|vendor|issued by|verkaufer|lieferant|rechnungssteller)(?: ?:|$)/;
export const DELIVERY_BLOCK =
  /^(?:livraison|livre a|adresse de livraison|lieu de livraison|delivery|ship(?:ped)? to|deliver to|lieferadresse|lieferanschrift)(?: |:|$)/;

/** What an invoice calls itself, with its UNTDID 1001 code. The first that matches a title decides. */
export const TITLES: readonly (readonly [RegExp, string])[] = [
  [/^(?:autofacture|auto-facture|facture emise par le client|self-?billed invoice)(?![a-z])/, '389'],
  [/^facture affacturee(?![a-z])/, '393'],
  [/^facture d'acompte(?![a-z])|^prepayment invoice(?![a-z])|^anzahlungsrechnung(?![a-z])/, '386'],
  [/^facture rectificative(?![a-z])|^corrected invoice(?![a-z])|^rechnungskorrektur(?![a-z])/, '384'],
  [
    /^(?:facture d')?avoir(?![a-z])|^note de credit(?![a-z])|^credit (?:note|memo)(?![a-z])|^gutschrift(?![a-z])|^stornorechnung(?![a-z])/,
    '381',
  ],
  [/^(?:[a-z]+ )?(?:facture|invoice|rechnung)(?![a-z])/, '380'],
];
