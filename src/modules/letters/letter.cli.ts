import { readFile, writeFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { type Command, InvalidArgumentError } from 'commander';
import { type Day, parseDay } from '#core/kernel/day.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { FormalNoticeFacts } from '#core/letters/facts.ts';
import { composeFormalNotice, type FormalNoticeOutcome } from '#core/letters/formal-notice.ts';
import { inCompany } from '#modules/companies/index.ts';
import type { Deps } from '#platform/deps.ts';
import { errorCode } from '#platform/failure.ts';
import { factsFromJson } from './facts-file.ts';

interface NoticeOptions {
  readonly facts?: string;
  readonly case?: string;
  readonly company?: string;
  readonly instalments: boolean;
  readonly mediation: boolean;
  readonly out?: string;
  readonly model?: boolean;
  readonly json?: boolean;
  readonly date?: Day;
  readonly deadline?: Day;
  readonly logo?: string;
  readonly signature?: string;
}

interface Needs {
  readonly today: () => Day;
  /** opens the store: only when the letter is that of a case */
  readonly open: () => Promise<Deps>;
}

/** Adds `quitus letter formal-notice`, from a file of facts or from a case. Wrong options leave by commander's error (exit 2); what the letter lacks is told, exit 1. */
export function registerLetter(program: Command, { today, open }: Needs): void {
  const letter = program.command('letter').description('écrit les lettres d’un dossier');
  letter
    .command('formal-notice')
    .description('écrit une mise en demeure en PDF (PDF/A-2a), à signer et à envoyer en recommandé')
    .option('--case <référence>', 'le dossier dont la lettre est à préparer, par exemple D-2026-0007')
    .option('--company <nom>', 'l’entreprise du dossier, quand il y en a plusieurs')
    .option('--facts <fichier>', 'sans dossier\u202f: les faits en JSON (- pour l’entrée standard)')
    .option('--no-instalments', 'n’offre pas d’échéancier (avec --case)')
    .option('--no-mediation', 'n’offre pas de médiation (avec --case)')
    .option('--out <fichier.pdf>', 'le PDF à écrire (- pour la sortie standard)')
    .option('--model', 'montre le contenu de la lettre en JSON, sans écrire de PDF')
    .option('--json', 'répond en JSON\u202f: ce qui est écrit, ce qui manque ou pourquoi la lettre est refusée')
    .option('--date <jour>', 'date de la lettre et du décompte (aujourd’hui par défaut)', dayOf('--date'))
    .option('--deadline <jour>', 'dernier jour laissé pour payer', dayOf('--deadline'))
    .option('--logo <image>', 'logo du créancier (PNG, JPEG, WebP ou SVG)')
    .option('--signature <image>', 'signature à imprimer')
    .action(async (options: NoticeOptions, command: Command) => {
      const usage = (message: string): never => command.error(message, { exitCode: 2 });
      if (options.case !== undefined) {
        const apart = (['facts', 'date', 'logo', 'signature'] as const).find((name) => options[name] !== undefined);
        if (apart) usage(`--${apart} ne va pas avec --case\u202f: le dossier donne déjà cela.`);
        process.exitCode = await answerCase({ ...options, case: options.case }, open);
        return;
      }
      if (options.facts === undefined) usage('Il manque --case (un dossier) ou --facts (un fichier de faits).');
      if (!options.out && !options.model) usage('Il manque --out (le PDF à écrire) ou --model (le contenu de la lettre).');
      const facts = await factsOf(options, today());
      process.exitCode = facts.ok ? await answer(facts.value, options) : refused(facts.refusal, options);
    });
}

/** The letter of a case: made and kept in it, as on its page. Answers the exit code. */
async function answerCase(options: NoticeOptions & { readonly case: string }, open: Needs['open']): Promise<number> {
  const { noticeOfCase } = await import('./case-notice.ts');
  const { closePdf } = await import('#platform/pdf/pdf.ts');
  const notice = await inCompany(open, options.company, (deps, tenantId) => noticeOfCase(deps, tenantId, options)).finally(
    closePdf,
  );
  if (!notice.ok) return refused(notice.refusal, options);
  if (!notice.value.made) {
    console.log(JSON.stringify(notice.value.letter, null, 2));
    return 0;
  }
  const { letterId, pdf } = notice.value;
  if (options.out) return write(pdf, options.out, options);
  if (options.json) console.log(JSON.stringify({ status: 'prepared', letterId }));
  else console.log(`Mise en demeure rangée dans le dossier ${options.case}. Ajoutez --out pour en écrire une copie.`);
  return 0;
}

async function factsOf(options: NoticeOptions, today: Day): Promise<Result<FormalNoticeFacts>> {
  const { date, deadline, facts = '-' } = options;
  const overrides = { ...(date ? { date } : {}), ...(deadline ? { deadline } : {}) };
  if (facts === '-') return factsFromJson(await readAll(process.stdin), today, overrides);
  const file = await bytesOf(facts);
  return file.ok ? factsFromJson(new TextDecoder().decode(file.value), today, overrides) : file;
}

/** Writes the letter of these facts, or says why not. Answers the exit code. */
async function answer(facts: FormalNoticeFacts, options: NoticeOptions): Promise<number> {
  const outcome = composeFormalNotice(facts);
  if (outcome.status === 'refused') return refused(outcome.refusal, options);
  if (outcome.status === 'missing') return lacking(outcome, options);
  for (const { message } of outcome.advice) console.error(message);
  if (options.model) {
    console.log(JSON.stringify(outcome.letter, null, 2));
    return 0;
  }
  const logo = await imageOf(options.logo);
  const signature = await imageOf(options.signature);
  if (!logo.ok) return refused(logo.refusal, options);
  if (!signature.ok) return refused(signature.refusal, options);
  const { renderFormalNotice } = await import('./render.ts');
  const images = { ...(logo.value ? { logo: logo.value } : {}), ...(signature.value ? { signature: signature.value } : {}) };
  const pdf = await renderFormalNotice(outcome.letter, images);
  return write(pdf, options.out ?? '-', options);
}

async function write(pdf: Uint8Array, out: string, options: NoticeOptions): Promise<number> {
  if (out === '-') {
    await new Promise((written) => process.stdout.write(pdf, written));
    return 0;
  }
  try {
    await writeFile(out, pdf);
  } catch (error) {
    const { refusal } = refuse(
      'file.unwritable',
      `${out} ne peut pas être écrit (${errorCode(error) ?? 'erreur'})\u202f: choisissez un autre endroit.`,
    );
    return refused(refusal, options);
  }
  if (options.json) console.log(JSON.stringify({ status: 'written', file: out, bytes: pdf.length }));
  else
    console.log(
      `Mise en demeure écrite dans ${out}. Relisez-la, signez-la, puis envoyez-la en recommandé avec avis de réception.`,
    );
  return 0;
}

function lacking(outcome: Extract<FormalNoticeOutcome, { status: 'missing' }>, options: NoticeOptions): number {
  if (options.json) console.log(JSON.stringify(outcome));
  console.error('La lettre ne peut pas encore être écrite. Il manque\u202f:');
  for (const { key, label } of outcome.facts) console.error(`  ${label} (${key})`);
  return 1;
}

function refused(refusal: { readonly code: string; readonly message: string }, options: NoticeOptions): number {
  if (options.json) console.log(JSON.stringify({ status: 'refused', code: refusal.code, message: refusal.message }));
  console.error(refusal.message);
  return 1;
}

const imageOf = async (path: string | undefined): Promise<Result<Uint8Array | undefined>> =>
  path === undefined ? ok(undefined) : bytesOf(path);

async function bytesOf(path: string): Promise<Result<Uint8Array>> {
  try {
    return ok(await readFile(path));
  } catch (error) {
    return refuse('file.unreadable', `${path} ne peut pas être lu (${errorCode(error) ?? 'erreur'})\u202f: vérifiez le chemin.`);
  }
}

const dayOf =
  (option: string) =>
  (text: string): Day => {
    const value = parseDay(text);
    if (value) return value;
    throw new InvalidArgumentError(
      `${option}\u202f: «\u202f${text}\u202f» n’est pas un jour\u202f; écrivez par exemple 2026-12-04.`,
    );
  };
