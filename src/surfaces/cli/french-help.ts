import type { Command, CommanderError, OutputConfiguration } from 'commander';

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
  const known = COMPLAINTS[error.code]?.(name);
  // An option of ours that refuses its value says so in French already, after Commander's own preamble.
  const own = error.message.replace(/^error: (option|command-argument) .* is invalid\. /, '').replace(/^error: /, '');
  return `${known ?? own}\nAide : ${command} --help`;
}

/** Makes a command and those below it speak French, and throw instead of leaving the process. */
export function speakFrench(command: Command): void {
  command
    .exitOverride()
    .configureOutput({ outputError: () => undefined } satisfies OutputConfiguration)
    .configureHelp({ styleTitle: (title) => TITLES[title] ?? title, helpWidth: 100 })
    .helpOption('-h, --help', 'montre cette aide')
    .helpCommand(false);
  for (const child of command.commands) speakFrench(child);
}
