import { count } from './format.ts';

/** How a command that reads many files tells how far it is, beside what it answers. */
export interface FilesProgress {
  /** so many files are done */
  readonly at: (files: number) => void;
  /** before an answer is written */
  readonly clear: () => void;
}

/** Between two lines of progress where nobody watches a terminal: a log stays short. */
const EVERY_MS = 10_000;

/**
 * How many files are done, on stderr. On a terminal that shows nothing else meanwhile, one line that changes; where neither output is a
 * terminal, a line now and then, so that nothing is said of what takes a moment. Answers shown on a terminal say it themselves.
 */
export function filesProgress(
  now: () => number = () => performance.now(),
  outputs: {
    readonly stdout: { readonly isTTY?: boolean };
    readonly stderr: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;
  } = process,
): FilesProgress {
  const { stdout, stderr } = outputs;
  let told = now();
  const words = (files: number): string => count(files, 'fichier lu', 'fichiers lus');
  const nothing = (): void => undefined;
  if (stdout.isTTY) return { at: nothing, clear: nothing };
  if (stderr.isTTY)
    return { at: (files) => void stderr.write(`\r${words(files)}`), clear: () => void stderr.write('\r\u001b[K') };
  return {
    at: (files) => {
      if (now() - told < EVERY_MS) return;
      told = now();
      stderr.write(`${words(files)}…\n`);
    },
    clear: nothing,
  };
}
