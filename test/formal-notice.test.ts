import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { extractText, getDocumentProxy } from 'unpdf';
import { day } from '../src/core/kernel/day.ts';
import type { FormalNoticeFacts } from '../src/core/letters/facts.ts';
import { composeFormalNotice } from '../src/core/letters/formal-notice.ts';
import type { FormalNotice } from '../src/core/letters/formal-notice-model.ts';
import { printable } from '../src/core/letters/typography.ts';
import { type LetterImages, renderFormalNotice } from '../src/modules/letters/render.ts';
import { TYPEFACES } from '../src/platform/pdf/compile.ts';
import { PdfRenderer, type PdfStandard } from '../src/platform/pdf/pdf.ts';
import { company, debtors, goldenFacts, invoice, noticeFacts, paid } from './support/notice-facts.ts';

/**
 * The formal notice from its facts to its pages. Golden files hold the model and the text of the PDF: a difference is a change of
 * what debtors read. When it is wanted: UPDATE_GOLDEN=1 npm test -- test/formal-notice.test.ts, then read the difference.
 */
const GOLDEN = fileURLToPath(new URL('./golden/formal-notice/', import.meta.url));
const renderer = new PdfRenderer();
after(() => renderer.close());

function compose(facts: FormalNoticeFacts): FormalNotice {
  const outcome = composeFormalNotice(facts);
  assert.ok(outcome.status === 'composed', JSON.stringify(outcome));
  return outcome.letter;
}
const print = (letter: FormalNotice, images: LetterImages = {}, standard: PdfStandard = 'a-2a'): Promise<Uint8Array> =>
  renderFormalNotice(letter, images, (request) => renderer.render({ ...request, standard }));
const textOf = async (pdf: Uint8Array): Promise<string> =>
  (await extractText(pdf.slice(), { mergePages: false })).text.join('\n\f\n').replace(/[ \u00a0\u202f]+/g, ' ');

/** Where each run of text stands, in millimetres from the top left of its page. */
async function placesOf(pdf: Uint8Array) {
  const mm = (points: number) => (points * 25.4) / 72;
  const document = await getDocumentProxy(pdf.slice());
  const pages = await Promise.all(
    Array.from({ length: document.numPages }, async (_, i) => (await (await document.getPage(i + 1)).getTextContent()).items),
  );
  return pages.map((items) =>
    items.flatMap((item) => {
      if (!('str' in item) || item.str.trim() === '') return [];
      const [, , , , x = 0, y = 0] = item.transform as number[];
      return [{ text: item.str, left: mm(x), right: mm(x + item.width), baseline: 297 - mm(y) }];
    }),
  );
}

const golden = (name: string, actual: string) => {
  const path = join(GOLDEN, name);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(GOLDEN, { recursive: true });
    writeFileSync(path, actual);
  }
  assert.ok(existsSync(path), `${name} does not exist: write it with UPDATE_GOLDEN=1`);
  assert.equal(actual, readFileSync(path, 'utf8'));
};

for (const [name, facts] of Object.entries(goldenFacts())) {
  test(`golden: ${name}`, async () => {
    const letter = compose(facts);
    golden(`${name}.json`, `${JSON.stringify(letter, null, 2)}\n`);
    golden(`${name}.txt`, `${await textOf(await print(letter))}\n`);
  });
}

test('the letter holds number, amount, interest, 40 €, IBAN and deadline', async () => {
  const text = await textOf(await print(compose(goldenFacts()['business-one-invoice'] as FormalNoticeFacts)));
  const words = [
    'F-2026-031',
    '4 800,00 €',
    '380,22 €',
    '40,00 €',
    '5 220,22 €',
    'FR76 3000 6000 0112 3456 7890 189',
    '4 décembre 2026',
  ];
  for (const word of words) assert.ok(text.includes(word), word);
});

test('the same letter gives the same bytes; it is accessible too (PDF/UA-1 accepts it)', async () => {
  const letter = compose(goldenFacts()['business-three-invoices'] as FormalNoticeFacts);
  assert.deepEqual(await print(letter, pictures()), await print(letter, pictures()));
  assert.ok((await print(letter, pictures(), 'ua-1')).length > 10_000);
});

test('the address shows in the window of a DL envelope, however long', async () => {
  const address = {
    lines: ['Service des achats', 'Tour Horizon, 34e étage, entrée par la cour', '1 parvis de la Coopération'],
    postcode: '1000',
    city: 'Bruxelles',
    country: 'BE',
  };
  const long = {
    ...debtors.business,
    name: LONG,
    contact: 'Madame Marie-Antoinette de La Roche-Montmorency, directrice',
    address,
  };
  for (const debtor of [debtors.business, long]) {
    const letter = compose(noticeFacts(claim(1), { debtor }));
    const [first = []] = await placesOf(await print(letter, pictures()));
    const last = letter.recipient.at(-1) ?? '';
    const shown = first.filter(({ left, baseline }) => left > 100 && baseline > 45 && baseline < 81);
    assert.ok(
      shown.some(({ text }) => text.includes(last)),
      last,
    );
    for (const { text, left, right, baseline } of shown) {
      assert.ok(left >= 104 && right <= 190 && baseline >= 53 && baseline <= 80, `${text}: ${left} to ${right}, ${baseline}`);
    }
    const inWindow = shown
      .map(({ text }) => text)
      .join(' ')
      .replace(/\s+/g, '');
    assert.ok(inWindow.includes(letter.recipient.join('').replace(/\s+/g, '').slice(-20)));
  }
});

test('nothing leaves its page: 1, 12 and 30 invoices, long names, wide and tall pictures', async () => {
  const creditor = {
    ...company,
    name: LONG,
    tradeName: LONG,
    website: 'www.la-tres-longue-adresse-de-notre-cooperative.example',
  };
  const wide = svg(900, 40);
  const tall = svg(40, 900);
  const shapes: readonly (readonly [FormalNotice, LetterImages])[] = [
    [compose(noticeFacts(claim(1))), {}],
    [compose(noticeFacts(claim(12), { creditor })), { logo: wide, signature: tall }],
    [
      compose(noticeFacts(claim(30), { reference: 'DOSSIER-2026-0007-SERVICE-RECOUVREMENT-AGENCE-DE-NANTES' })),
      { logo: tall, signature: wide },
    ],
  ];
  for (const [letter, images] of shapes) {
    const pages = await placesOf(await print(letter, images));
    for (const [i, page] of pages.entries()) {
      for (const { text, left, right, baseline } of page) {
        // A comma or a full stop may hang in the margin.
        assert.ok(
          left >= 21.5 && right <= 190 && baseline >= 8 && baseline <= 292,
          `page ${i + 1}, ${text}: ${left}–${right}, ${baseline}`,
        );
      }
      const body = page.filter(({ baseline }) => baseline > 20 && baseline < 272);
      assert.ok(body.length > 3, `page ${i + 1} of ${pages.length} is nearly empty`);
    }
    assert.ok(pages.length >= 3);
  }
});

test('every invoice of thirty is in the letter and in its statement, on numbered pages', async () => {
  const text = await textOf(await print(compose(noticeFacts(claim(30)))));
  for (const { number } of claim(30).invoices) assert.equal(text.split(number).length - 1, 2, number);
  const pages = text.split('\f').length;
  for (let page = 1; page <= pages; page += 1) assert.ok(text.includes(`Page ${page} sur ${pages}`));
});

test('names written to break out of the text are printed as they are', async () => {
  const hostile = '#panic("x") *a* _b_ @c $d$ \\e `f` <g> = h // i "j" #{k}';
  const facts = noticeFacts(claim(1), {
    creditor: { ...company, name: hostile, signatory: { name: hostile } },
    debtor: { ...debtors.business, name: hostile, contact: hostile },
    reference: hostile,
    story: [hostile, '= Titre\n#pagebreak()\n/ terme: définition'],
    enclosures: [hostile],
  });
  const letter = compose(facts);
  assert.equal(letter.sender.name, hostile);
  const pdf = await print(letter);
  const flat = (await textOf(pdf)).replace(/\s+/g, '');
  assert.ok(flat.split(hostile.replace(/\s+/g, '')).length > 5);
  const plain = await print(compose(noticeFacts(claim(1))));
  assert.equal((await placesOf(pdf)).length, (await placesOf(plain)).length);
});

test('signs that no typeface of ours draws are shown as missing and told, and the letter is still written', async () => {
  const debtor = { ...debtors.business, name: 'Chez 🙂 שלום \u202emalin\u202c 株式' };
  const outcome = composeFormalNotice(noticeFacts(claim(1), { debtor }));
  assert.ok(outcome.status === 'composed');
  assert.ok(outcome.advice.some((advice) => advice.key === 'unprintable' && advice.message.includes('🙂')));
  assert.ok((await textOf(await print(outcome.letter))).includes('Chez ☐ ☐☐☐☐ malin ☐☐'));
});

test('what is called printable is in every typeface', async () => {
  const all = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code)).filter(
    (c) => c.trim() !== '' && printable(c).text === c,
  );
  assert.ok(all.length > 600);
  const template = fileURLToPath(new URL('../templates/probe.typ', import.meta.url));
  // PDF/A refuses a sign without a glyph; the page sets the text in both weights of each typeface.
  const pdf = await renderer.render({
    template,
    data: { title: all.join(' '), body: all.join(' '), typefaces: TYPEFACES },
    date: day('2026-11-21'),
  });
  assert.ok(pdf.length > 10_000);
});

const LONG =
  'Société coopérative d’intérêt collectif pour la valorisation des produits de la mer et de l’estuaire de la Loire-Atlantique';

function claim(count: number) {
  const invoices = Array.from({ length: count }, (_, i) =>
    invoice(
      `F-2026-${100 + i}`,
      '2026-01-02',
      `2026-0${1 + (i % 9)}-15`,
      `${1000 + i * 37}.50`,
      i % 4 === 0 ? [paid('2026-10-02', '150.00')] : [],
    ),
  );
  return { debtor: 'business', invoices } as const;
}

function svg(width: number, height: number): Uint8Array {
  return new TextEncoder().encode(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}"/></svg>`,
  );
}

function pictures(): LetterImages {
  return { logo: svg(120, 40), signature: svg(200, 80) };
}
