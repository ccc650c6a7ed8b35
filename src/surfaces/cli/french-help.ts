import type { Command, CommanderError, Option, OutputConfiguration } from 'commander';

/** Commander speaks English: its titles and its complaints, in French. */
const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Usage :',
  'Arguments:': 'Arguments :',
  'Options:': 'Options :',
  'Global Options:': 'Options générales :',
  'Commands:': 'Commandes :',
};

const COMPLAINTS: Readonly<Record<string, (name: string) => string>> = {
  'commander.unknownOption': (name) => `l’option ${name} n’existe pas.`,
  'commander.unknownCommand': (name) => `la commande « ${name} » n’existe pas.`,
  'commander.missingArgument': (name) => `il manque l’argument ${name}.`,
  'commander.optionMissingArgument': (name) => `l’option ${name} attend une valeur.`,
  'commander.missingMandatoryOptionValue': (name) => `l’option ${name} est obligatoire.`,
  'commander.excessArguments': () => 'il y a trop d’arguments.',
};

/** The sentence for a usage error, naming the option or the argument and where to find help. */
export function complaint(error: CommanderError, command: string): string {
  const name = /'([^']+)'/.exec(error.message)?.[1] ?? '';
  const known = COMPLAINTS[error.code]?.(name) ?? notAChoice(error.message);
  const own = error.message.replace(/^error: (option|command-argument) .* is invalid\. /, '').replace(/^error: /, '');
  return spaced(`${known ?? named(own, error.message)}\nAide : ${command} --help`);
}

/** What an option of ours says of the value it refuses, in French already, after Commander's own preamble: with its name, whoever forgot it. */
function named(own: string, message: string): string {
  const [, option, value] = /^error: option '[^']*?(--[a-z-]+)[^']*' argument '(.*)' is invalid\. /s.exec(message) ?? [];
  return option === undefined || own.startsWith(option) ? own : `${option} : « ${value} » ne convient pas. ${own}`;
}

/** « zip » given to an option or an argument that takes one of a few words. */
function notAChoice(message: string): string | undefined {
  const [, option, value, choices] =
    /'([^' ]+)[^']*' argument '([^']*)' is invalid\. Allowed choices are (.+)\.$/.exec(message) ?? [];
  if (choices === undefined) return undefined;
  return `${option} : « ${value} » n’est pas connu ; choisissez ${choices.replace(/, ([^,]+)$/, ' ou $1')}.`;
}

/** A help text as it is printed: written with plain spaces in the code, with the spaces of French typography on screen. */
const spaced = (text: string): string =>
  text
    .replace(/(?<=\S) (?=[:;?!](?:\s|$))/g, '\u202f')
    .replace(/« (?=\S)/g, '«\u00a0')
    .replace(/(?<=\S) »/g, '\u00a0»');

/** What an option is for; its default is said in its own words, in French. */
function purpose(option: Option): string {
  const choices = option.argChoices ? ` (au choix : ${option.argChoices.join(', ')})` : '';
  return option.description + choices;
}

/** The longest command that the arguments name, as it is typed: « ./quitus invoice read ». */
export function commandLine(program: Command, args: readonly string[]): string {
  const [name, ...rest] = args;
  const child = program.commands.find((command) => command.name() === name);
  return child ? `${program.name()} ${commandLine(child, rest)}` : program.name();
}

/** Makes a command and those below it speak French, and throw instead of leaving the process. */
export function speakFrench(command: Command): void {
  command
    .exitOverride()
    .configureOutput({
      outputError: () => undefined,
      writeOut: (text) => process.stdout.write(spaced(text)),
    } satisfies OutputConfiguration)
    .configureHelp({ styleTitle: (title) => TITLES[title] ?? title, optionDescription: purpose, helpWidth: 100 })
    .usage(command.usage().replace('[command]', '[commande]'))
    .helpOption('-h, --help', 'montre cette aide')
    .helpCommand(false);
  for (const child of command.commands) speakFrench(child);
}
