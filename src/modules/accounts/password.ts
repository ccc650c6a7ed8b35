import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';

const derive = (parameters: Argon2Parameters): Promise<Buffer> =>
  new Promise((resolve, reject) => argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(tag))));

/** Argon2id as RFC 9106 recommends where memory is limited (§4, second choice): 64 MiB, 3 passes, 4 lanes; 128-bit salt, 256-bit tag. */
const MEMORY_KIB = 65_536;
const PASSES = 3;
const LANES = 4;
const SALT_BYTES = 16;
const TAG_BYTES = 32;

/** Each derivation takes its memory for a moment: strangers who try passwords must not take all of the machine's. */
const AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function deriveInTurn(parameters: Argon2Parameters): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await derive(parameters);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** The same password typed on two keyboards may come as different code points. */
const messageOf = (password: string): Buffer => Buffer.from(password.normalize('NFKC'), 'utf8');
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** A password as it is kept: Argon2id with its parameters and salt, in the usual `$argon2id$…` form. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(SALT_BYTES);
  const message = messageOf(password);
  const tag = await deriveInTurn({
    message,
    nonce,
    parallelism: LANES,
    tagLength: TAG_BYTES,
    memory: MEMORY_KIB,
    passes: PASSES,
  });
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${base64(nonce)}$${base64(tag)}`;
}

const HASH = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** Whether the password is the one that was hashed, with the parameters of that time. Takes as long whatever the answer. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, memory, passes, lanes, salt, tag] = HASH.exec(hash) ?? [];
  if (!salt || !tag) throw new Error('not a password hash of ours');
  const expected = Buffer.from(tag, 'base64');
  const found = await deriveInTurn({
    message: messageOf(password),
    nonce: Buffer.from(salt, 'base64'),
    parallelism: Number(lanes),
    tagLength: expected.length,
    memory: Number(memory),
    passes: Number(passes),
  });
  return timingSafeEqual(found, expected);
}

const SHORTEST = 12;
const LONGEST = 200;
const FEWEST_SIGNS = 6;

/** What is wrong with a password somebody chooses, in French, or undefined when nothing is. */
export function passwordProblem(password: string, email: string): string | undefined {
  const signs = [...password.normalize('NFKC')];
  if (signs.length < SHORTEST)
    return `Ce mot de passe est trop court\u202f: il faut au moins ${SHORTEST} caractères. Une phrase de quelques mots convient très bien.`;
  if (signs.length > LONGEST) return `Ce mot de passe est trop long\u202f: ${LONGEST} caractères suffisent.`;
  if (new Set(signs).size < FEWEST_SIGNS)
    return `Ce mot de passe répète toujours les mêmes caractères. Utilisez-en au moins ${FEWEST_SIGNS} différents.`;
  const [name = ''] = email.toLowerCase().split('@');
  const plain = password.toLowerCase();
  if (plain.includes('quitus') || (name.length >= 3 && plain.includes(name)))
    return 'Ce mot de passe contient votre adresse ou le nom de Quitus\u202f: il serait vite deviné. Choisissez-en un autre.';
  return undefined;
}
