import { frenchAmount, frenchDay } from '#core/kernel/french.ts';
import { money } from '#core/kernel/money.ts';
import { epcPayload } from '#core/letters/epc-qr.ts';
import { fr, frenchSiren, groupedIban, NBSP } from '#core/letters/typography.ts';
import { DEMO_COMPANY } from './company.ts';
import type { DemoDocument, DemoLine, VatRate } from './documents.ts';
import { lateMentions, paymentTerms, REVERSE_CHARGE } from './mentions.ts';

type Labelled = { readonly label: string; readonly value: string };

/** What the template of an invoice is given: every text ready to print. */
export interface InvoiceModel {
  readonly title: string;
  readonly kindWord: string;
  readonly numberWords: string;
  readonly logoAlt: string;
  readonly xmlDescription: string;
  readonly seller: { readonly name: string; readonly lines: readonly string[] };
  readonly buyer: { readonly label: string; readonly lines: readonly string[]; readonly ids: readonly string[] };
  readonly meta: readonly Labelled[];
  readonly subject: string;
  readonly head: readonly string[];
  readonly lines: readonly {
    readonly label: string;
    readonly detail?: string;
    readonly quantity: string;
    readonly price: string;
    readonly vat: string;
    readonly net: string;
  }[];
  readonly vatHead: readonly string[];
  readonly vat: readonly { readonly rate: string; readonly basis: string; readonly tax: string }[];
  readonly vatNote?: string;
  readonly totals: readonly Labelled[];
  readonly due: Labelled;
  readonly payment: {
    readonly title: string;
    readonly terms: string;
    readonly lines: readonly Labelled[];
    readonly qr?: string;
    readonly qrHint?: string;
  };
  readonly mentions: readonly string[];
  readonly footer: readonly string[];
  readonly pageWords: readonly [string, string];
}

const euros = (cents: bigint): string => frenchAmount(money(cents));
const RATES: Readonly<Record<VatRate, string>> = { '20.00': fr`20 %`, '5.50': fr`5,5 %`, '0.00': fr`0 %` };
const COUNTRIES = new Intl.DisplayNames('fr', { type: 'region' });

/** What is written on an invoice or a credit note (C. com. L441-9; C. com. R123-238 for the company's own mentions). */
export function invoiceModel(document: DemoDocument): InvoiceModel {
  const { story, number, issuedOn, debtor } = document;
  const invoice = story.kind === 'invoice';
  const kindWord = invoice ? 'Facture' : 'Avoir';
  const { street, postcode, city, phone, email } = DEMO_COMPANY;
  const country = debtor.country === 'FR' ? [] : [(COUNTRIES.of(debtor.country) ?? debtor.country).toUpperCase()];
  return {
    title: `${kindWord} ${number}`,
    kindWord,
    numberWords: fr`n° ${number}`,
    logoAlt: `Logo ${DEMO_COMPANY.name}`,
    xmlDescription: fr`Données de la facture (Factur-X, profil EN 16931)`,
    seller: { name: DEMO_COMPANY.name, lines: [`${street}, ${postcode} ${city}`, `${phone} · ${email}`] },
    buyer: {
      label: invoice ? fr`Facturé à` : fr`Avoir accordé à`,
      lines: [debtor.name, debtor.street, `${debtor.postcode} ${debtor.city}`, ...country],
      ids: [...(debtor.siren ? [fr`SIREN ${frenchSiren(debtor.siren)}`] : []), ...(debtor.vat ? [fr`TVA ${debtor.vat}`] : [])],
    },
    meta: meta(document, frenchDay(issuedOn)),
    subject: story.subject,
    head: [fr`Désignation`, fr`Quantité`, fr`Prix unitaire HT`, 'TVA', 'Montant HT'],
    lines: document.lines.map(line),
    vatHead: [fr`Taux de TVA`, 'Base HT', 'Montant de TVA'],
    vat: document.vat.map((v) => ({ rate: RATES[v.rate], basis: euros(v.basisCents), tax: euros(v.taxCents) })),
    ...(document.vat.some((v) => v.category === 'AE') ? { vatNote: REVERSE_CHARGE } : {}),
    totals: [
      { label: 'Total HT', value: euros(document.netCents) },
      { label: 'TVA', value: euros(document.taxCents) },
    ],
    due: { label: invoice ? fr`Total TTC à payer` : fr`Total TTC de l'avoir`, value: euros(document.grossCents) },
    payment: payment(document),
    mentions: lateMentions(document).map((mention) => mention.text),
    footer: footer(),
    pageWords: ['Page', 'sur'],
  };
}

function meta({ story, credited, dueOn }: DemoDocument, issued: string): Labelled[] {
  return [
    { label: fr`Date`, value: issued },
    ...(credited
      ? [
          { label: fr`Réduit la facture`, value: fr`n° ${credited.number}` },
          { label: fr`émise le`, value: frenchDay(credited.issuedOn) },
        ]
      : [{ label: fr`Échéance`, value: frenchDay(dueOn) }]),
    ...(story.order ? [{ label: story.buyerReference ? fr`Engagement` : fr`Votre référence`, value: story.order }] : []),
    ...(story.buyerReference ? [{ label: fr`Service`, value: story.buyerReference }] : []),
    { label: fr`Opération`, value: story.goods ? fr`services et livraison de biens` : fr`prestation de services` },
  ];
}

function line({ story, priceCents, rate, netCents }: DemoLine): InvoiceModel['lines'][number] {
  const quantity = story.quantity.replace('.', ',');
  const many = Number(story.quantity) >= 2;
  const words = {
    flat: 'forfait',
    piece: quantity,
    hour: `${quantity}${NBSP}h`,
    day: `${quantity}${NBSP}${many ? 'jours' : 'jour'}`,
  };
  return {
    label: story.label,
    ...(story.detail === undefined ? {} : { detail: story.detail }),
    quantity: words[story.unit],
    price: euros(priceCents),
    vat: RATES[rate],
    net: euros(netCents),
  };
}

function payment(document: DemoDocument): InvoiceModel['payment'] {
  const { number, dueOn, grossCents, credited } = document;
  const terms = paymentTerms(document, frenchDay(dueOn));
  if (credited) return { title: fr`Comment cet avoir s'applique`, terms, lines: [] };
  const epc = invoiceTransfer(document);
  return {
    title: fr`Comment payer`,
    terms,
    lines: [
      { label: 'Titulaire', value: DEMO_COMPANY.name },
      { label: 'IBAN', value: groupedIban(DEMO_COMPANY.iban) },
      { label: 'BIC', value: DEMO_COMPANY.bic },
      { label: fr`Référence`, value: number },
    ],
    ...(epc ? { qr: fr`Code de virement : ${euros(grossCents)}, référence ${number}`, qrHint: fr`Virement prérempli` } : {}),
  };
}

/** The transfer that a bank's application reads from the QR code; none for a credit note. */
export function invoiceTransfer({ number, grossCents, credited }: DemoDocument): string | undefined {
  if (credited) return undefined;
  const { name, iban, bic } = DEMO_COMPANY;
  const epc = epcPayload({ name, iban, bic, amount: money(grossCents), remittance: number });
  return epc.ok ? epc.value : undefined;
}

function footer(): string[] {
  const { name, legalForm, capital, street, postcode, city, registryCity, siren, vatNumber } = DEMO_COMPANY;
  return [
    fr`${name}, ${legalForm} au capital de ${capital.replace(' ', NBSP)} €. Siège : ${street}, ${postcode} ${city}.`,
    fr`RCS ${registryCity} ${frenchSiren(siren)} · TVA ${vatNumber}`,
    fr`Document de démonstration de Quitus : entreprise, client, numéros et compte bancaire sont inventés.`,
  ];
}
