/** Capitals without accents: what banks make of a text, more or less. */
export function foldText(text: string): string {
  const upper = text.toUpperCase();
  if (/^[\x20-\x7e]*$/.test(upper)) return upper;
  return upper
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('Œ', 'OE')
    .replaceAll('Æ', 'AE');
}

/** A run of letters or of digits, and what separates it from the run before. */
export interface Run {
  readonly text: string;
  readonly digits: boolean;
  readonly gap: string;
}

/** Cuts a folded text into runs of letters and runs of digits. */
export function runsOf(folded: string): Run[] {
  const runs: Run[] = [];
  let end = 0;
  for (const found of folded.matchAll(/[A-Z]+|[0-9]+/g)) {
    const text = found[0];
    runs.push({ text, digits: text <= '9~', gap: folded.slice(end, found.index) });
    end = found.index + text.length;
  }
  return runs;
}

/** The text with the letters that people type for digits (O for 0, I and L for 1) read as digits, where they touch a digit. */
export function unconfused(folded: string): string {
  if (!/\d[OIL]|[OIL]\d/.test(folded)) return folded;
  return folded.replace(/[OIL]+(?=\d)|(?<=\d)[OIL]+(?![A-Z])/g, (letters) => letters.replaceAll('O', '0').replace(/[IL]/g, '1'));
}

/** A run of digits without its leading zeros; letters as they are. */
export const stripped = (run: Run): string => (run.digits ? run.text.replace(/^0+(?=\d)/, '') : run.text);

/** Whether two words differ by one slip: a character changed, added, left out, or two neighbours exchanged. */
export function oneSlipApart(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from += 1;
  const restA = a.slice(from);
  const restB = b.slice(from);
  if (restA.length === restB.length) {
    if (restA.slice(1) === restB.slice(1)) return true;
    return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
  }
  return restA.length > restB.length ? restA.slice(1) === restB : restB.slice(1) === restA;
}
