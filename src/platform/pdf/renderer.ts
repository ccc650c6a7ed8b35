import { isAbsolute, relative } from 'node:path';
import type { Json } from '#core/kernel/canonical.ts';
import type { Day } from '#core/kernel/day.ts';
import { PlatformFailure } from '../failure.ts';
import { type JobEnd, RenderChild } from './child.ts';
import { TEMPLATES } from './native.ts';
import type { Answer, Job, PdfStandard, ProbeReport } from './protocol.ts';

/** Our typefaces draw the narrow no-break space at an eighth of an em, too thin to part thousands; their no-break space does. */
const THIN_IN_NUMBER = /(?<=\d)\u202f(?=\d)/g;

export interface RenderRequest {
  /** absolute path of a .typ file inside templates/ */
  readonly template: string;
  /** read by the template with `json("data.json")`; it reaches Typst as text, never as markup */
  readonly data: Json;
  /** images and attachments by file name, read by the template as `files/<name>` */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** the document's date: with it, the same request gives the same bytes, on any machine */
  readonly date: Day;
  /** default `a-2a` */
  readonly standard?: PdfStandard;
}

export interface RendererOptions {
  /** child processes, started when first needed; default 1 */
  readonly processes?: number;
  /** for one document; default 30 000 */
  readonly timeoutMs?: number;
  /** after which an idle process is let go; default 120 000 */
  readonly idleMs?: number;
}

interface Waiting {
  readonly job: Job;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  attempts: number;
}

/**
 * Writes PDFs with Typst in child processes, so that a document that crashes or hangs the compiler costs that document alone.
 * Processes start with the first document, never keep the program alive, and are replaced when they die.
 */
export class PdfRenderer {
  readonly #processes: number;
  readonly #timeoutMs: number;
  readonly #idleMs: number;
  readonly #queue: Waiting[] = [];
  #children: RenderChild[] = [];
  #idle: NodeJS.Timeout | undefined;

  constructor(options: RendererOptions = {}) {
    this.#processes = options.processes ?? 1;
    this.#timeoutMs = options.timeoutMs ?? 30_000;
    this.#idleMs = options.idleMs ?? 120_000;
  }

  /**
   * The bytes of the document. Throws a PlatformFailure: `pdf.unavailable` (no compiler for this machine), `pdf.image` (an image
   * of `files` cannot be read), `pdf.template` (the template failed on this data), `pdf.timeout`, `pdf.crashed`.
   */
  async render(request: RenderRequest): Promise<Uint8Array> {
    const answer = await this.#submit({
      kind: 'render',
      template: insideTemplates(request.template),
      data: JSON.stringify(request.data).replace(THIN_IN_NUMBER, '\u00a0'),
      files: plainNames(request.files ?? {}),
      timestamp: request.date.toZonedDateTime('UTC').epochMilliseconds / 1000,
      standard: request.standard ?? 'a-2a',
    });
    if (answer.kind !== 'pdf') throw new Error(`unexpected answer: ${answer.kind}`);
    return answer.bytes;
  }

  /** Loads the compiler and sets a word in every typeface; throws as `render` does. For `doctor`. */
  async probe(): Promise<ProbeReport> {
    const answer = await this.#submit({ kind: 'probe' });
    if (answer.kind !== 'probe') throw new Error(`unexpected answer: ${answer.kind}`);
    return { packageName: answer.packageName, bytes: answer.bytes };
  }

  /** The child processes alive now. */
  get pids(): readonly number[] {
    return this.#children.flatMap(({ pid }) => pid ?? []);
  }

  /** Ends the child processes. Documents that wait or are under way fail with `pdf.closed`; the next one starts afresh. */
  close(): void {
    clearTimeout(this.#idle);
    for (const waiting of this.#queue.splice(0)) waiting.reject(closed());
    const children = this.#children;
    this.#children = [];
    for (const child of children) child.kill();
  }

  #submit(job: Job): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, resolve, reject, attempts: 0 });
      this.#dispatch();
    });
  }

  #dispatch(): void {
    this.#children = this.#children.filter((child) => !child.dead);
    while (this.#queue.length > 0) {
      const child = this.#freeChild();
      const waiting = child && this.#queue.shift();
      if (!child || !waiting) break;
      clearTimeout(this.#idle);
      waiting.attempts += 1;
      child.run(waiting.job, this.#timeoutMs).then((end) => this.#ended(child, waiting, end));
    }
  }

  #freeChild(): RenderChild | undefined {
    const free = this.#children.find((child) => !child.busy);
    if (free || this.#children.length >= this.#processes) return free;
    const child = new RenderChild();
    this.#children.push(child);
    return child;
  }

  #ended(child: RenderChild, waiting: Waiting, end: JobEnd): void {
    const open = this.#children.includes(child);
    // A crash may come from what an earlier document left behind: one more chance, in a new process.
    if (end.kind === 'crashed' && open && waiting.attempts < 2) this.#queue.unshift(waiting);
    else if (end.kind === 'pdf' || end.kind === 'probe') waiting.resolve(end);
    else waiting.reject(failureOf(end, open));
    this.#dispatch();
    if (!this.#children.some((c) => c.busy)) this.#idle = setTimeout(() => this.close(), this.#idleMs).unref();
  }
}

/** A template is a file of ours: a path from elsewhere is a bug, never a document. */
function insideTemplates(path: string): string {
  const inside = relative(TEMPLATES, path);
  if (!isAbsolute(path) || inside.startsWith('..') || isAbsolute(inside) || !inside.endsWith('.typ')) {
    throw new TypeError(`not a template: ${path}`);
  }
  return path;
}

function plainNames(files: Readonly<Record<string, Uint8Array>>): Readonly<Record<string, Uint8Array>> {
  for (const name of Object.keys(files)) {
    if (!/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(name)) throw new TypeError(`not a plain file name: ${name}`);
  }
  return files;
}

const closed = () =>
  new PlatformFailure('pdf.closed', 'Le document n’a pas été écrit\u202f: Quitus s’arrête. Recommencez au prochain démarrage.');

function failureOf(end: Exclude<JobEnd, { kind: 'pdf' | 'probe' }>, open: boolean): PlatformFailure {
  const because = (detail: string) => ({ cause: new Error(detail) });
  if (!open) return closed();
  if (end.kind === 'timeout') {
    return new PlatformFailure(
      'pdf.timeout',
      'Le document est trop long à mettre en page\u202f; il a été abandonné. Réduisez le nombre de factures ou la taille des images, puis recommencez.',
    );
  }
  if (end.kind === 'crashed') {
    return new PlatformFailure(
      'pdf.crashed',
      'La mise en page du document s’est arrêtée deux fois de suite. Vérifiez le logo et la signature, puis lancez «\u00a0./quitus doctor\u00a0».',
      because(end.detail),
    );
  }
  const messages = {
    'pdf.unavailable': `Cette machine n’a pas le programme qui met en page les lettres (${end.detail}). Relancez «\u00a0npm install\u00a0»\u202f; si le message revient, ce système n’est pas encore pris en charge.`,
    'pdf.image':
      'Le logo ou la signature ne peut pas être lu comme une image. Remplacez-le dans les réglages par un fichier PNG, JPEG ou SVG.',
    'pdf.template':
      'Le modèle de ce document ne peut pas être mis en page avec ces données. C’est un défaut de Quitus\u202f: signalez-le avec le détail ci-joint.',
  } as const;
  return new PlatformFailure(end.code, messages[end.code], because(end.detail));
}
