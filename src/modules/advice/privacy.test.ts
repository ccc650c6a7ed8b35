import assert from 'node:assert/strict';
import { after, type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { extractText } from 'unpdf';
import { TYPE_WORDS } from '#core/advice/actions.ts';
import { day } from '#core/kernel/day.ts';
import { act } from '#modules/cases/index.ts';
import { prepareNotice } from '#modules/letters/index.ts';
import type { Deps } from '#platform/deps.ts';
import { closePdf } from '#platform/pdf/pdf.ts';
import { quitusApp } from '#surfaces/web/quitus.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, done } from '../../../test/support/cases.ts';
import { client } from '../../../test/support/web.ts';
import { forgetReading, saveAnswers } from './answers.ts';
import { decide } from './decisions.ts';
import { BEHAVIOURS } from './reading.ts';
import { CLUE_WORDS } from './words.ts';

/**
 * What is supposed of a debtor is for its user's eyes: on one page, and nowhere else. Not in a letter, an export, another page, the
 * journal, a log; and gone for good once erased.
 */
after(() => closePdf());

const CLUE = 'publicCreditorLienRegistered';
const plain = (text: string): string => text.replace(/&#39;|&rsquo;/g, '’').replace(/[\s\u00a0\u202f]+/g, ' ');
/** Every way the reading could be told. */
const TOLD = [CLUE, CLUE_WORDS[CLUE], ...Object.values(TYPE_WORDS), ...Object.values(BEHAVIOURS), 'Méfiez-vous de vous-même'].map(
  (words) => plain(words).toLowerCase(),
);
/** Two are everyday words of other pages (« un oubli », « un vrai désaccord »): alone, they tell nothing of anybody. */
const EVERYDAY: readonly string[] = [TYPE_WORDS.P, TYPE_WORDS.D];
const leaks = (text: string): readonly string[] => {
  const said = plain(text).toLowerCase();
  return TOLD.filter((words) => !EVERYDAY.includes(words) && said.includes(words));
};

async function aReadCase(t: TestContext) {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  const invoices = [{ number: 'F1', issuedOn: '2026-07-17', dueOn: '2026-08-16', amount: '8000.00' }];
  const caseId = await aCase(deps, tenantId, { invoices });
  for (const on of ['2026-08-28', '2026-09-11'])
    done(await act(deps, tenantId, caseId, 'contact', { channel: 'email', on, text: 'Sans réponse.' }));
  done(await saveAnswers(deps, tenantId, caseId, { solvency: 'bad', [`clue.${CLUE}`]: 'oui' }));
  done(await decide(deps, tenantId, caseId, { chosen: 'nothing' }));
  return { deps, tenantId, caseId };
}

/** Everything the store holds of a company, table by table, as text. */
async function stored(deps: Deps, tenantId: string): Promise<Map<string, string>> {
  return deps.db.tenant(tenantId, async (tx) => {
    const tables = await sql<{ name: string }>`
      select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id'`.execute(
      tx,
    );
    const found = new Map<string, string>();
    for (const { name } of tables.rows) {
      const { rows } = await sql<{ text: string }>`select t::text as text from ${sql.table(name)} t`.execute(tx);
      found.set(name, rows.map((row) => row.text).join('\n'));
    }
    return found;
  });
}

test('in no letter: neither its model nor its PDF', async (t) => {
  const { deps, tenantId, caseId } = await aReadCase(t);
  const choices = { deadlineOn: day('2026-12-06'), instalments: true, mediation: true };
  const { letterId } = done(await prepareNotice(deps, tenantId, caseId, choices));
  const letter = await deps.db.tenant(tenantId, (tx) =>
    tx
      .selectFrom('letters')
      .select(['model', 'statement', 'file_sha256'])
      .where('letter_id', '=', letterId)
      .executeTakeFirstOrThrow(),
  );
  assert.deepEqual(leaks(JSON.stringify([letter.model, letter.statement])), []);
  const { text } = await extractText(new Uint8Array(await deps.files.read(tenantId, letter.file_sha256)), { mergePages: true });
  assert.match(text, /mise en demeure/i);
  assert.deepEqual(leaks(text), []);
});

test('in one table alone, which can be erased; once erased, nowhere', async (t) => {
  const { deps, tenantId, caseId } = await aReadCase(t);
  const holding = async () =>
    [...(await stored(deps, tenantId))].filter(([, text]) => leaks(text).length > 0).map(([name]) => name);
  const tables = await stored(deps, tenantId);
  // The scan would be worth nothing if it saw no rows.
  assert.match(tables.get('journal') ?? '', /advice-decided/);
  assert.deepEqual(await holding(), ['advice_answers']);
  await forgetReading(deps, tenantId, caseId);
  assert.deepEqual(await holding(), []);
  // The page of the advice says nothing of it any more either.
  const browser = client(await quitusApp(deps, '0.0.0'));
  const page = await (await browser.get(`/dossiers/${caseId}/conseil`)).text();
  assert.match(page, /Vous avez effacé cette lecture/);
  assert.deepEqual(
    leaks(page).filter((words) => words !== plain(CLUE_WORDS[CLUE]).toLowerCase() && words !== CLUE.toLowerCase()),
    [],
    'only the empty boxes to tick are left',
  );
});

test('on its own page alone: no other page, export or log of the whole application holds any of it', async (t) => {
  const { deps, tenantId, caseId } = await aReadCase(t);
  const logged: string[] = [];
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
    t.mock.method(console, method, (...said: unknown[]) => logged.push(said.map(String).join(' ')));
  const app = await quitusApp(deps, '0.0.0');
  const browser = client(app);
  const party = await deps.db.tenant(tenantId, (tx) => tx.selectFrom('cases').select('party_id').executeTakeFirstOrThrow());
  const paths = [...new Set(app.routes.filter((route) => route.method === 'GET').map((route) => route.path))]
    .filter((path) => !path.includes('*'))
    // Every id is tried as a case, then as a debtor; other parameters lead to « page introuvable », which is looked at as well.
    .flatMap((path) => [path.replace(/:id(\{[^}]*\})?/, caseId), path.replace(/:id(\{[^}]*\})?/, party.party_id)])
    .map((path) => path.replace(/:[a-z0-9]+(\{[^}]*\})?\??/gi, 'x'));
  const own = `/dossiers/${caseId}/conseil`;
  const held: string[] = [];
  let [pages, files] = [0, 0];
  for (const path of new Set(paths)) {
    const answer = await browser.get(path);
    const type = answer.headers.get('content-type') ?? '';
    const body = type.includes('pdf')
      ? (await extractText(new Uint8Array(await answer.arrayBuffer()), { mergePages: true })).text
      : await answer.text();
    if (answer.status === 200 && type.includes('html')) pages += 1;
    else if (answer.status === 200) files += 1;
    if (leaks(body).length > 0) held.push(path);
    if (path === own) assert.match(answer.headers.get('cache-control') ?? '', /no-store/, 'the page is kept by no browser');
  }
  assert.ok(pages > 25 && files > 2, `${pages} pages and ${files} files seen`);
  // The figures of the model name its hypotheses too, as words of a table about nobody.
  assert.deepEqual(held.filter((path) => !path.startsWith('/reglages/conseil')).sort(), [own, `${own}/sensibilite`]);
  // What was noticed is sent by a form; a mistake on the way is logged by its path alone.
  await browser.post(`${own}/remarques`, { [`clue.${CLUE}`]: 'oui' });
  await browser.get(`${own}?essai=1&clue.${CLUE}=oui&solvency=nonsense`);
  assert.deepEqual(leaks(logged.join('\n')), []);
});
