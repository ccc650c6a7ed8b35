import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InvoiceReading, ReadParty } from '#formats/invoice/index.ts';
import type { Creditor } from '#modules/companies/index.ts';
import { fieldErrors, parseForm } from '#platform/form.ts';
import { check } from './anomalies.ts';
import { completeCreditor, draftOf, fieldsOf, foreignSeller, InvoiceForm, isOwn } from './draft.ts';
import { openingOf, reliesOn } from './reading-words.ts';
import type { Reading } from './readings.ts';

const party = (over: Partial<ReadParty> = {}): ReadParty => ({
  name: null,
  vat: null,
  tax_number: null,
  legal_id: null,
  legal_scheme: null,
  siren: null,
  siren_source: null,
  postcode: null,
  city: null,
  country: null,
  ...over,
});

const reading = (over: Partial<InvoiceReading> = {}): InvoiceReading => ({
  format: 'cii',
  container: 'pdf',
  guideline: null,
  number: 'F-12',
  type_code: '380',
  issue_date: '2026-03-01',
  due_date: '2026-03-31',
  all_due_dates: ['2026-03-31'],
  currency: 'EUR',
  seller: party({ name: 'ATELIER BRUME SARL', siren: '552081317' }),
  buyer: party({ name: 'Brasserie du Vieux Moulin', siren: '900000126' }),
  buyer_reference: null,
  order_reference: null,
  preceding_invoices: [],
  total_lines: null,
  total_net: '4000.00',
  total_tax: '800',
  total_gross: '4800.0000',
  prepaid: null,
  rounding: null,
  payable: '4800.00',
  iban: ['FR7630006000011234567890189'],
  bic: ['AGRIFRPPXXX'],
  remittance: null,
  payment_terms: [],
  notes: [],
  line_count: 1,
  arithmetic_ok: true,
  ...over,
});

const creditor = (over: Partial<Creditor> = {}): Creditor => ({
  name: 'Atelier Brume',
  legalForm: null,
  shareCapitalCents: null,
  siren: null,
  registryCity: null,
  vatNumber: null,
  street: null,
  postcode: null,
  city: null,
  country: 'FR',
  email: null,
  phone: null,
  iban: null,
  bic: null,
  signatoryName: null,
  signatoryRole: null,
  logoSha256: null,
  signatureSha256: null,
  ...over,
});

const item = (of: InvoiceReading | null, draft: Reading['draft'] = null): Reading => ({
  id: '01990000-0000-7000-8000-000000000001',
  fileName: 'facture.pdf',
  sha256: '',
  mediaType: 'application/pdf',
  status: 'to-confirm',
  reading: of,
  refusal: null,
  draft,
  invoice: null,
});

test('what was read is a form that can be confirmed as it stands, in French figures too', () => {
  const parsed = parseForm(InvoiceForm, fieldsOf(draftOf(reading()).typed));
  assert.ok(parsed.ok);
  assert.deepEqual(
    [parsed.value.net, parsed.value.tax, parsed.value.gross, parsed.value.payable],
    [400000n, 80000n, 480000n, 480000n],
  );
  const opening = openingOf(reading(), null);
  assert.equal(opening.typed.gross, '4\u202f800,00');
  assert.deepEqual(parseForm(InvoiceForm, fieldsOf(opening.typed)), parsed);
});

test('without a due date, the thirtieth day, said to be a guess until it is corrected', () => {
  const { typed, guessed } = draftOf(reading({ due_date: null, all_due_dates: [] }));
  assert.equal(typed.dueOn, '2026-03-31');
  assert.ok(guessed.includes('dueOn'));
  assert.ok(!draftOf(reading()).guessed.includes('dueOn'));
  const corrected = openingOf(reading({ due_date: null }), { ...typed, dueOn: '2026-04-15' });
  assert.ok(!corrected.guessed.includes('dueOn'));
});

test('what an invoice slips on is left empty and told, so that it can be confirmed all the same', () => {
  const slips = reading({ buyer: party({ name: 'Le Client', siren: '987654321', email: 'compta@' }) });
  const { typed, unusable } = draftOf(slips);
  assert.deepEqual(unusable, { 'debtor.siren': '987654321', 'debtor.email': 'compta@' });
  assert.ok(parseForm(InvoiceForm, fieldsOf(typed)).ok);
});

test('a credit note is positive, due when it is issued, and needs no client', () => {
  const note = reading({
    type_code: '381',
    payable: '-60.00',
    total_gross: '-60.00',
    total_net: '-50',
    total_tax: '-10',
    buyer: null,
  });
  const { typed } = draftOf({ ...note, preceding_invoices: ['F-12'] });
  assert.deepEqual([typed.documentKind, typed.payable, typed.creditedInvoice], ['credit-note', '60.00', 'F-12']);
  const parsed = parseForm(InvoiceForm, fieldsOf({ ...typed, dueOn: 'hidden' }));
  assert.ok(parsed.ok);
  assert.deepEqual([parsed.value.debtor, parsed.value.dueOn.toString()], [null, '2026-03-01']);
});

test('each thing wrong in a form is said at its field', () => {
  const { typed } = draftOf(reading());
  const refused = (over: Record<string, string>): string[] => {
    const parsed = parseForm(InvoiceForm, fieldsOf({ ...typed, ...over }));
    return parsed.ok ? [] : Object.keys(fieldErrors(parsed.refusal));
  };
  assert.deepEqual(refused({ number: ' ', issuedOn: '31/02/2026', gross: 'abc' }), ['number', 'issuedOn', 'gross']);
  assert.deepEqual(refused({ 'debtor.name': '', 'debtor.siren': '123456789' }), ['debtor.name', 'debtor.siren']);
  assert.deepEqual(refused({ dueOn: '2026-02-28' }), ['dueOn']);
  assert.deepEqual(refused({ gross: '4 800,01' }), ['gross']);
  assert.deepEqual(refused({ payable: '0' }), ['payable']);
  assert.deepEqual(refused({ payable: '1 200,00' }), [], 'a deposit was paid');
});

test('a seller is told by its SIREN, else by the telling words of its name', () => {
  const sold = (name: string | null, siren: string | null = null) => reading({ seller: party({ name, siren }) });
  assert.equal(foreignSeller(creditor(), sold('SARL ATELIER BRUME (Nantes)')), undefined);
  assert.equal(foreignSeller(creditor({ name: 'Élodie Brûlé' }), sold('BRULE Elodie EI')), undefined);
  assert.equal(foreignSeller(creditor(), sold('Fournitures du Centre')), 'Fournitures du Centre');
  assert.equal(foreignSeller(creditor({ siren: '552081317' }), sold('Tout autre nom', '552081317')), undefined);
  assert.equal(foreignSeller(creditor({ siren: '552081317' }), sold('Atelier Brume', '900000126')), 'Atelier Brume');
  assert.equal(foreignSeller(creditor(), sold('SARL')), undefined, 'a form names nobody');
  assert.equal(foreignSeller(creditor(), reading({ seller: null })), undefined);
  assert.ok(!isOwn(creditor(), sold('SARL')) && !isOwn(creditor(), reading({ seller: null })), 'nor does it prove anything');
  assert.ok(isOwn(creditor(), sold('Atelier Brume')));
});

test('the company takes from its invoice what it does not know, and nothing wrong', () => {
  const seller = party({
    name: 'Atelier Brume',
    siren: '552081317',
    street: '3 quai des Saules',
    postcode: '44000',
    city: 'Nantes',
    country: 'FR',
  });
  const full = reading({ seller: { ...seller, email: 'pas une adresse', vat: 'FR 03 552 081 317' } });
  assert.deepEqual(completeCreditor(creditor(), full), {
    siren: '552081317',
    vatNumber: 'FR 03 552 081 317',
    street: '3 quai des Saules',
    postcode: '44000',
    city: 'Nantes',
    country: 'FR',
    iban: 'FR7630006000011234567890189',
    bic: 'AGRIFRPPXXX',
  });
  assert.equal(completeCreditor(creditor({ siren: '900000126' }), full), undefined, 'it has an identity');
  const kept = completeCreditor(creditor({ iban: 'FR7699999000440002026070480' }), full);
  assert.deepEqual([kept?.iban, kept?.bic], [undefined, undefined], 'its own account stays');
  const factored = completeCreditor(creditor(), { ...full, payee: 'Affacturage Imaginaire' });
  assert.deepEqual(
    [factored?.iban, factored?.bic, factored?.siren],
    [undefined, undefined, '552081317'],
    'the factor’s account is not its own',
  );
  const wrong = completeCreditor(creditor(), {
    ...full,
    iban: ['FR7630006000011234567890188'],
    seller: { ...seller, siren: '987654321' },
  });
  assert.deepEqual([wrong?.iban, wrong?.siren, wrong?.city], [undefined, undefined, 'Nantes']);
  assert.equal(
    completeCreditor(creditor(), reading({ seller: party({ name: 'Atelier Brume', country: 'FR' }), iban: [], bic: [] })),
    undefined,
  );
});

test('only what needs no look is confirmed without one', () => {
  const why = (of: Partial<InvoiceReading>, who = creditor()) => check(item(reading(of)), who)?.anomalies;
  assert.deepEqual(why({}), []);
  assert.deepEqual(why({ format: 'pdf-text' }), ['deviné d’après le texte, à vérifier']);
  assert.deepEqual(why({ number: null, payable: 'x' }), ['à corriger\u202f: numéro, montant à payer']);
  assert.deepEqual(why({ due_date: null }), ['sans échéance']);
  assert.deepEqual(why({ all_due_dates: ['2026-03-31', '2026-04-30'] }), ['plusieurs échéances']);
  assert.deepEqual(why({ arithmetic_ok: false }), ['totaux qui ne tombent pas juste']);
  assert.deepEqual(why({ currency: 'USD' }), ['en USD, pas en euros']);
  assert.deepEqual(why({ buyer: party({ name: 'Mairie d’Azur' }) }), ['peut-être un acheteur public']);
  assert.deepEqual(why({ buyer: party({ name: 'Brasserie de la Mairie' }) }), []);
  assert.deepEqual(why({ payee: 'Un facteur' }), ['à payer à Un facteur']);
  assert.deepEqual(why({}, creditor({ name: 'Tout autre' })), ['émise par ATELIER BRUME SARL']);
  assert.deepEqual(why({ type_code: '381' }), ['facture réduite non indiquée']);
  assert.deepEqual(check(item(reading(), { number: '' }), creditor())?.anomalies, ['correction commencée']);
  assert.equal(check(item(null), creditor()), undefined);
  assert.equal(check(item(reading()), creditor())?.kindUnknown, false);
  assert.equal(check(item(reading({ buyer: party({ name: 'Jeanne Morel' }) })), creditor())?.kindUnknown, true);
});

test('a guess shows the words of the page it relies on', () => {
  const place = { page: 2, x: 0, y: 0, width: 1, height: 1, text: 'Total TTC : 4 800,00 €' };
  const guessed = reading({ format: 'pdf-text', places: { total_gross: place } });
  assert.equal(reliesOn(guessed, 'gross'), 'D’après la page 2\u202f: «\u00a0Total TTC : 4\u202f800,00\u00a0€\u00a0»');
  assert.equal(reliesOn(guessed, 'number'), undefined);
  assert.equal(reliesOn(reading({ places: { total_gross: place } }), 'gross'), undefined);
});
