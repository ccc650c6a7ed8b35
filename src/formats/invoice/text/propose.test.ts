import assert from 'node:assert/strict';
import { test } from 'node:test';
import { degrees, PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import type { InvoiceReading, PagePlace } from '../invoice.ts';
import { readInvoiceFile } from '../read.ts';

/** Words to draw: x and y in points from the top left of an A4 page, baseline, and the text. */
type Word = readonly [x: number, y: number, text: string, size?: number];

async function propose(words: readonly Word[], turn = 0): Promise<InvoiceReading> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const page = pdf.addPage([595, 842]);
  for (const [x, y, text, size = 10] of words) {
    // A page turned by 90° shows its left edge at the top: what is to be seen at (x, y) is drawn at (y, x) and turned.
    if (turn === 90) page.drawText(text, { x: y, y: x, size, font, rotate: degrees(90) });
    else page.drawText(text, { x, y: 842 - y, size, font });
  }
  page.setRotation(degrees(turn));
  const result = await readInvoiceFile(await pdf.save(), 'facture.pdf');
  assert.ok(result.ok, result.ok ? '' : result.refusal.message);
  const [reading] = result.value;
  assert.ok(reading);
  return reading;
}

const FRENCH: readonly Word[] = [
  [57, 60, 'Atelier des Trois Ponts SARL', 14],
  [57, 76, '3 quai des Saules'],
  [57, 88, '44000 Nantes'],
  [57, 100, 'SIRET : 900 000 019 00019'],
  [57, 112, 'TVA : FR 25 900 000 019'],
  [340, 150, 'Brasserie du Vieux Moulin'],
  [340, 162, 'Contact : Mme Houblon'],
  [340, 174, '12 rue des Lilas'],
  [340, 186, '69001 Lyon'],
  [340, 198, 'SIREN 900 000 126'],
  [57, 240, 'Facture n° F-2026-0042', 16],
  [57, 260, 'Date de facture :'],
  [170, 260, '1er mars 2026'],
  [57, 274, "Date d'échéance :"],
  [170, 274, '31/03/2026'],
  [57, 288, 'Votre commande n° BC-99 du 02/02/2026'],
  [57, 320, 'Désignation'],
  [300, 320, 'Qté'],
  [360, 320, 'P.U. HT'],
  [480, 320, 'Total HT'],
  [57, 336, 'Maquette du site'],
  [300, 336, '1'],
  [360, 336, '4 000,00'],
  [480, 336, '4 000,00'],
  [360, 380, 'Total HT'],
  [480, 380, '4 000,00 €'],
  [360, 394, 'TVA 20 %'],
  [480, 394, '800,00 €'],
  [360, 408, 'Total TTC'],
  [480, 408, '4 800,00 €'],
  [360, 422, 'Acompte versé'],
  [480, 422, '-1 000,00 €'],
  [360, 440, 'NET À PAYER', 12],
  [480, 440, '3 800,00 €', 12],
  [57, 500, 'Paiement à 30 jours par virement'],
  [57, 514, 'IBAN : FR76 3000 6000 0112 3456 7890 189 - BIC : AGRIFRPP'],
  [57, 800, "Tout retard de paiement entraîne une pénalité de trois fois le taux d'intérêt légal et une indemnité de 40 €.", 7],
];

test('a French invoice, every proposal', async () => {
  const { places, ...read } = await propose(FRENCH);
  assert.deepEqual(
    [read.format, read.number, read.type_code, read.issue_date, read.due_date, read.currency, read.order_reference],
    ['pdf-text', 'F-2026-0042', '380', '2026-03-01', '2026-03-31', 'EUR', 'BC-99'],
  );
  assert.deepEqual(
    [read.total_net, read.total_tax, read.total_gross, read.prepaid, read.payable],
    ['4000.00', '800.00', '4800.00', '1000.00', '3800.00'],
  );
  assert.deepEqual(read.iban, ['FR7630006000011234567890189']);
  assert.deepEqual(read.bic, ['AGRIFRPP']);
  assert.deepEqual(read.payment_terms, ['Paiement à 30 jours par virement']);
  const { seller, buyer } = read;
  assert.deepEqual(
    [seller?.name, seller?.street, seller?.postcode, seller?.city, seller?.siren, seller?.legal_id, seller?.vat],
    ['Atelier des Trois Ponts SARL', '3 quai des Saules', '44000', 'Nantes', '900000019', '90000001900019', 'FR25900000019'],
  );
  assert.deepEqual(
    [buyer?.name, buyer?.city, buyer?.siren, buyer?.vat],
    ['Brasserie du Vieux Moulin', 'Lyon', '900000126', null],
  );
  assert.ok(places);
});

/** A place must hold a point of the page, in points from the top left. */
function holds(place: PagePlace | undefined, x: number, y: number): void {
  assert.ok(place, 'a place');
  const inside = place.x <= x && x <= place.x + place.width && place.y <= y && y <= place.y + place.height;
  assert.ok(inside, `(${x}, ${y}) is not in ${JSON.stringify(place)}`);
}

test('each proposal shows its place, in points from the top left, and the words relied on', async () => {
  const { places = {} } = await propose(FRENCH);
  holds(places.payable, 500, 436);
  holds(places.issue_date, 190, 257);
  holds(places['seller.name'], 100, 55);
  holds(places['buyer.siren'], 380, 195);
  holds(places.iban, 150, 511);
  assert.equal(places.payable?.text, 'NET À PAYER 3 800,00 €');
  assert.equal(places.issue_date?.text, 'Date de facture : 1er mars 2026');
  const number = places.number;
  assert.ok(number && number.x > 57 + 60, 'the box is that of the number, not of its label');
  for (const [field, place] of Object.entries(places)) {
    assert.ok(
      place.page === 1 && place.x >= 0 && place.y >= 0 && place.x + place.width <= 595 && place.y + place.height <= 842,
      field,
    );
  }
});

test('a page turned by a quarter is read as it is seen', async () => {
  const read = await propose(
    FRENCH.filter(([x]) => x < 580),
    90,
  );
  assert.deepEqual([read.number, read.payable, read.due_date], ['F-2026-0042', '3800.00', '2026-03-31']);
  holds(read.places?.payable, 500, 436);
});

test('what the key refuses is not proposed', async () => {
  const wrong = FRENCH.map(
    ([x, y, text, size]): Word => [
      x,
      y,
      text
        .replace('900 000 019 00019', '900 000 018 00019')
        .replace('FR 25 900 000 019', 'FR 24 900 000 019')
        .replace('0112', '0113'),
      size ?? 10,
    ],
  );
  const read = await propose(wrong);
  assert.deepEqual([read.seller?.siren, read.seller?.vat, read.iban], [null, null, []]);
  assert.equal(read.seller?.name, 'Atelier des Trois Ponts SARL');
});

test('a credit note, its minus signs and the invoice it corrects', async () => {
  const read = await propose([
    [400, 60, 'AVOIR', 16],
    [400, 76, 'N° AV-2026-003'],
    [400, 90, 'Date : 12/03/2026'],
    [57, 120, 'Avoir sur facture n° F-2026-0042'],
    [360, 380, 'Total HT'],
    [480, 380, '-100,00 €'],
    [360, 394, 'Total TVA'],
    [480, 394, '-20,00 €'],
    [360, 408, 'Total TTC'],
    [480, 408, '-120,00 €'],
  ]);
  assert.deepEqual([read.number, read.type_code, read.issue_date], ['AV-2026-003', '381', '2026-03-12']);
  assert.deepEqual(read.preceding_invoices, ['F-2026-0042']);
  assert.deepEqual([read.total_net, read.total_tax, read.total_gross, read.payable], ['100.00', '20.00', '120.00', '120.00']);
});

test('an English invoice, month first', async () => {
  const read = await propose([
    [30, 60, 'Invoice INV/2026/0008', 16],
    [30, 90, 'Invoice Date:'],
    [200, 90, 'Due Date:'],
    [30, 104, '03/20/2026'],
    [200, 104, '04/04/2026'],
    [310, 300, 'Subtotal'],
    [500, 300, '$ 1,262.90'],
    [310, 314, 'Tax 15% on $ 112.90'],
    [500, 314, '$ 16.94'],
    [310, 328, 'Total'],
    [500, 328, '$ 1,279.84'],
  ]);
  assert.deepEqual([read.number, read.issue_date, read.due_date], ['INV/2026/0008', '2026-03-20', '2026-04-04']);
  assert.deepEqual([read.total_net, read.total_tax, read.total_gross, read.currency], ['1262.90', '16.94', '1279.84', 'USD']);
});

test('a German invoice with its window and its letterhead', async () => {
  const read = await propose([
    [57, 130, 'Bei Spiel GmbH • Ecke 12 • 12345 Stadthausen', 7],
    [57, 150, 'Theodor Est'],
    [57, 163, 'Bahnstr. 42'],
    [57, 176, '88802 Spielkreis'],
    [57, 360, 'Rechnung Nr. RE-505 vom 09.05.2026'],
    [57, 500, 'Nettobetrag: 496,00 €'],
    [57, 514, 'USt. Gesamt: 75,04 €'],
    [57, 528, 'Gesamtbetrag: 571,04 €'],
    [57, 560, 'Bitte überweisen Sie bis zum 30.05.2026.'],
  ]);
  assert.deepEqual([read.number, read.issue_date, read.due_date, read.payable], ['RE-505', '2026-05-09', '2026-05-30', '571.04']);
  assert.deepEqual([read.total_net, read.total_tax], ['496.00', '75.04']);
  assert.equal(read.seller?.name, 'Bei Spiel GmbH');
  assert.equal(read.buyer?.name, 'Theodor Est');
});

test('an IBAN in the cells of a bank slip', async () => {
  const groups = ['FR76', '3000', '6000', '0112', '3456', '7890', '189'];
  const read = await propose([[57, 500, 'IBAN'], ...groups.map((group, i): Word => [120 + i * 50, 500, group])]);
  assert.deepEqual(read.iban, ['FR7630006000011234567890189']);
});

test('words that say nothing give nothing', async () => {
  const { places, ...read } = await propose([[57, 60, 'Bonjour, voici le compte rendu de la réunion du service.']]);
  assert.deepEqual(
    [read.number, read.issue_date, read.payable, read.seller, read.buyer, read.iban],
    [null, null, null, null, null, []],
  );
  assert.deepEqual(places, {});
  assert.equal(read.no_text, undefined);
});
