import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fieldErrors } from '#platform/form.ts';
import { newId } from '#platform/ids.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { amendCreditor, createCompany, listCompanies, readCreditor, readPicture, removeDemo, savePicture } from './companies.ts';
import { type Creditor, missingForLetters, typedOf } from './creditor.ts';
import { pictureType } from './picture.ts';

type Deps = Awaited<ReturnType<typeof freshDeps>>;

async function company(deps: Deps, typed: Record<string, string> = {}): Promise<string> {
  const made = await createCompany(deps, { name: 'Atelier Brume', ...typed });
  assert.ok(made.ok);
  return made.value.id;
}

const identity = (deps: Deps, id: string): Promise<Creditor> => deps.db.tenant(id, (tx) => readCreditor(tx, id));

test('a name is enough; a form sent several times at once makes one company', async (t) => {
  const deps = await freshDeps(t);
  const id = newId();
  const answers = await Promise.all(Array.from({ length: 4 }, () => createCompany(deps, { name: ' Atelier Brume ' }, 'own', id)));
  assert.ok(answers.every((answer) => answer.ok && answer.value.id === id));
  assert.deepEqual(await listCompanies(deps), [{ id, name: 'Atelier Brume', demo: false }]);
  assert.equal((await identity(deps, id)).siren, null);
  const { rows } = await deps.db.tenant(id, async (tx) => ({
    rows: await tx.selectFrom('journal').select('kind').where('tenant_id', '=', id).execute(),
  }));
  assert.deepEqual(rows, [{ kind: 'company-created' }]);
});

test('wrong numbers are refused at their field, right ones kept bare', async (t) => {
  const deps = await freshDeps(t);
  const wrong = await createCompany(deps, {
    name: '',
    siren: '123 456 789',
    iban: 'FR76 3000 6000 0112 3456 7890 188',
    bic: 'AGRI',
  });
  assert.ok(!wrong.ok);
  assert.deepEqual(Object.keys(fieldErrors(wrong.refusal)), ['name', 'siren', 'iban', 'bic']);
  assert.deepEqual(await listCompanies(deps), []);

  const id = await company(deps, {
    siren: '552 081 317 66522',
    iban: 'fr76 3000 6000 0112 3456 7890 189',
    shareCapitalCents: '7 622,45',
    vatNumber: 'fr 03 552 081 317',
  });
  const kept = await identity(deps, id);
  assert.equal(kept.siren, '552081317');
  assert.equal(kept.iban, 'FR7630006000011234567890189');
  assert.equal(kept.shareCapitalCents, 762245n);
  assert.equal(kept.vatNumber, 'FR03552081317');
});

test('an amendment changes what it names, and two at once both stand', async (t) => {
  const deps = await freshDeps(t);
  const id = await company(deps, { siren: '552081317', shareCapitalCents: '7622,45' });
  await Promise.all([
    amendCreditor(deps, id, { name: 'Atelier Brume & Fils' }),
    amendCreditor(deps, id, { city: 'Nantes' }),
    amendCreditor(deps, id, { signatoryName: 'Ysaline Corbrande' }),
  ]);
  const kept = await identity(deps, id);
  assert.deepEqual(
    [kept.name, kept.city, kept.signatoryName, kept.siren, kept.shareCapitalCents],
    ['Atelier Brume & Fils', 'Nantes', 'Ysaline Corbrande', '552081317', 762245n],
  );
  assert.equal((await listCompanies(deps))[0]?.name, 'Atelier Brume & Fils');

  const refused = await amendCreditor(deps, id, { iban: 'FR00' });
  assert.ok(!refused.ok);
  assert.deepEqual(Object.keys(fieldErrors(refused.refusal)), ['iban']);
  assert.deepEqual(await identity(deps, id), kept);
});

test('a legal form out of the list is written by the user, and comes back to the form as it was typed', async (t) => {
  const deps = await freshDeps(t);
  const id = await company(deps, { legalForm: 'Autre', legalFormOther: 'SCIC' });
  const kept = await identity(deps, id);
  assert.equal(kept.legalForm, 'SCIC');
  assert.deepEqual([typedOf(kept).legalForm, typedOf(kept).legalFormOther], ['Autre', 'SCIC']);
  assert.ok((await amendCreditor(deps, id, { city: 'Rennes' })).ok);
  assert.equal((await identity(deps, id)).legalForm, 'SCIC');
  const unsaid = await amendCreditor(deps, id, { legalForm: 'Autre', legalFormOther: ' ' });
  assert.ok(!unsaid.ok);
  assert.deepEqual(Object.keys(fieldErrors(unsaid.refusal)), ['legalFormOther']);
});

test('what letters miss follows what is known', async (t) => {
  const deps = await freshDeps(t);
  const id = await company(deps);
  const fields = async () => missingForLetters(await identity(deps, id)).map(({ field }) => field);
  assert.deepEqual(await fields(), ['siren', 'legalForm', 'street', 'signatoryName', 'iban']);
  await amendCreditor(deps, id, { legalForm: 'EI', street: '3 quai des Saules', city: 'Nantes' });
  assert.deepEqual(await fields(), ['siren', 'street', 'iban'], 'a sole trader signs; an address in France has a postcode');
  await amendCreditor(deps, id, { postcode: '44000', siren: '552081317', iban: 'FR7630006000011234567890189' });
  assert.deepEqual(await fields(), []);
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('a picture is a whole PNG or JPEG of a sensible size, whatever it is called', () => {
  assert.equal(pictureType(PNG), 'image/png');
  for (let end = 0; end < PNG.length; end += 1) assert.equal(pictureType(PNG.subarray(0, end)), undefined, `cut at ${end}`);
  for (let at = 0; at < PNG.length; at += 1) {
    const bad = Buffer.from(PNG);
    bad[at] = (bad[at] ?? 0) ^ 0x40;
    assert.equal(pictureType(bad), undefined, `altered at ${at}`);
  }
  const frame = [0xff, 0xc0, 0, 11, 8, 0, 16, 0, 16, 1, 1, 0x11, 0];
  const jpeg = (...parts: number[][]) => Buffer.from([0xff, 0xd8, ...parts.flat()]);
  const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0x34];
  assert.equal(pictureType(jpeg(frame, scan, [0xff, 0xd9])), 'image/jpeg');
  assert.equal(pictureType(jpeg([0xff, 0xe0, 0, 4, 1, 2], frame, scan, [0xff, 0xd9, 0, 0])), 'image/jpeg');
  assert.equal(pictureType(jpeg(frame, scan)), undefined, 'cut');
  assert.equal(pictureType(jpeg(scan, [0xff, 0xd9])), undefined, 'no frame');
  const huge = [0xff, 0xc0, 0, 11, 8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0];
  assert.equal(pictureType(jpeg(huge, scan, [0xff, 0xd9])), undefined, 'more pixels than memory');
  assert.equal(pictureType(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')), undefined);
});

test('the pictures of the demonstration are pictures', () => {
  for (const name of ['logo', 'signature']) {
    const bytes = readFileSync(new URL(`../demo/pictures/${name}.png`, import.meta.url));
    assert.equal(pictureType(bytes), 'image/png', name);
  }
});

test('a picture is kept, replaced, removed; a wrong one changes nothing', async (t) => {
  const deps = await freshDeps(t);
  const id = await company(deps);
  assert.ok((await savePicture(deps, id, 'logo', PNG)).ok);
  const kept = await readPicture(deps, id, 'logo');
  assert.deepEqual([kept?.mediaType, Buffer.from(kept?.bytes ?? []).equals(PNG)], ['image/png', true]);
  assert.equal(await readPicture(deps, id, 'signature'), undefined);
  const wrong = await savePicture(deps, id, 'logo', Buffer.from('GIF89a'));
  assert.ok(!wrong.ok);
  assert.deepEqual(Object.keys(fieldErrors(wrong.refusal)), ['logo']);
  assert.ok(await readPicture(deps, id, 'logo'));
  assert.ok((await savePicture(deps, id, 'logo', undefined)).ok);
  assert.equal(await readPicture(deps, id, 'logo'), undefined);
});

test('removing the demonstration removes its files and nothing of anyone else', async (t) => {
  const deps = await freshDeps(t);
  const own = await company(deps);
  const demo = await createCompany(deps, { name: 'Studio Lanterne' }, 'demo');
  assert.ok(demo.ok);
  await savePicture(deps, demo.value.id, 'logo', PNG);
  await savePicture(deps, own, 'logo', PNG);
  const sha256 = (await identity(deps, own)).logoSha256 ?? '';
  const refused = await removeDemo(deps, own);
  assert.equal(refused.ok ? '' : refused.refusal.code, 'company.not-demo');
  assert.ok((await removeDemo(deps, demo.value.id)).ok);
  assert.deepEqual(
    (await listCompanies(deps)).map(({ id }) => id),
    [own],
  );
  assert.equal(await deps.files.verify(demo.value.id, sha256), 'missing');
  assert.equal(await deps.files.verify(own, sha256), 'intact');
});
