import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type Day, parseTypedDay } from '#core/kernel/day.ts';
import { frenchDay } from '#core/kernel/french.ts';
import { type Money, money, parseTypedAmount } from '#core/kernel/money.ts';
import { citationLabels } from '#core/law/citations.ts';
import { PARTY_QUALITIES } from '#core/law/parties.ts';
import { loadFile } from '#platform/cli-files.ts';
import type { Deps } from '#platform/deps.ts';
import { PlatformFailure } from '#platform/failure.ts';
import { count, integer } from '#ui/format.ts';
import { type Commune, communeOf, communesAt } from './communes.ts';
import type { CourtAnswer, CourtCase, CourtQuestion, Party } from './courts.ts';
import { OFFICIAL_DIRECTORY } from './paths.ts';

/** More than any vintage of the list weighs. */
const MOST_BYTES = 60_000_000;
const SHOWN_ROWS = 5;

const PARTIES: readonly string[] = ['business', 'public', ...PARTY_QUALITIES];
const PROCEDURES = ['payment-order', 'merits', 'interim'] as const;

interface FindOptions {
  readonly postcode?: string;
  readonly city?: string;
  readonly commune?: string;
  readonly debtor: Party;
  readonly creditor: Party;
  readonly amount: Money;
  readonly procedure: CourtQuestion['procedure'];
  readonly asOf?: Day;
  readonly json?: boolean;
}

/** Adds `quitus courts find` and `quitus courts import`. */
export function registerCourts(program: Command, open: () => Promise<Deps>): void {
  const courts = program.command('courts').description('le tribunal d’une commune, et la liste officielle des juridictions');
  courts
    .command('find')
    .description('dit devant quel tribunal aller, d’après la commune et la qualité du débiteur')
    .option('--postcode <code>', 'code postal du débiteur')
    .option('--city <nom>', 'sa commune, quand le code postal en sert plusieurs')
    .option('--commune <insee>', 'ou le code INSEE de sa commune, à la place du code postal')
    .requiredOption('--debtor <qualité>', `qualité du débiteur : ${PARTIES.join(', ')}`, aParty)
    .option('--creditor <qualité>', 'la vôtre (business par défaut : Quitus distingue les cas)', aParty, 'business')
    .option('--amount <montant>', 'montant demandé, en euros', anAmount, money(0n))
    .option('--procedure <voie>', `${PROCEDURES.join(', ')}`, aProcedure, 'payment-order')
    .option('--as-of <jour>', 'jour de la demande (aujourd’hui par défaut)', aDay)
    .option('--json', 'répond en JSON')
    .action((options: FindOptions) => withStore(open, (deps) => find(deps, options)));
  courts
    .command('import')
    .description(
      'charge la liste « juridictions compétentes pour les communes de France » du ministère de la Justice (data.gouv.fr)',
    )
    .argument('<fichier>', 'le CSV téléchargé')
    .option('--vintage <nom>', 'le millésime, par exemple « 2026 juillet » (le nom du fichier par défaut)')
    .option('--partial', 'accepte une liste qui n’est pas entière')
    .action((file: string, options: { vintage?: string; partial?: boolean }) =>
      withStore(open, (deps) => load(deps, file, options)),
    );
}

async function withStore(open: () => Promise<Deps>, work: (deps: Deps) => Promise<void>): Promise<void> {
  const deps = await open();
  try {
    await work(deps);
  } finally {
    await deps.db.close();
  }
}

function aParty(text: string): Party {
  if (text === 'public') return 'public-body';
  const found = text === 'business' ? text : PARTY_QUALITIES.find((one) => one === text);
  if (!found) throw new InvalidArgumentError(`Choisissez parmi : ${PARTIES.join(', ')}.`);
  return found;
}

function aProcedure(text: string): CourtQuestion['procedure'] {
  const found = PROCEDURES.find((one) => one === text);
  if (!found) throw new InvalidArgumentError(`Choisissez parmi : ${PROCEDURES.join(', ')}.`);
  return found;
}

function anAmount(text: string): Money {
  const found = parseTypedAmount(text);
  if (!found || found.cents < 0n) throw new InvalidArgumentError('Indiquez un montant, par exemple 4800,00.');
  return found;
}

function aDay(text: string): Day {
  const found = parseTypedDay(text);
  if (!found) throw new InvalidArgumentError('Indiquez un jour, par exemple 2026-11-21.');
  return found;
}

async function find(deps: Deps, options: FindOptions): Promise<void> {
  const communes = asked(options);
  const [commune, ...others] = communes;
  if (!commune) {
    throw new PlatformFailure(
      'courts.unknown-commune',
      'aucune commune ne correspond. Vérifiez --postcode et --city, ou donnez --commune et un code INSEE.',
    );
  }
  if (others.length > 0) {
    if (options.json) console.log(JSON.stringify({ status: 'choose', communes: communes.map(communeJson) }));
    else
      console.log(
        [
          `Le code postal ${options.postcode} sert plusieurs communes. Précisez-la par --city ou --commune :`,
          ...communes.map((one) => `  ${one.insee}  ${one.name}`),
        ].join('\n'),
      );
    process.exitCode = 1;
    return;
  }
  const { debtor, creditor, amount, procedure } = options;
  const asOf = options.asOf ?? deps.clock.today();
  const { findCourts } = await import('./courts.ts');
  const answer = await findCourts(deps, { commune, debtor, creditor, amount, procedure, asOf });
  console.log(options.json ? JSON.stringify(answerJson(answer)) : answerText(answer));
}

function asked({ commune, postcode, city }: FindOptions): readonly Commune[] {
  if (commune !== undefined) return [communeOf(commune)].flatMap((one) => one ?? []);
  if (postcode === undefined) throw new PlatformFailure('courts.no-place', 'donnez --postcode, ou --commune et un code INSEE.');
  return communesAt(postcode, city ?? '');
}

const communeJson = ({ insee, name, department }: Commune) => ({ insee, name, department });

const answerJson = ({ commune, cases, directory }: CourtAnswer) => ({
  status: 'found',
  commune: communeJson(commune),
  cases: cases.map(({ when, answer }) =>
    answer.status === 'computed'
      ? { when: when ?? null, status: answer.status, ...answer.value, trace: answer.trace }
      : { when: when ?? null, status: answer.status, reason: answer.reason },
  ),
  directory: directory ? { vintage: directory.vintage, loadedAt: directory.loadedAt.toString() } : null,
  officialDirectory: OFFICIAL_DIRECTORY,
});

function answerText({ commune, cases, directory }: CourtAnswer): string {
  const source = directory
    ? `Noms : liste du ministère de la Justice (${directory.vintage}), chargée le ${frenchDay(directory.loadedAt.toZonedDateTimeISO('Europe/Paris').toPlainDate())}.`
    : 'La liste officielle n’est pas chargée : « quitus courts import FICHIER » donne les noms.';
  return [
    `${commune.name} (${commune.insee})`,
    ...cases.flatMap(caseText),
    '',
    source,
    `À vérifier : ${OFFICIAL_DIRECTORY}`,
  ].join('\n');
}

function caseText({ when, answer }: CourtCase): string[] {
  const title = when ? ['', `${when.charAt(0).toLocaleUpperCase('fr')}${when.slice(1)} :`] : [''];
  if (answer.status !== 'computed') return [...title, answer.reason];
  const courts = answer.value.courts.map((court, i) => {
    const name = court.names.length > 0 ? court.names.join(' ou ') : `${court.title} (nom inconnu)`;
    const near = court.proximity.length > 0 ? `, chambre de proximité : ${court.proximity.join(' ou ')}` : '';
    return `${i === 0 ? '→' : ' ou'} ${name}${near}`;
  });
  const because = answer.trace.map(
    (step) => `   • ${step.says}${step.cites.length > 0 ? ` [${citationLabels(step.cites)}]` : ''}`,
  );
  return [...title, ...courts, ...because];
}

async function load(deps: Deps, file: string, options: { vintage?: string; partial?: boolean }): Promise<void> {
  const loaded = await loadFile(file, MOST_BYTES);
  if (!('bytes' in loaded)) {
    const why = loaded.code === 'too-large' ? 'il est trop gros pour être cette liste' : loaded.data.why;
    throw new PlatformFailure('courts.file', `${file} ne se lit pas : ${why}.`);
  }
  const fileName = basename(file);
  const { importCourts } = await import('./directory.ts');
  const done = await importCourts(deps, loaded.bytes, {
    fileName,
    vintage: options.vintage?.trim() || fileName.replace(/\.[^.]+$/, ''),
    partial: options.partial === true,
    progress: (rows, all) => console.error(`${integer(rows)} / ${count(all, 'ligne')}`),
  });
  if (!done.ok) throw new PlatformFailure(done.refusal.code, done.refusal.message);
  const { communes, refused, already } = done.value;
  for (const { line, why } of refused.slice(0, SHOWN_ROWS)) console.error(`ligne ${line} : ${why}`);
  if (refused.length > SHOWN_ROWS) console.error(`… et ${count(refused.length - SHOWN_ROWS, 'autre ligne', 'autres lignes')}`);
  const left = refused.length > 0 ? `, ${count(refused.length, 'ligne laissée', 'lignes laissées')} de côté` : '';
  console.log(
    already
      ? `Cette liste est déjà en vigueur (${count(communes, 'commune')}).`
      : `${count(communes, 'commune')} en vigueur${left}.`,
  );
}
