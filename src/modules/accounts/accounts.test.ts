import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Result } from '#core/kernel/result.ts';
import { freshDatabase } from '../../../test/support/database.ts';
import { openAccounts, type Session } from './index.ts';
import { hashPassword, isPassword, passwordProblem } from './password.ts';
import { makeThrottle } from './throttle.ts';

const typed = { email: ' Ada@Exemple.FR ', password: 'six cailloux bleus' };
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.refusal.code);

async function aServer(t: TestContext) {
  const db = await freshDatabase(t);
  let now = Temporal.Instant.from('2026-11-21T09:00:00Z');
  const clock = { now: () => now, today: () => now.toZonedDateTimeISO('Europe/Paris').toPlainDate() };
  const wait = (duration: Temporal.DurationLike) => {
    now = now.add(duration);
  };
  return { db, accounts: openAccounts({ db, clock }), wait };
}

async function anAdministrator(t: TestContext) {
  const server = await aServer(t);
  const created = await server.accounts.createAdministrator(typed, server.accounts.setupCode(), '10.0.0.1');
  assert.ok(created.ok);
  return { ...server, session: created.value as Session };
}

test('the first administrator needs the code of the console, and comes once', async (t) => {
  const { accounts } = await aServer(t);
  assert.equal(await accounts.hasAdministrator(), false);
  assert.match(accounts.setupCode(), /^([2-9A-HJ-NP-Z]{4}-){2}[2-9A-HJ-NP-Z]{4}$/);
  assert.equal(accounts.setupCode(), accounts.setupCode());
  assert.equal(codeOf(await accounts.createAdministrator(typed, 'AAAA-BBBB-CCCC', '10.0.0.1')), 'accounts.wrong-code');
  assert.equal(codeOf(await accounts.createAdministrator(typed, '', '10.0.0.1')), 'accounts.wrong-code');

  const poor = await accounts.createAdministrator({ email: 'ada', password: 'court' }, accounts.setupCode(), '10.0.0.1');
  assert.ok(!poor.ok);
  assert.equal(poor.refusal.code, 'form.invalid');
  assert.deepEqual(Object.keys(poor.refusal.data?.fields as object), ['email', 'password']);
  assert.equal(await accounts.hasAdministrator(), false);

  const asTyped = accounts.setupCode().toLowerCase().replaceAll('-', ' ');
  const both = await Promise.all([
    accounts.createAdministrator(typed, asTyped, '10.0.0.1'),
    accounts.createAdministrator({ ...typed, email: 'other@exemple.fr' }, asTyped, '10.0.0.2'),
  ]);
  assert.deepEqual(both.map(codeOf).sort(), ['accounts.taken', 'ok']);
  assert.equal(await accounts.hasAdministrator(), true);
});

test('a session opens by the password, and closes by leaving or by time', async (t) => {
  const { accounts, wait, session } = await anAdministrator(t);
  assert.deepEqual(await accounts.session(session.token), { userId: session.userId, email: 'ada@exemple.fr' });
  const opened = await accounts.logIn({ ...typed, email: 'ADA@exemple.fr' }, '10.0.0.1');
  assert.ok(opened.ok);
  assert.notEqual(opened.value.token, session.token);
  await accounts.logOut(session.token);
  await accounts.logOut('inconnu');
  assert.equal(await accounts.session(session.token), undefined);
  assert.equal((await accounts.session(opened.value.token))?.userId, session.userId);
  for (const token of ['', `${opened.value.token}x`, opened.value.token.toLowerCase()])
    assert.equal(await accounts.session(token), undefined);
  wait({ hours: 14 * 24 });
  assert.equal(await accounts.session(opened.value.token), undefined);
});

test('neither password nor token can be read from the store', async (t) => {
  const { db, session } = await anAdministrator(t);
  const held = await db.system(async (tx) => [
    await tx.selectFrom('users').selectAll().execute(),
    await tx.selectFrom('sessions').selectAll().execute(),
  ]);
  const text = JSON.stringify(held);
  assert.ok(text.includes('ada@exemple.fr') && text.includes('$argon2id$v=19$m=65536,t=3,p=4$'));
  assert.ok(!text.includes(typed.password) && !text.includes(session.token));
});

test('a wrong password and an unknown address are answered alike', async (t) => {
  const { accounts } = await anAdministrator(t);
  const wrong = await accounts.logIn({ ...typed, password: 'six cailloux verts' }, '10.0.0.3');
  const unknown = await accounts.logIn({ ...typed, email: 'eve@exemple.fr' }, '10.0.0.4');
  assert.equal(codeOf(wrong), 'accounts.wrong-credentials');
  assert.deepEqual(wrong, unknown);
});

test('guessing is slowed down, also when tries are made side by side; the owner elsewhere still enters', async (t) => {
  const { accounts, wait } = await anAdministrator(t);
  const guess = () => accounts.logIn({ ...typed, password: 'au hasard' }, '10.6.6.6');
  const answers = (await Promise.all(Array.from({ length: 8 }, guess))).map(codeOf);
  assert.equal(answers.filter((c) => c === 'accounts.wrong-credentials').length, 5);
  assert.equal(answers.filter((c) => c === 'accounts.too-many-tries').length, 3);
  assert.equal(codeOf(await accounts.logIn(typed, '10.6.6.6')), 'accounts.too-many-tries');
  assert.equal(codeOf(await accounts.logIn(typed, '10.0.0.1')), 'ok');
  wait({ seconds: 31 });
  assert.equal(codeOf(await accounts.logIn(typed, '10.6.6.6')), 'ok');
});

test('the wait doubles, up to a quarter of an hour, and is forgotten in a day', () => {
  let now = 0;
  const throttle = makeThrottle(() => now, 2);
  const waits: number[] = [];
  for (let i = 0; i < 9; i += 1) {
    throttle.tried('x');
    waits.push(throttle.waitFor('x'));
    assert.equal(throttle.waitFor('y'), 0);
  }
  assert.deepEqual(waits, [0, 30, 60, 120, 240, 480, 900, 900, 900]);
  now += 899_000;
  assert.equal(throttle.waitFor('x'), 1);
  now += 24 * 3_600_000;
  throttle.tried('x');
  assert.equal(throttle.waitFor('x'), 0);
});

test('a password is hashed with its own salt and checked whatever the keyboard composed', async () => {
  const composed = 'été à la plage'.normalize('NFC');
  const [one, two] = [await hashPassword(composed), await hashPassword(composed)];
  assert.notEqual(one, two);
  assert.equal(await isPassword(composed.normalize('NFD'), one), true);
  assert.equal(await isPassword('été à la plagE', one), false);
  // Argon2id (version 19) of another program: "password", salt "somesalt", m=256 KiB, t=2, p=1, from its published test vectors.
  const foreign = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
  assert.equal(await isPassword('password', foreign), true);
  assert.equal(await isPassword('Password', foreign), false);
});

test('weak passwords are refused with what to do', () => {
  for (const password of [
    'court',
    'aaaaaaaaaaaaaa',
    'abababababababab',
    'ada-lovelace-1815',
    'mon quitus à moi',
    'x'.repeat(300),
  ])
    assert.ok(passwordProblem(password, 'ada@exemple.fr'), password);
  for (const password of ['six cailloux bleus', 'correct cheval pile', 'Tr0ub4dor&3xyz'])
    assert.equal(passwordProblem(password, 'ada@exemple.fr'), undefined, password);
});
