import { dirname, join } from 'node:path';
import { TEMPLATES, type TypstCompiler } from './native.ts';
import type { Answer, RenderJob } from './protocol.ts';

/** The typefaces every template may name: SIL Open Font License, shipped in assets/fonts. */
export const TYPEFACES: readonly string[] = ['Source Serif 4', 'Source Sans 3'];
const PROBE = join(TEMPLATES, 'probe.typ');

/** One document: its data and files are lent to the compiler in memory, beside the template, for the time of the job. */
export function compilePdf(typst: TypstCompiler, job: RenderJob): Answer {
  const folder = dirname(job.template);
  typst.mapShadow(join(folder, 'data.json'), Buffer.from(job.data));
  for (const [name, bytes] of Object.entries(job.files)) typst.mapShadow(join(folder, 'files', name), Buffer.from(bytes));
  try {
    return write(typst, job);
  } finally {
    typst.resetShadow();
  }
}

/** A page in every typeface, so that a broken installation is told by `doctor` rather than by a letter. */
export function probe(typst: TypstCompiler): Answer {
  const data = JSON.stringify({ title: 'Quitus', body: 'Reçu pour solde de tout compte.', typefaces: TYPEFACES });
  return compilePdf(typst, { kind: 'render', template: PROBE, data, files: {}, timestamp: 0, standard: 'a-2a' });
}

function write(typst: TypstCompiler, job: RenderJob): Answer {
  const compiled = typst.compile({ mainFilePath: job.template });
  if (compiled.result === null) return failure(problems(typst, compiled.takeError()));
  // A missing typeface is only a warning for Typst, and a different letter for whoever signs it.
  const fonts = problems(typst, compiled.takeWarnings()).filter((text) => text.includes('unknown font family'));
  if (fonts.length > 0) return failure(fonts);
  try {
    const options = { pdfStandard: job.standard, pdfTags: true, creationTimestamp: job.timestamp };
    return { kind: 'pdf', bytes: new Uint8Array(typst.pdf(compiled.result, options)) };
  } catch (error) {
    return failure(
      [...String(error).matchAll(/message: "((?:[^"\\]|\\.)*)"/g)].map((m) => m[1] ?? ''),
      String(error),
    );
  }
}

function problems(typst: TypstCompiler, error: object | null): string[] {
  if (error === null) return [];
  return typst.fetchDiagnostics(error).map(({ message, path, range }) => {
    const place = path.startsWith(TEMPLATES) ? path.slice(TEMPLATES.length + 1) : '';
    return place === '' ? message : `${place}:${range === null ? '' : range.start.line + 1}: ${message}`;
  });
}

function failure(messages: readonly string[], otherwise = 'no diagnostic'): Answer {
  const detail = messages.join('; ') || otherwise;
  const image =
    /failed to (?:decode|parse|load) (?:image|SVG)|unknown image format|unsupported image|could not detect image/i.test(detail);
  return { kind: 'error', code: image ? 'pdf.image' : 'pdf.template', detail };
}
