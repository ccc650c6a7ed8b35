import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '#core/kernel/day.ts';
import { ok, refuse } from '#core/kernel/result.ts';
import type { Accounts } from '#modules/accounts/index.ts';
import { client, depsWithoutStore, testApp } from '../../../test/support/web.ts';

/** Accounts in memory, with the contract of the real ones. */
function memoryAccounts(): Accounts {
  const users = new Map<string, string>();
  const sessions = new Map<string, string>();
  const open = (email: string) => {
    const token = `token-${sessions.size}`;
    sessions.set(token, email);
    return ok({ token, email, userId: email, expiresAt: Temporal.Instant.from('2027-01-01T00:00:00Z') });
  };
  return {
    hasAdministrator: async () => users.size > 0,
    setupCode: () => 'ABCD',
    async createAdministrator({ email, password }, code) {
      if (code !== 'ABCD') return refuse('accounts.wrong-code', 'Ce n’est pas le code.');
      if (password.length < 12) return refuse('form.invalid', 'À corriger', { fields: { password: 'Trop court.' } });
      users.set(email, password);
      return open(email);
    },
    logIn: async ({ email, password }) =>
      users.get(email) === password ? open(email) : refuse('accounts.wrong-credentials', 'Adresse ou mot de passe inexact.'),
    async session(token) {
      const email = sessions.get(token);
      return email === undefined ? undefined : { email, userId: email };
    },
    async logOut(token) {
      sessions.delete(token);
    },
  };
}

const openApp = () => testApp({ deps: depsWithoutStore(day('2026-11-21'), '0.0.0.0'), accounts: memoryAccounts() });
const HOST = '192.168.1.20:4747';
const ADMIN = { email: 'a@exemple.fr', password: 'une phrase assez longue' };

test('accounts are required as soon as other machines can reach Quitus', () => {
  assert.throws(() => testApp({ deps: depsWithoutStore(day('2026-11-21'), '0.0.0.0') }), /requires accounts/);
});

test('the first visit leads to the first account, made with the code of the console', async () => {
  const browser = client(openApp(), HOST);
  for (const path of ['/', '/dossiers', '/connexion']) {
    const answer = await browser.get(path);
    assert.equal(answer.headers.get('location'), '/premier-compte', path);
  }
  await browser.get('/premier-compte');
  const wrong = await browser.post('/premier-compte', { ...ADMIN, setupCode: 'XXXX' });
  assert.equal(wrong.status, 422);
  const page = await wrong.text();
  assert.match(page, /Ce n’est pas le code\./);
  assert.match(page, /value="a@exemple\.fr"/);
  assert.doesNotMatch(page, /une phrase assez longue/);

  const weak = await (await browser.post('/premier-compte', { ...ADMIN, password: 'court', setupCode: 'ABCD' })).text();
  assert.match(weak, /<a href="#champ-password">Trop court\.<\/a>/);

  const done = await browser.post('/premier-compte', { ...ADMIN, setupCode: 'ABCD' });
  assert.equal(done.status, 303);
  assert.equal(done.headers.get('location'), '/');
  assert.match(await (await browser.get('/rien')).text(), /a@exemple\.fr/);
  assert.equal((await browser.get('/premier-compte')).headers.get('location'), '/connexion');
});

test('without a session nothing is shown or changed; after logging in one arrives where one was going', async () => {
  const app = openApp();
  const admin = client(app, HOST);
  await admin.get('/premier-compte');
  await admin.post('/premier-compte', { ...ADMIN, setupCode: 'ABCD' });

  const browser = client(app, HOST);
  assert.equal((await browser.get('/dossiers?page=2')).headers.get('location'), '/connexion?retour=%2Fdossiers%3Fpage%3D2');
  assert.equal((await browser.get('/dossiers', { accept: 'application/json' })).status, 401);
  const page = await (await browser.get('/connexion?retour=%2Fdossiers%3Fpage%3D2')).text();
  assert.doesNotMatch(page, /Cabinet Verdier|Navigation principale/);
  assert.equal((await browser.post('/apparence', { theme: 'dark' })).headers.get('location'), '/connexion');

  assert.equal((await browser.post('/connexion', { ...ADMIN, password: 'faux', retour: '/dossiers?page=2' })).status, 422);
  const before = browser.cookies.get('quitus_browser');
  const entered = await browser.post('/connexion', { ...ADMIN, retour: '/dossiers?page=2' });
  assert.equal(entered.headers.get('location'), '/dossiers?page=2');
  const cookie = entered.headers.getSetCookie().find((line) => line.startsWith('quitus_session=')) ?? '';
  assert.match(cookie, /HttpOnly/);
  assert.match(cookie, /SameSite=Lax/);
  assert.match(cookie, /Path=\//);
  assert.notEqual(browser.cookies.get('quitus_browser'), before, 'form tokens of before must be worth nothing after');

  await browser.get('/rien');
  const session = browser.cookies.get('quitus_session') ?? '';
  const left = await browser.post('/deconnexion');
  assert.equal(left.headers.get('location'), '/connexion');
  assert.equal(left.headers.get('clear-site-data'), '"cache"');
  browser.cookies.set('quitus_session', session);
  assert.equal((await browser.get('/dossiers')).status, 303, 'the session must be over on the server too');
});
