import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { extractText } from 'unpdf';
import { day } from '#core/kernel/day.ts';
import { setContractRate } from '#modules/cases/index.ts';
import { listCompanies } from '#modules/companies/index.ts';
import { markPosted, prepareNotice } from '#modules/letters/index.ts';
import { startQuitus } from '../support/app.ts';
import {
  assertQuiet,
  eachSaid,
  expectNoAxeViolations,
  expectNoSideScroll,
  plain,
  said,
  screenshot,
  text,
  WIDTHS,
} from '../support/browser.ts';
import { aCompany, done } from '../support/cases.ts';
import { openCase, visitDemo } from '../support/visits.ts';

/** The demonstration company in a real Chromium: what is owed, a case, its account, the letter, what one notes. */

test('from the first screen to a letter posted, and its receipt', async (t) => {
  const { url } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url);

  // Money first: the buckets add up to what is late, and each opens its list.
  const cents = (amount: string) => BigInt(amount.replace(/\D/g, ''));
  const [owed = '', late = ''] = await eachSaid(page.locator('.q-owed-sums .q-amount'));
  const buckets = await eachSaid(page.locator('.q-aging-list .q-amount'));
  assert.equal(
    buckets.reduce((sum, one) => sum + cents(one), 0n),
    cents(late),
  );
  assert.ok(cents(owed) >= cents(late));
  await page.getByRole('link', { name: '31 à 60 jours' }).click();
  assert.match(await text(page), /dossiers pour cette recherche/);
  await page.goBack();

  // One clear next action, the same here, on the case and in its advice; the letter stays a press away.
  await page.getByRole('link', { name: /Relancer par courriel.*Paon Distrait/ }).waitFor();
  await page.getByRole('link', { name: 'Théâtre du Paon Distrait', exact: true }).click();
  await page.locator('.q-case-next').getByRole('link', { name: 'Relancer par courriel' }).waitFor();
  assert.match(await said(page.locator('.q-advice-step')), /^Relancer par courriel/);
  await page.locator('.q-case-next').getByRole('link', { name: 'Préparer la mise en demeure' }).click();
  await page.getByRole('heading', { level: 1, name: 'Mise en demeure' }).waitFor();
  await page.getByLabel('8 jours').check();
  await page.getByRole('button', { name: 'Relire la lettre' }).click();
  await page.getByRole('heading', { level: 1, name: 'Relire la mise en demeure' }).waitFor();
  const preview = await page.getByRole('link', { name: 'Ouvrir le PDF' }).getAttribute('href');
  assert.ok(preview);
  const shown = await page.context().request.get(`${url}${preview}`);
  assert.match(shown.headers()['content-security-policy'] ?? '', /frame-ancestors 'self'/);
  await page.getByRole('button', { name: 'Préparer la lettre' }).click();
  await page.getByText('Lettre prête').waitFor();

  // The very letter that was previewed, and what it must say.
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Télécharger la lettre' }).click();
  const file = await download;
  assert.match(file.suggestedFilename(), /^mise-en-demeure-D-\d{4}-\d{4}-2026-11-21\.pdf$/);
  const bytes = new Uint8Array(readFileSync(await file.path()));
  assert.deepEqual(bytes, new Uint8Array(await shown.body()));
  const words = plain((await extractText(bytes, { mergePages: true })).text);
  const sum = await said(page.locator('.q-fact:has(dt:text("Somme demandée")) dd'));
  for (const word of [
    /F26\d\d-\d\d/,
    /Intérêts arrêtés au 21 novembre 2026/,
    /40,00 €/,
    /IBAN FR\d\d(?: \w{1,4})+/,
    /29 novembre 2026/,
  ]) {
    assert.match(words, word);
  }
  assert.ok(words.includes(sum), sum);

  // The bank is known to the 17th; the company wants it younger: a word is asked, and kept.
  assert.match(await text(page), /Banque connue jusqu’au 17 novembre 2026 \(il y a 4 jours\)/);
  const letterUrl = page.url();
  await page.goto(`${url}/encaissements/reglages`);
  await page.getByLabel(/Jours sans relevé/).fill('2');
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await page.getByText('Réglages enregistrés').waitFor();
  await page.goto(letterUrl);
  await page.getByRole('button', { name: 'Noter l’envoi' }).click();
  await page
    .getByRole('alert')
    .getByText(/Dites ce que vous avez vérifié/)
    .waitFor();
  await expectNoAxeViolations(page);
  await screenshot(page, 'letter-stale-bank');
  await page.getByLabel(/Comment savez-vous/).fill('Compte vu en ligne ce matin.');

  // Posted, then received, with its receipt; then the letter does not change.
  await page.getByLabel('Numéro du recommandé').fill('1A 000 000 0001 2');
  await page.getByRole('button', { name: 'Noter l’envoi' }).click();
  await page.getByText('Envoi noté').waitFor();
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByRole('alert').getByText('2 réponses à corriger').waitFor();
  await page.getByLabel('Remise').check();
  await page.getByLabel('À la date du').fill('2026-11-21');
  const photo = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]);
  await page
    .getByLabel(/L’avis de réception/)
    .last()
    .setInputFiles({ name: 'avis.jpg', mimeType: 'image/jpeg', buffer: photo });
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Votre client a la lettre en main').waitFor();
  assert.equal(await page.getByRole('button', { name: /Noter|Enregistrer/ }).count(), 0);
  await page.getByRole('link', { name: 'Voir le document' }).waitFor();

  // The case tells it all.
  await page.locator('.q-back').click();
  for (const word of [
    /Mise en demeure en cours/,
    /Mise en demeure postée/,
    /Numéro 1A 000 000 0001 2/,
    /Lettre remise au destinataire/,
    /Avis de réception/,
  ])
    assert.match(await text(page), word);
  assertQuiet(page, [/422/]);
});

test('the advised mail is written, read, and opened in one’s own mailbox; then noted', async (t) => {
  const { url } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url, { pageScripts: false });
  await page.getByRole('link', { name: /Relancer par courriel.*Paon Distrait/ }).click();
  const mail = page.locator('.q-reminder');
  assert.match(
    await said(mail),
    /^Bonjour,\s+Sauf erreur, ces factures .*dont il reste 2 400,00 €, échue le 25 octobre 2026.*IBAN FR76/s,
  );
  assert.doesNotMatch(await said(mail), /tribunal|pénalité/);
  const href = (await page.getByRole('link', { name: 'Ouvrir dans ma messagerie' }).getAttribute('href')) ?? '';
  const sent = new URL(href);
  assert.equal(sent.protocol, 'mailto:');
  assert.match(sent.searchParams.get('subject') ?? '', /^Factures F26.*rappel$/);
  assert.match(sent.searchParams.get('body') ?? '', /^Bonjour,\r\n/);
  assert.ok(await page.getByLabel('Par courriel').isChecked());
  await expectNoAxeViolations(page);
  await screenshot(page, 'relance-courriel');
  await page.getByLabel('Ce qui s’est dit').fill('Relance envoyée.');
  await page.getByRole('button', { name: 'Noter cet échange' }).click();
  assert.match(await text(page), /Échange noté/);
  assertQuiet(page);
});

test('the account on another day, past what the law data covers, and on no day at all', async (t) => {
  const { url } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url);
  await openCase(page, url, 'Paon Distrait');
  const total = () => said(page.locator('#decompte .q-total-last dd').first());
  const today = await total();
  await page.getByLabel('Arrêté au').fill('2026-12-31');
  await page.getByRole('button', { name: 'Calculer' }).click();
  assert.match(page.url(), /\?au=2026-12-31#decompte$/);
  assert.notEqual(await total(), today);
  await page.getByRole('link', { name: 'fin du mois' }).click();
  assert.match(page.url(), /au=2026-11-30/);
  await page.goto(page.url().replace(/\?.*$/, '?au=2031-01-01'));
  assert.match(await text(page), /Le décompte ne peut pas être arrêté à cette date .*semestre/);
  await page.goto(page.url().replace(/\?.*$/, '?au=31/02/2026'));
  assert.match(await text(page), /« 31\/02\/2026 » n’est pas une date/);
  assert.equal(await total(), today);
  assertQuiet(page);
});

test('an agreement on payments is seen before it is noted, and taken back; what is left is given up, its amount shown first', async (t) => {
  const { url, deps } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url, { pageScripts: false });
  await openCase(page, url, 'Mouflaine');
  const due = () => said(page.locator('.q-owed-sum .q-amount'));
  const byLaw = await due();
  await page.getByRole('link', { name: 'Avez-vous convenu du principal d’abord ?' }).click();
  const totals = page.getByRole('table', { name: 'Ce qui est dû dans un ordre' }).locator('tfoot td');
  const [shown, agreed = ''] = await eachSaid(totals);
  assert.equal(shown, byLaw);
  assert.notEqual(agreed, byLaw);
  assert.match(await text(page), /Vous réclameriez \d+,\d\d € de moins/);
  assert.match(await text(page), /il s’impute d’abord sur le principal, comme le créancier l’a accepté.*Comprendre cette règle/);
  await page.getByRole('button', { name: 'Noter cet accord' }).click();
  await page.getByRole('alert').getByText('1 réponse à corriger').waitFor();
  await expectNoAxeViolations(page);
  await screenshot(page, 'imputation-refused');
  await page.getByLabel('Ce qui a été convenu').fill('Accord de la comptable, par courriel.');
  await page.getByLabel('Convenu le').fill('2026-11-16');
  await page.getByRole('button', { name: 'Noter cet accord' }).click();
  assert.ok((await text(page)).includes(`Accord noté. Dû ce jour : ${agreed}, au lieu de ${byLaw}.`));
  assert.equal(await due(), agreed);
  assert.match(await text(page), /Accord de la comptable, par courriel\. Convenu le 16 novembre 2026\./);
  await screenshot(page, 'imputation-agreed');
  await page.getByRole('link', { name: 'Revoir cet accord' }).click();
  await page.getByRole('heading', { level: 1, name: 'Revenir à la règle de la loi' }).waitFor();
  assert.deepEqual(await eachSaid(totals), [agreed, byLaw]);
  await screenshot(page, 'imputation-back');
  await page.getByLabel('Pourquoi').fill('Noté par erreur.');
  await page.getByRole('button', { name: 'Revenir à la loi' }).click();
  assert.match(await text(page), /Retour à la loi : les paiements vont d’abord aux intérêts Noté par erreur/);
  assert.equal(await due(), byLaw);

  // The invoices are paid: the choice, its amount, its reason.
  await openCase(page, url, 'Tomme-Tambour');
  await page.getByRole('link', { name: 'Réclamer le reste ou clore' }).click();
  await page.getByRole('heading', { level: 1, name: /restants/ }).waitFor();
  const title = await said(page.getByRole('heading', { level: 1 }));
  const [, left = ''] = /Que faites-vous des (\S+ €) restants/.exec(title) ?? [];
  assert.ok((await said(page.getByRole('link', { name: 'Réclamer' }))).endsWith(left), title);
  await page.getByRole('button', { name: `Renoncer à ${left} et clore` }).click();
  await page.getByRole('alert').getByText('1 réponse à corriger').waitFor();
  await page.getByLabel('Pourquoi').fill('Premier retard d’un bon client.');
  await page.getByRole('button', { name: `Renoncer à ${left} et clore` }).click();
  assert.ok((await text(page)).includes(`Dossier fermé : vous avez renoncé à ${left}.`));
  assert.match(await said(page.locator('.q-case-sum')), new RegExp(`^Abandonné ${left}$`));
  assert.match(await text(page), /Intérêts et indemnités abandonnés : .* Premier retard d’un bon client/);
  await screenshot(page, 'left-waived');

  // A letter that waits to be posted says when what was noted since makes another sum of its own day.
  const [demo] = await listCompanies(deps);
  assert.ok(demo);
  const ready = await deps.db.tenant(demo.id, (tx) =>
    tx.selectFrom('letters').select(['letter_id', 'case_id']).where('posted_on', 'is', null).executeTakeFirstOrThrow(),
  );
  await page.goto(`${url}/lettres/${ready.letter_id}`);
  assert.doesNotMatch(await text(page), /Son décompte n’est plus juste/);
  done(await setContractRate(deps, demo.id, ready.case_id, '12'));
  await page.reload();
  assert.match(
    await text(page),
    /Son décompte n’est plus juste Elle demande \S+( \S+)? € ; d’après ce que vous avez noté depuis/,
  );
  assertQuiet(page, [/422/]);
});

test('a file of another company is not shown, a letter of another company is not found', async (t) => {
  const { url, deps } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url);
  await openCase(page, url, 'Galerne');
  const file = await page.locator('.q-documents a').first().getAttribute('href');
  const [demo] = await listCompanies(deps);
  assert.ok(file && demo);
  const answer = async (path: string) => (await page.context().request.get(`${url}${path}`)).status();
  assert.equal(await answer(file), 200);
  const own = await aCompany(deps);
  await page.context().addCookies([{ name: 'quitus_company', value: own, url }]);
  const letter = await deps.db.tenant(demo.id, (tx) => tx.selectFrom('letters').select('letter_id').executeTakeFirstOrThrow());
  const caseRow = await deps.db.tenant(demo.id, (tx) => tx.selectFrom('cases').select('case_id').executeTakeFirstOrThrow());
  for (const path of [
    file,
    `/lettres/${letter.letter_id}`,
    `/dossiers/${caseRow.case_id}`,
    '/fichiers/xyz',
    '/dossiers/1',
    '/lettres/x',
  ])
    assert.equal(await answer(path), 404, path);
});

describe('every page, on a phone and on a desk, light and dark', () => {
  test('has no accessibility violation and does not scroll sideways', async (t) => {
    const { url, deps } = await startQuitus(t, { demo: true });
    const [demo] = await listCompanies(deps);
    assert.ok(demo);
    // The demonstration has no letter whose receipt is still awaited: the one that is ready goes to the post.
    const ready = await deps.db.tenant(demo.id, (tx) =>
      tx.selectFrom('letters').select(['letter_id', 'case_id']).where('posted_on', 'is', null).executeTakeFirstOrThrow(),
    );
    done(await markPosted(deps, demo.id, ready.letter_id, { postedOn: '2026-11-21' }));
    const choices = { deadlineOn: day('2026-12-20'), instalments: true, mediation: true };
    done(await prepareNotice(deps, demo.id, ready.case_id, choices));
    const { cases, letters } = await deps.db.tenant(demo.id, async (tx) => ({
      cases: await tx
        .selectFrom('cases')
        .innerJoin('parties', 'parties.party_id', 'cases.party_id')
        .select(['case_id', 'name', 'stage'])
        .execute(),
      letters: await tx.selectFrom('letters').select(['letter_id', 'posted_on', 'outcome']).execute(),
    }));
    const of = (stage: string) => {
      const found = cases.find((row) => row.stage === stage);
      assert.ok(found, `no case is ${stage} in the demonstration`);
      return `/dossiers/${found.case_id}`;
    };
    const letter = (which: (row: (typeof letters)[number]) => boolean) => `/lettres/${letters.find(which)?.letter_id}`;
    const paid = await deps.db.tenant(demo.id, (tx) =>
      tx.selectFrom('journal').select(['case_id', 'payload']).where('kind', '=', 'payment-recorded').executeTakeFirstOrThrow(),
    );
    const agreed = await deps.db.tenant(demo.id, (tx) =>
      tx
        .selectFrom('journal')
        .select('seq')
        .where('kind', '=', 'plan-agreed')
        .where('case_id', '=', of('plan-running').replace('/dossiers/', ''))
        .executeTakeFirstOrThrow(),
    );
    const open = of('overdue');
    const pages: Readonly<Record<string, string>> = {
      today: '/',
      list: '/dossiers',
      'list-empty': '/dossiers?q=introuvable',
      closed: '/dossiers?vue=fermes',
      disputed: of('disputed'),
      insolvent: of('insolvent'),
      promised: of('promised'),
      plan: of('plan-running'),
      settled: of('settled'),
      expired: of('notice-expired'),
      'no-account': `${open}?au=2031-01-01`,
      roads: `${of('notice-expired')}/suite`,
      debtor: `${open}/client`,
      rate: `${open}/taux`,
      imputation: `${of('overdue')}/imputation`,
      left: `${of('settled')}/reste`,
      undo: `/dossiers/${paid.case_id}/paiements/${(paid.payload as { paymentId: string }).paymentId}/annuler`,
      mistake: `${of('plan-running')}/histoire/${agreed.seq}/erreur`,
      notice: `${open}/mise-en-demeure`,
      'notice-stopped': `${of('insolvent')}/mise-en-demeure`,
      preview: `${open}/mise-en-demeure/apercu`,
      'letter-to-post': letter((row) => row.posted_on === null),
      'letter-posted': letter((row) => row.posted_on !== null && row.outcome === null),
      'letter-ended': letter((row) => row.outcome !== null),
      ...Object.fromEntries(
        ['contact', 'paiement', 'promesse', 'echeancier', 'contestation', 'procedure-collective', 'note', 'cloture'].map(
          (kind) => [`note-${kind}`, `${open}/noter/${kind}`],
        ),
      ),
      'note-declaration': `${of('insolvent')}/noter/declaration`,
      'note-settled': `${of('disputed')}/noter/contestation-reglee`,
    };
    const lookAt = async (width: number) => {
      const page = await visitDemo(url, { width });
      for (const [i, [name, path]] of Object.entries(pages).entries()) {
        const answer = await page.goto(`${url}${path}`);
        assert.equal(answer?.status(), 200, path);
        // By day at both widths; the colours of the night at one or the other, by turns.
        for (const colorScheme of i % 2 === Number(width === WIDTHS.phone)
          ? (['light', 'dark'] as const)
          : (['light'] as const)) {
          await page.emulateMedia({ colorScheme });
          await expectNoAxeViolations(page);
          await expectNoSideScroll(page);
          await screenshot(page, `case-${name}-${width}-${colorScheme}`);
        }
      }
      await page.emulateMedia({ colorScheme: 'light' });
      assertQuiet(page);
      await page.context().close();
    };
    await Promise.all([lookAt(WIDTHS.phone), lookAt(WIDTHS.desktop)]);
  });
});
