const MOST = 200;
const EXTENSION = /\.[\p{L}\p{N}]{1,8}$/u;

/**
 * What a browser says a file is called, as it is kept and shown: the last part of a path, without control characters, of 200 signs at
 * most, its extension never lost. It is never part of a path.
 */
export function fileName(given: string, otherwise = 'document'): string {
  const name = (given.split(/[/\\]/).at(-1) ?? '')
    .toWellFormed()
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ')
    .trim();
  const signs = [...name];
  if (signs.length <= MOST) return name || otherwise;
  const extension = EXTENSION.exec(name)?.[0] ?? '';
  return signs.slice(0, MOST - extension.length).join('') + extension;
}
