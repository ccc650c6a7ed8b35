import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Day, parseDay } from '#core/kernel/day.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';

/** The settings of this process, read once from the environment. */
export interface Config {
  /** absolute; everything Quitus keeps lies under it, except the database when databaseUrl is given */
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** names, besides `host`, under which Quitus is reached: those of a proxy */
  readonly allowedHosts: readonly string[];
  /** a PostgreSQL of the user's choice, instead of the one Quitus runs itself. May hold a password: never logged, see describeConfig */
  readonly databaseUrl?: string;
  /** the day that counts as today (demonstrations, tests) */
  readonly today?: Day;
  readonly limits: Limits;
}

/** What one visitor may send. */
export interface Limits {
  /** one file, in bytes */
  readonly fileBytes: number;
  /** files in one drop */
  readonly filesPerUpload: number;
  /** one whole request, in bytes */
  readonly requestBytes: number;
}

const MEGABYTE = 1024 * 1024;
const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url));

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings. Absent or empty variables take their default. Refusal `config.invalid`: one French line for each variable that
 * cannot be used, without the value when it may be secret.
 */
export function loadConfig(env: Environment = process.env): Result<Config> {
  const problems: string[] = [];
  const text = (name: string): string | undefined => env[name]?.trim() || undefined;
  const whole = (name: string, fallback: number, min: number, max: number): number => {
    const given = text(name);
    if (given === undefined) return fallback;
    const value = /^\d{1,7}$/.test(given) ? Number(given) : Number.NaN;
    if (value >= min && value <= max) return value;
    problems.push(`${name} vaut «\u00a0${given}\u00a0»\u202f; il faut un nombre entier de ${min} à ${max}.`);
    return fallback;
  };

  const host = text('HOST') ?? '127.0.0.1';
  if (!/^[A-Za-z0-9.:_-]+$/.test(host))
    problems.push(
      `HOST vaut «\u00a0${host}\u00a0»\u202f; il faut une adresse ou un nom de machine, par exemple 127.0.0.1 ou 0.0.0.0.`,
    );

  const allowedHosts = (text('QUITUS_ALLOWED_HOSTS') ?? '').split(',').flatMap((name) => name.trim() || []);
  const strange = allowedHosts.find((name) => !/^[A-Za-z0-9.:[\]_-]+$/.test(name));
  if (strange !== undefined)
    problems.push(
      `QUITUS_ALLOWED_HOSTS contient «\u00a0${strange}\u00a0»\u202f; il faut des noms de machine séparés par des virgules, par exemple quitus.exemple.fr.`,
    );

  const databaseUrl = text('DATABASE_URL');
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl))
    problems.push('DATABASE_URL doit commencer par postgresql:// (par exemple postgresql://quitus@serveur:5432/quitus).');

  const todayText = text('QUITUS_TODAY');
  const today = todayText === undefined ? undefined : parseDay(todayText);
  if (todayText !== undefined && today === undefined)
    problems.push(
      `QUITUS_TODAY vaut «\u00a0${todayText}\u00a0»\u202f; il faut un jour écrit AAAA-MM-JJ, par exemple 2026-11-21.`,
    );

  const fileMegabytes = whole('QUITUS_MAX_FILE_MB', 20, 1, 500);
  const filesPerUpload = whole('QUITUS_MAX_FILES', 500, 1, 10_000);
  const requestMegabytes = whole('QUITUS_MAX_REQUEST_MB', Math.max(200, fileMegabytes), 1, 10_000);
  if (requestMegabytes < fileMegabytes)
    problems.push('QUITUS_MAX_REQUEST_MB doit être au moins égal à QUITUS_MAX_FILE_MB, sinon aucun gros fichier ne passe.');

  const port = whole('PORT', 4747, 0, 65_535);
  if (problems.length > 0) return refuse('config.invalid', problems.join('\n'), { problems });
  return ok({
    dataDir: dataDirectory(text('QUITUS_DATA')),
    host,
    port,
    allowedHosts,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(today === undefined ? {} : { today }),
    limits: { fileBytes: fileMegabytes * MEGABYTE, filesPerUpload, requestBytes: requestMegabytes * MEGABYTE },
  });
}

function dataDirectory(given: string | undefined): string {
  if (given === undefined) return join(PROJECT_ROOT, 'data');
  // A shell expands "~"; a service file or a .env does not.
  if (given === '~' || given.startsWith('~/')) return join(homedir(), given.slice(1));
  return resolve(given);
}

/** True when only this machine can reach the address: no administrator account is then needed. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** The settings as text for logs and `doctor`: the database address loses its user, password and parameters. */
export function describeConfig(config: Config): Readonly<Record<string, string>> {
  return {
    QUITUS_DATA: config.dataDir,
    HOST: config.host,
    PORT: String(config.port),
    ...(config.allowedHosts.length > 0 ? { QUITUS_ALLOWED_HOSTS: config.allowedHosts.join(',') } : {}),
    DATABASE_URL: config.databaseUrl === undefined ? 'base intégrée' : withoutSecrets(config.databaseUrl),
    QUITUS_TODAY: config.today?.toString() ?? 'jour réel',
  };
}

/** Keeps scheme, host, port and database name of an address. */
export function withoutSecrets(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname}`;
  } catch {
    return 'postgresql://…';
  }
}
