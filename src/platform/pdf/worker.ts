// Entry point of a child process of the PDF renderer: one document after the other, until the parent lets go of it.
import { compilePdf, probe } from './compile.ts';
import { candidatePackages, loadTypst } from './native.ts';
import type { Answer, Job } from './protocol.ts';

/**
 * Typst remembers what it laid out, and searches what it remembers. Every few documents it forgets what none of them used: what
 * all share (typefaces, the template) stays, memory is flat, and the search is short. bench/letters.ts measures it.
 */
const DOCUMENTS_PER_EVICTION = 4;
const EVICTIONS_KEPT = 1;

const typst = loadTypst();
const compiler = typst?.create();
let documents = 0;

function answer(job: Job): Answer {
  if (typst === undefined || compiler === undefined) {
    return { kind: 'error', code: 'pdf.unavailable', detail: candidatePackages().join(', ') };
  }
  if (job.kind === 'probe') {
    const result = probe(compiler);
    return result.kind === 'pdf' ? { kind: 'probe', packageName: typst.packageName, bytes: result.bytes.length } : result;
  }
  const result = compilePdf(compiler, job);
  documents += 1;
  if (documents % DOCUMENTS_PER_EVICTION === 0) compiler.evictCache(EVICTIONS_KEPT);
  return result;
}

process.on('message', (job: Job) => process.send?.(answer(job)));
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole group of processes: the parent decides when the renderer stops, after the letters under way.
process.on('SIGINT', () => {});
