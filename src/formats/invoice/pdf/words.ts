import type { Page, Run } from '../text/layout.ts';

/** The share of a line's height that stands above its baseline, for fonts that do not say. */
const ASCENT = 0.8;

/** Characters kept of one run, and runs kept of one page: far above those of any invoice. */
const MAX_RUN = 500;
const MAX_RUNS = 20_000;

/** Multiplies two PDF matrices [a b c d e f]. */
function transform(m: readonly number[], n: readonly number[]): [number, number, number, number, number, number] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = n;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

interface TextItem {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
}

/** A run of text as seen on the turned page, in points from the top left; undefined for blanks and for text that does not run left to right. */
function run(item: TextItem, viewport: readonly number[]): Run | undefined {
  if (item.str.trim() === '') return undefined;
  const [a, b, c, d, x, y] = transform(viewport, item.transform);
  if (a <= 0 || Math.abs(b) > a * 0.05) return undefined;
  const height = Math.hypot(c, d);
  return { text: item.str.slice(0, MAX_RUN), x, y: y - height * ASCENT, width: item.width, height };
}

/**
 * The words of a PDF with their places: of its first pages, and of its last one when it has more than `maxPages`. "locked" when it asks for a
 * password, "broken" when it cannot be opened. Nothing is fetched: no outside font, no script of the file runs.
 */
export async function readWords(bytes: Uint8Array, maxPages: number): Promise<Page[] | 'locked' | 'broken'> {
  const { getDocumentProxy } = await import('unpdf');
  let pdf: Awaited<ReturnType<typeof getDocumentProxy>>;
  try {
    // pdf.js takes the buffer it is given for its own: it gets a copy.
    pdf = await getDocumentProxy(new Uint8Array(bytes), {
      verbosity: 0,

      useSystemFonts: false,
      disableFontFace: true,
    });
  } catch (error) {
    return error instanceof Error && error.name === 'PasswordException' ? 'locked' : 'broken';
  }
  try {
    const pages: Page[] = [];
    for (let number = 1; number <= pdf.numPages; number++) {
      if (number > maxPages && number < pdf.numPages) continue;
      const page = await pdf.getPage(number);
      const viewport = page.getViewport({ scale: 1 });
      const { items } = await page.getTextContent();
      const runs = items.flatMap((item) => ('str' in item ? (run(item, viewport.transform) ?? []) : []));
      pages.push({ number, width: viewport.width, height: viewport.height, runs: runs.slice(0, MAX_RUNS) });
      page.cleanup();
    }
    return pages;
  } catch {
    return 'broken';
  } finally {
    await pdf.loadingTask.destroy();
  }
}
