import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { ok, type Refusal, type Result, refuse } from '#core/kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import { invalidForm } from '#platform/form.ts';
import { newId } from '#platform/ids.ts';
import { hashPassword, isPassword, passwordProblem } from './password.ts';
import { makeThrottle } from './throttle.ts';

/** What somebody types to prove who they are. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Somebody signed in. */
export interface SignedIn {
  readonly userId: string;
  readonly email: string;
}

/** A session just opened. `token` goes to the browser's cookie and nowhere else: the store keeps only its hash. */
export interface Session extends SignedIn {
  readonly token: string;
  readonly expiresAt: Temporal.Instant;
}

/** Who may use a server that other machines can reach. */
export interface Accounts {
  hasAdministrator(): Promise<boolean>;
  /**
   * The code that the first administrator must type, shown on the server's own console: a stranger on the network cannot see it.
   * The same as long as this process runs.
   */
  setupCode(): string;
  /**
   * Creates the administrator and signs them in. Refusals: `form.invalid`, `accounts.wrong-code`, `accounts.too-many-tries`,
   * `accounts.taken` (there is one already). `from` is the visitor's address.
   */
  createAdministrator(typed: Credentials, setupCode: string, from: string): Promise<Result<Session>>;
  /** Signs in. Refusals: `accounts.wrong-credentials` (which half is wrong is not said), `accounts.too-many-tries`. */
  logIn(typed: Credentials, from: string): Promise<Result<Session>>;
  /** Who holds the token, or undefined when it is unknown or expired. */
  session(token: string): Promise<SignedIn | undefined>;
  /** Ends the session; an unknown token is no error. */
  logOut(token: string): Promise<void>;
}

/** Guessing from one place is slowed down soon; on one account, from anywhere, later: else anyone could lock its owner out. */
const TRIES_FROM_ONE_PLACE = 5;
const TRIES_ON_ONE_ACCOUNT = 50;
const SESSION_HOURS = 14 * 24;
const TOKEN_BYTES = 32;
const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,190}$/;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const same = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(hashOf(a)), Buffer.from(hashOf(b)));
const tidyEmail = (typed: string): string => typed.trim().toLowerCase();
/** People read the code on one screen and type it on another. */
const tidyCode = (typed: string): string => typed.toUpperCase().replace(/[^0-9A-Z]/g, '');

/** The accounts of this server. One per process: failed tries are counted here. */
export function openAccounts({ db, clock }: { readonly db: Pick<Database, 'system'>; readonly clock: Clock }): Accounts {
  const milliseconds = (): number => clock.now().epochMilliseconds;
  const byPlace = makeThrottle(milliseconds, TRIES_FROM_ONE_PLACE);
  const byAccount = makeThrottle(milliseconds, TRIES_ON_ONE_ACCOUNT);
  let code: string | undefined;
  const setupCode = (): string => {
    code ??= makeCode();
    return code;
  };

  return {
    hasAdministrator: () => db.system(hasUser),
    setupCode,

    async createAdministrator(typed, given, from) {
      const wait = byPlace.waitFor(from);
      if (wait > 0) return tooManyTries(wait);
      byPlace.tried(from);
      if (!same(tidyCode(given), tidyCode(setupCode()))) {
        return refuse(
          'accounts.wrong-code',
          'Ce n’est pas le code affiché par Quitus à son démarrage, sur la machine qui l’héberge.',
        );
      }
      byPlace.succeeded(from);
      const email = tidyEmail(typed.email);
      const problem = passwordProblem(typed.password, email);
      const fields = {
        ...(EMAIL.test(email) ? {} : { email: 'Saisissez une adresse électronique, comme nom@exemple.fr.' }),
        ...(problem === undefined ? {} : { password: problem }),
      };
      if (Object.keys(fields).length > 0) return invalidForm(fields);
      const password_hash = await hashPassword(typed.password);
      return db.system(async (tx) => {
        // Two visitors with the code: the second waits here, then finds the place taken.
        await sql`lock table users in share row exclusive mode`.execute(tx);
        if (await hasUser(tx))
          return refuse('accounts.taken', 'Ce serveur a déjà son administrateur. Connectez-vous avec son compte.');
        const user_id = newId();
        await tx.insertInto('users').values({ user_id, email, password_hash, created_at: clock.now() }).execute();
        return ok(await openSession(tx, clock, { userId: user_id, email }));
      });
    },

    async logIn(typed, from) {
      const email = tidyEmail(typed.email);
      const wait = Math.max(byPlace.waitFor(from), byAccount.waitFor(email));
      if (wait > 0) return tooManyTries(wait);
      byPlace.tried(from);
      byAccount.tried(email);
      const user = await db.system((tx) =>
        tx.selectFrom('users').select(['user_id', 'password_hash']).where('email', '=', email).executeTakeFirst(),
      );
      const right = await isPassword(typed.password, user?.password_hash ?? NOBODY);
      if (!user || !right) {
        return refuse(
          'accounts.wrong-credentials',
          'L’adresse ou le mot de passe n’est pas le bon. Vérifiez les deux, puis recommencez.',
        );
      }
      byPlace.succeeded(from);
      byAccount.succeeded(email);
      return ok(await db.system((tx) => openSession(tx, clock, { userId: user.user_id, email })));
    },

    session: (token) =>
      db.system((tx) =>
        tx
          .selectFrom('sessions')
          .innerJoin('users', 'users.user_id', 'sessions.user_id')
          .select(['users.user_id as userId', 'users.email'])
          .where('sessions.token_hash', '=', hashOf(token))
          .where('sessions.expires_at', '>', clock.now())
          .executeTakeFirst(),
      ),

    async logOut(token) {
      await db.system((tx) => tx.deleteFrom('sessions').where('token_hash', '=', hashOf(token)).execute());
    },
  };
}

/** A hash that no password has: an unknown address takes as long as a known one. */
const NOBODY = `$argon2id$v=19$m=65536,t=3,p=4$${'A'.repeat(22)}$${'A'.repeat(43)}`;

const hasUser = async (tx: Tx): Promise<boolean> =>
  (await tx.selectFrom('users').select('user_id').limit(1).executeTakeFirst()) !== undefined;

async function openSession(tx: Tx, clock: Clock, who: SignedIn): Promise<Session> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const created_at = clock.now();
  const expiresAt = created_at.add({ hours: SESSION_HOURS });
  await tx.deleteFrom('sessions').where('expires_at', '<=', created_at).execute();
  await tx
    .insertInto('sessions')
    .values({ token_hash: hashOf(token), user_id: who.userId, created_at, expires_at: expiresAt })
    .execute();
  return { ...who, token, expiresAt };
}

/** 60 bits, in letters and digits that are not mistaken for each other: "7KQF-3M2P-9XWT". */
function makeCode(): string {
  const signs = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
  const usable = 256 - (256 % signs.length);
  let text = '';
  while (text.length < 12) {
    const [byte = 255] = randomBytes(1);
    if (byte < usable) text += signs[byte % signs.length];
  }
  return text.replace(/(.{4})(?=.)/g, '$1-');
}

function tooManyTries(seconds: number): { ok: false; refusal: Refusal } {
  const when = seconds < 90 ? `${seconds} secondes` : `${Math.ceil(seconds / 60)} minutes`;
  return refuse('accounts.too-many-tries', `Trop d’essais manqués. Attendez ${when}, puis recommencez.`, { seconds });
}
