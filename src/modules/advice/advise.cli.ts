import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { advise } from '#core/advice/advise.ts';
import type { Decision } from '#core/advice/decision.ts';
import { GraphCache } from '#core/advice/problem.ts';
import type { Json } from '#core/kernel/canonical.ts';
import { type Refusal, type Result, refuse } from '#core/kernel/result.ts';
import type { Deps } from '#platform/deps.ts';
import { type Line, linesOf } from '#platform/lines.ts';
import { readClaim } from './claim-form.ts';
import { decisionJson, decisionText } from './decision-view.ts';
import { tellPortfolio } from './portfolio-view.ts';

interface AdviseOptions {
  readonly file?: string;
  readonly amount?: string;
  readonly age?: string;
  readonly consumer?: boolean;
  readonly vat?: string;
  readonly solvency?: string;
  readonly evidence?: string;
  readonly emails?: string;
  readonly calls?: string;
  readonly notice?: boolean;
  readonly silent?: string;
  readonly answer?: string;
  readonly founded?: boolean;
  readonly plan?: string;
  readonly mediation?: boolean;
  readonly order?: string;
  readonly hourlyRate?: string;
  readonly json?: boolean;
  readonly portfolio?: boolean;
  readonly company?: string;
}

/**
 * Adds `quitus advise`: which step is worth taking on a claim, and why; with `--portfolio`, on each open case of a company. Lines of JSON
 * for programs, a table for people.
 */
export function registerAdvise(program: Command, open: () => Promise<Deps>): void {
  program
    .command('advise')
    .description('dit quelle étape vaut la peine pour une créance impayée, et pourquoi\u202f: une estimation, vous décidez')
    .option('--file <fichier>', 'la créance, dans un fichier JSON')
    .option('--amount <montant>', 'montant TTC restant dû, par exemple 4800.00')
    .option('--age <jours>', 'jours écoulés depuis l’échéance')
    .option('--consumer', 'le débiteur est un consommateur')
    .option('--vat <régime>', 'TVA\u202f: franchise, encaissements ou debits')
    .option('--solvency <état>', 'solvabilité\u202f: good, unknown, fragile, bad ou published')
    .option('--evidence <0|1|2>', 'solidité du dossier\u202f: 0 faible, 1 moyenne, 2 forte')
    .option('--emails <nombre>', 'relances par courriel déjà faites')
    .option('--calls <nombre>', 'appels déjà faits')
    .option('--notice', 'la mise en demeure est partie')
    .option('--silent <nombre>', 'relances restées sans réponse avant la première réponse')
    .option('--answer <réponse>', 'première réponse\u202f: promise (promesse, excuse) ou dispute (contestation)')
    .option('--founded', 'la contestation est en partie fondée')
    .option('--plan <issue>', 'échéancier proposé\u202f: refused (refusé) ou broken (rompu)')
    .option('--mediation', 'une médiation a échoué')
    .option('--order <issue>', 'injonction de payer\u202f: rejected (rejetée), opposed (opposition) ou title (titre)')
    .option('--hourly-rate <euros>', 'valeur d’une heure de votre temps')
    .option('--portfolio', 'tous les dossiers ouverts d’une entreprise, l’heure la plus utile d’abord')
    .option('--company <nom>', 'avec --portfolio\u202f: l’entreprise, quand il y en a plusieurs')
    .option('--json', 'répond en JSON\u202f; sans autre option, lit une créance JSON par ligne en entrée')
    .action(async (options: AdviseOptions) => {
      if (options.portfolio) return tellPortfolio(open, options);
      const asked = Object.keys(options).some((name) => name !== 'json');
      if (!asked && options.json) return answerLines();
      if (!asked)
        return complain(
          'Donnez une créance\u202f: --amount et --age, ou --file\u202f; ou --json et une créance par ligne en entrée.',
        );
      const value = options.file === undefined ? { ok: true as const, value: claimOfFlags(options) } : claimOfFile(options.file);
      const answer = value.ok ? decide(value.value, new GraphCache()) : value;
      if (!answer.ok) return complain(options.file === undefined ? byOption(answer.refusal, options) : answer.refusal.message);
      console.log(options.json ? JSON.stringify(decisionJson(answer.value)) : decisionText(answer.value));
    });
}

function complain(message: string): void {
  console.error(message);
  process.exitCode = 2;
}

function decide(value: unknown, cache: GraphCache): Result<Decision> {
  const asked = readClaim(value);
  return asked.ok ? advise(asked.value.claim, asked.value.legal, asked.value.params, cache) : asked;
}

/** One claim a line, one answer a line, in order; a line that cannot be read gets an error of its own and the rest is answered. */
async function answerLines(): Promise<void> {
  const cache = new GraphCache();
  for await (const line of linesOf(process.stdin)) process.stdout.write(`${JSON.stringify(answerLine(line, cache))}\n`);
}

function answerLine(line: Line, cache: GraphCache): Json {
  const value = jsonOf(line);
  if (!value.ok) return errorJson(value.refusal, line.number);
  const answer = decide(value.value, cache);
  const given = value.value;
  const id = typeof given === 'object' && given !== null && 'id' in given && typeof given.id === 'string' ? { id: given.id } : {};
  return answer.ok ? { ...id, ...(decisionJson(answer.value) as object) } : { ...id, ...errorJson(answer.refusal, line.number) };
}

function jsonOf(line: Line): Result<unknown> {
  const malformed = (why: string) => refuse('advice.claim-malformed', why, { field: '' });
  if ('fault' in line)
    return malformed(
      line.fault === 'encoding' ? 'Cette ligne n’est pas en UTF-8.' : 'Cette ligne est trop longue pour une créance.',
    );
  if (line.text === '') return malformed('Cette ligne est vide.');
  try {
    return { ok: true, value: JSON.parse(line.text) };
  } catch {
    return malformed('Cette ligne n’est pas un objet JSON.');
  }
}

const errorJson = ({ code, message, data }: Refusal, line: number): { readonly error: Json; readonly line: number } => ({
  error: { code, field: String(data?.field ?? data?.param ?? ''), message },
  line,
});

/** The flags in the form of a JSON claim: one reading, one set of refusals for both. */
function claimOfFlags(o: AdviseOptions): unknown {
  const given = (fields: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined));
  return given({
    amount: number(o.amount),
    ageDays: number(o.age),
    b2b: o.consumer ? false : undefined,
    vat: o.vat,
    solvency: o.solvency,
    evidence: number(o.evidence),
    disputeFounded: o.founded,
    hourlyRate: number(o.hourlyRate),
    hist: given({
      emails: number(o.emails),
      calls: number(o.calls),
      med: o.notice,
      silent: number(o.silent),
      signal: o.answer,
      plan: o.plan,
      mediation: o.mediation,
      ip: o.order,
    }),
  });
}

/** The option that gives each field of a claim. */
const OPTIONS: Readonly<Record<string, keyof AdviseOptions>> = {
  amount: 'amount',
  ageDays: 'age',
  vat: 'vat',
  solvency: 'solvency',
  evidence: 'evidence',
  hourlyRate: 'hourlyRate',
  'hist.emails': 'emails',
  'hist.calls': 'calls',
  'hist.silent': 'silent',
  'hist.signal': 'answer',
  'hist.plan': 'plan',
  'hist.ip': 'order',
};

/** The refusal of a claim given by options, by the option to correct rather than by the field of the JSON form. */
function byOption({ message, data }: Refusal, options: AdviseOptions): string {
  const field = String(data?.field ?? data?.param ?? '');
  const name = OPTIONS[field];
  if (name === undefined) return message;
  const why = message.startsWith(`${field}\u202f: `) ? message.slice(field.length + 3) : message;
  const option = `--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
  const typed = options[name];
  return `${option}\u202f: ${typed === undefined ? '' : `«\u00a0${typed}\u00a0» ne convient pas, `}${why}`;
}

/** A figure as typed; what is not one is kept as text, for the form to refuse by name. */
function number(text: string | undefined): number | string | undefined {
  if (text === undefined) return undefined;
  const value = Number(text.replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(value) ? value : text;
}

function claimOfFile(path: string): Result<unknown> {
  try {
    return { ok: true, value: JSON.parse(readFileSync(path, 'utf8')) };
  } catch (error) {
    const why = error instanceof SyntaxError ? 'ce n’est pas du JSON' : 'il ne se lit pas';
    return refuse('advice.file-unreadable', `${path}\u202f: ${why}.`, { path });
  }
}
