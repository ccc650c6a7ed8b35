import type { Command } from 'commander';
import { ruleNamed, rules } from '#core/claim/rules.ts';
import { type Day, parseDay } from '#core/kernel/day.ts';
import { currentLaw } from '#core/law/book.ts';
import type { Rule } from '#core/law/registry/define.ts';
import { type Line, linesOf } from '#platform/lines.ts';
import { answerLine, answerText, factsOfFlags, ruleJson, rulesText, ruleText, statusJson, statusText } from './law-view.ts';

/** Adds `quitus law`: the rules by name, a question to one of them, and what the law data knows until when. */
export function registerLaw(program: Command, { today }: { readonly today: () => Day }): void {
  const law = program.command('law').description('les règles de droit\u202f: liste, questions, état des données');

  law
    .command('rules')
    .description('liste les règles, leurs données et leurs articles')
    .argument('[règle]', 'une seule règle, en détail')
    .option('--json', 'répond en JSON')
    .action((name: string | undefined, options: { json?: boolean }) => {
      const chosen = name === undefined ? rules : [ruleNamed(name)].flatMap((rule) => rule ?? []);
      if (chosen.length === 0) return refuse(`La règle « ${name} » n’existe pas. Voyez\u202f: quitus law rules`);
      if (options.json) return console.log(JSON.stringify(name === undefined ? chosen.map(ruleJson) : chosen.map(ruleJson)[0]));
      return console.log(name === undefined ? rulesText(chosen) : chosen.map(ruleText).join('\n'));
    });

  law
    .command('ask')
    .description(
      'interroge une règle\u202f: un objet JSON par ligne en entrée, une réponse par ligne\u202f; ou des options, pour une personne',
    )
    .argument('<règle>', 'nom de la règle')
    .argument('[faits...]', 'les faits, par exemple --debtor business --amount 4800.00 --due-on 2026-03-31 --as-of 2026-11-21')
    .option('--json', 'répond en JSON, aussi quand les faits sont des options')
    .allowUnknownOption()
    .action(async (name: string, flags: readonly string[], options: { json?: boolean }) => {
      const rule = ruleNamed(name);
      if (!rule) return refuse(`La règle « ${name} » n’existe pas. Voyez\u202f: quitus law rules`);
      if (flags.length > 0) return askOnce(rule, flags, options.json === true);
      if (process.stdin.isTTY)
        return refuse(`Donnez les faits par des options, ou un objet JSON par ligne en entrée.\n\n${ruleText(rule)}`);
      return askLines(rule);
    });

  law
    .command('status')
    .description('ce que les données de droit savent, jusqu’à quand, et ce qu’elles n’ont pas pu confirmer')
    .option('--as-of <jour>', 'jour de la question (aujourd’hui par défaut)')
    .option('--json', 'répond en JSON')
    .action((options: { asOf?: string; json?: boolean }) => {
      const on = options.asOf === undefined ? today() : parseDay(options.asOf);
      if (!on) return refuse(`--as-of\u202f: « ${options.asOf} » n’est pas un jour\u202f; écrivez par exemple 2026-11-21.`);
      return console.log(options.json ? JSON.stringify(statusJson(currentLaw, on)) : statusText(currentLaw, on));
    });
}

/** Bad input: a message on stderr, exit code 2. */
function refuse(message: string): void {
  console.error(message);
  process.exitCode = 2;
}

function askOnce(rule: Rule, flags: readonly string[], json: boolean): void {
  const facts = factsOfFlags(rule, flags);
  const answer = facts.ok ? rule.ask(facts.value, currentLaw) : facts;
  if (answer.ok) {
    console.log(json ? JSON.stringify(answerLine(answer)) : answerText(answer.value));
    if (answer.value.status !== 'computed') process.exitCode = 1;
  } else refuse(answer.refusal.message);
}

/** One question a line, one answer a line, in order; a line that cannot be read gets an error of its own. */
async function askLines(rule: Rule): Promise<void> {
  for await (const line of linesOf(process.stdin)) {
    if ('text' in line && line.text === '') continue;
    process.stdout.write(`${JSON.stringify(answerLine(askText(rule, line)))}\n`);
  }
}

function askText(rule: Rule, line: Line): ReturnType<Rule['ask']> {
  const malformed = (message: string) => ({ ok: false as const, refusal: { code: 'law.facts-malformed', message } });
  if ('fault' in line)
    return malformed(
      line.fault === 'encoding' ? 'Cette ligne n’est pas en UTF-8.' : 'Cette ligne est trop longue pour une question.',
    );
  let facts: unknown;
  try {
    facts = JSON.parse(line.text);
  } catch {
    return malformed('Cette ligne n’est pas un objet JSON.');
  }
  return rule.ask(facts, currentLaw);
}
