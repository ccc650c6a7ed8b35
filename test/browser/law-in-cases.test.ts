import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { ruleNamed } from '#core/claim/rules.ts';
import { day } from '#core/kernel/day.ts';
import { listCases, viewCase } from '#modules/cases/index.ts';
import { listCompanies } from '#modules/companies/index.ts';
import { importCourts } from '#modules/courts/directory.ts';
import { setOwnValue } from '#modules/law/own-values.ts';
import { noticeOfCase } from '#modules/letters/case-notice.ts';
import type { Deps } from '#platform/deps.ts';
import { startQuitus } from '../support/app.ts';
import { assertQuiet, expectNoAxeViolations, expectNoSideScroll, screenshot, WIDTHS } from '../support/browser.ts';
import { openPage } from '../support/visits.ts';

/** The law inside the cases of the demonstration: each reason leads to its page, own figures count, the court is told. */

const TODAY = day('2026-11-21');

async function demo(deps: Deps) {
  const [company] = await listCompanies(deps);
  assert.ok(company);
  const rows = await deps.db.tenant(company.id, async (tx) => {
    const page = { limit: 500, offset: 0 };
    return [
      ...(await listCases(tx, company.id, { which: 'open' }, TODAY, page)),
      ...(await listCases(tx, company.id, { which: 'closed' }, TODAY, page)),
    ];
  });
  const view = (id: string) => deps.db.tenant(company.id, (tx) => viewCase(tx, company.id, id, TODAY));
  return { company, rows, view };
}

test('each reason of each case of the demonstration leads to a page that exists', async (t) => {
  const { url, deps } = await startQuitus(t, { demo: true });
  const { rows, view } = await demo(deps);
  assert.ok(rows.length >= 8, `only ${rows.length} cases`);
  const ruled = new Set<string>();
  for (const row of rows) {
    const statement = (await view(row.id))?.statement;
    if (statement?.status !== 'computed') continue;
    for (const step of [...statement.value.trace, ...statement.value.invoices.flatMap((invoice) => invoice.trace)])
      ruled.add(step.rule);
  }
  assert.ok(ruled.size >= 3, [...ruled].join());
  for (const rule of ruled) assert.ok(ruleNamed(rule), `a reason names the rule ${rule}, which has no page`);

  const page = await openPage({ javaScript: false });
  const hrefs = new Set<string>();
  for (const row of rows) {
    await page.goto(`${url}/dossiers/${row.id}`);
    for (const link of await page.locator('a[href^="/comprendre"]').all()) hrefs.add((await link.getAttribute('href')) ?? '');
  }
  assert.ok(hrefs.size >= 3, [...hrefs].join());
  for (const href of hrefs) assert.equal((await page.goto(url + href))?.status(), 200, href);
  await page.context().close();
});

test('a rate of one’s own changes the case, its list, its letter, and is told with its note', async (t) => {
  const { deps } = await startQuitus(t, { demo: true });
  const { company, rows, view } = await demo(deps);
  const late = await Promise.all(rows.map(async (row) => ({ row, view: await view(row.id) })));
  const found = late.find(
    ({ view: of }) =>
      of?.party.kind === 'business' &&
      of.contractRatePercent === null &&
      of.state.stage === 'overdue' &&
      of.statement.status === 'computed' &&
      of.statement.value.interest.cents > 0n,
  );
  assert.ok(found?.view?.statement.status === 'computed', 'the demonstration has no late business case at the rate of the law');
  const before = found.view.statement.value.interest.cents;
  const set = await setOwnValue(deps, company.id, 'semester-reference', {
    semester: '2026-2',
    rate: '20',
    note: 'essai du taux',
  });
  assert.ok(set.ok);

  const after = await view(found.row.id);
  assert.ok(after?.statement.status === 'computed');
  assert.ok(after.statement.value.interest.cents > before);
  const said = [...after.statement.value.trace, ...after.statement.value.invoices.flatMap((one) => one.trace)].map((s) => s.says);
  assert.ok(
    said.some((text) => /Taux saisi le 21\u00a0novembre\u00a02026\u202f: essai du taux\./u.test(text)),
    said.join('\n'),
  );
  const listed = await deps.db.tenant(company.id, (tx) =>
    listCases(tx, company.id, { which: 'open' }, TODAY, { limit: 500, offset: 0 }),
  );
  const row = listed.find((one) => one.id === found.row.id);
  assert.ok(row?.total.status === 'computed');
  assert.equal(row.total.value.total.cents, after.statement.value.total.cents);
  const letter = await noticeOfCase(deps, company.id, {
    case: found.row.reference,
    instalments: false,
    mediation: false,
    model: true,
  });
  assert.ok(letter.ok && !letter.value.made, JSON.stringify(letter));
  assert.match(
    JSON.stringify(letter.value.letter, (_, v) => (typeof v === 'bigint' ? `${v}` : v)),
    /30,00.?%/u,
  );
});

test('« Devant quel juge ? » on the case: the kind, why, and the name once the official list is there', async (t) => {
  const { url, deps } = await startQuitus(t, { demo: true });
  const { rows, view } = await demo(deps);
  const look = async (page: Page, name: string) => {
    await screenshot(page, `court-${name}`);
    await expectNoAxeViolations(page);
    await expectNoSideScroll(page);
  };
  const page = await openPage({ width: WIDTHS.phone });
  let told = 0;
  for (const row of rows) {
    const of = await view(row.id);
    await page.goto(`${url}/dossiers/${row.id}`);
    const card = page.locator('#juge');
    const gone = of?.state.stage === 'closed' || of?.state.stage === 'insolvent';
    assert.equal(await card.count(), gone ? 0 : 1, `${row.reference}: ${of?.state.stage}`);
    if (gone) continue;
    const text = (await card.textContent()) ?? '';
    assert.match(text, /tribunal|plusieurs communes|hors de France|adresse/iu, row.reference);
    if (/tribunal/i.test(text)) {
      told += 1;
      assert.match(
        text,
        of?.party.kind === 'public'
          ? /administratif/i
          : of?.party.kind === 'consumer'
            ? /judiciaire/i
            : /commerce|économiques|mixte|chambre commerciale/i,
      );
    }
    if (told === 1) await look(page, 'unnamed');
  }
  assert.ok(told >= 3, `only ${told} cases told a court`);

  const consumer = rows.find((row) => row.debtorKind === 'consumer' && row.state.stage !== 'closed');
  assert.ok(consumer);
  await page.goto(`${url}/dossiers/${consumer.id}`);
  if ((await page.locator('#juge select').count()) > 0) await page.getByRole('button', { name: 'Voir le tribunal' }).click();
  assert.match((await page.locator('#juge').textContent()) ?? '', /n’est pas chargée/u);
  const insee = await communeOfCase(page);
  const list = [
    'Commune;Libellé;Orig. CA;N° CA;CA;Orig. TJ;N° TJ;TJ;Orig. TPRX;N° TPRX;TPRX;Orig. CPH;N° CPH;CPH',
    `${insee};X;L;1;Cour d’appel d’Essai;L;2;Tribunal judiciaire d’Essai;L;3;Tribunal de proximité d’Essai;L;4;CPH d’Essai`,
  ].join('\n');
  const done = await importCourts(deps, new TextEncoder().encode(list), { vintage: 'essai', fileName: 'x.csv', partial: true });
  assert.ok(done.ok);
  await page.reload();
  const named = (await page.locator('#juge').textContent()) ?? '';
  assert.match(named, /Tribunal judiciaire d’Essai/u);
  assert.match(named, /liste du ministère de la Justice \(essai\)/u);
  await look(page, 'named');
  assertQuiet(page);
  await page.context().close();
});

/** The commune the card speaks of, by its own words « dont dépend … ». */
async function communeOfCase(page: Page): Promise<string> {
  const { communesAt } = await import('#modules/courts/communes.ts');
  const address = (await page.locator('main').textContent()) ?? '';
  const name = /dont dépend (.+?)(?:Pourquoi|$)/u.exec((await page.locator('#juge').textContent()) ?? '')?.[1]?.trim() ?? '';
  const postcode = new RegExp(`(\\d{5}) ${name.slice(0, 4)}`, 'iu').exec(address)?.[1] ?? '';
  const [commune] = communesAt(postcode, name);
  assert.ok(commune, `${postcode} ${name}`);
  return commune.insee;
}
