import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { amendCreditor, createCompany, missingForLetters, readCreditor } from '#modules/companies/index.ts';
import { confirmReading, draftOf, receiveFile } from '#modules/intake/index.ts';
import { draftNotice, noticeChoices } from '#modules/letters/index.ts';
import { freshDeps } from '../support/app.ts';

/** What the letter asks for when the settings say that a field is missing. */
const ASKED: Readonly<Record<string, string>> = {
  siren: 'creditor.siren',
  legalForm: 'creditor.legalForm',
  street: 'creditor.address',
  signatoryName: 'creditor.signatory',
  iban: 'creditor.iban',
};

const ANSWERS: readonly Readonly<Record<string, string>>[] = [
  {},
  { siren: '552 081 317' },
  { street: '3 quai des Saules', city: 'Nantes' },
  { postcode: '44000' },
  { legalForm: 'SARL' },
  { legalForm: 'EI' },
  { legalForm: 'Autre', legalFormOther: 'SCIC' },
  { signatoryName: 'Ysaline Corbrande' },
  { iban: 'FR76 3000 6000 0112 3456 7890 189' },
];

test('the settings say that something is missing exactly when the formal notice does', async (t) => {
  const deps = await freshDeps(t);
  const made = await createCompany(deps, { name: 'Menuiserie Corbeau' });
  assert.ok(made.ok);
  const { id } = made.value;
  const bytes = readFileSync(new URL('../fixtures/invoices/ubl-invoice.xml', import.meta.url));
  const [item] = await receiveFile(deps, id, { name: 'facture.xml', bytes });
  assert.ok(item?.reading);
  const entered = await confirmReading(deps, id, item.id, draftOf(item.reading).typed);
  assert.ok(entered.ok && entered.value.caseId);
  const choices = noticeChoices({ deadlineOn: '2026-12-06' }, deps.clock.today());
  assert.ok(choices.ok);

  for (const answer of ANSWERS) {
    assert.ok((await amendCreditor(deps, id, answer)).ok);
    const creditor = await deps.db.tenant(id, (tx) => readCreditor(tx, id));
    const draft = await draftNotice(deps, id, entered.value.caseId, choices.value);
    assert.ok(draft.ok);
    const asked =
      draft.value.status === 'missing' ? draft.value.facts.map(({ key }) => key).filter((key) => /^creditor/.test(key)) : [];
    assert.deepEqual(
      missingForLetters(creditor)
        .map(({ field }) => ASKED[field])
        .sort(),
      asked.sort(),
      JSON.stringify(answer),
    );
  }
});
