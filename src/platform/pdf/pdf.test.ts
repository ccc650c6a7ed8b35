import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { extractText } from 'unpdf';
import type { Json } from '#core/kernel/canonical.ts';
import { day } from '#core/kernel/day.ts';
import { PlatformFailure } from '../failure.ts';
import { TYPEFACES } from './compile.ts';
import { candidatePackages, FONTS, loadTypst, TEMPLATES } from './native.ts';
import { PdfRenderer, type RenderRequest } from './pdf.ts';

const template = join(TEMPLATES, 'probe.typ');
const renderer = new PdfRenderer();
after(() => renderer.close());

const request = (data: Record<string, Json>, more: Partial<RenderRequest> = {}): RenderRequest => ({
  template,
  data: { title: 'Essai', body: 'Bonjour', typefaces: TYPEFACES, ...data },
  date: day('2026-11-21'),
  ...more,
});
const textOf = async (pdf: Uint8Array): Promise<string> => (await extractText(pdf.slice(), { mergePages: true })).text;
const failsWith = (code: string) => (error: unknown) => error instanceof PlatformFailure && error.code === code;
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('a document is PDF/A-2a: tagged, French, titled, dated, fonts inside', async () => {
  const pdf = await renderer.render(request({}));
  const raw = new TextDecoder('latin1').decode(pdf);
  assert.match(raw, /<pdfaid:part>2<\/pdfaid:part>\s*<pdfaid:conformance>A<\/pdfaid:conformance>/);
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const entry = (name: string) => String(document.catalog.get(PDFName.of(name)));
  assert.equal(document.getTitle(), 'Essai');
  assert.equal(document.getCreationDate()?.toISOString(), '2026-11-21T00:00:00.000Z');
  assert.match(entry('Lang'), /fr/);
  assert.match(entry('MarkInfo'), /Marked true/);
  assert.notEqual(entry('StructTreeRoot'), 'undefined');
  const fonts = document.context
    .enumerateIndirectObjects()
    .map(([, object]) => String(object))
    .filter((text) => text.includes('/FontDescriptor') && text.includes('/FontName'));
  assert.ok(fonts.length > 0 && fonts.every((text) => text.includes('/FontFile')), fonts.join('\n'));
});

test('the same request gives the same bytes, from another process too', async () => {
  const other = new PdfRenderer();
  const [first, again, elsewhere] = [
    await renderer.render(request({})),
    await renderer.render(request({})),
    await other.render(request({})),
  ];
  other.close();
  assert.deepEqual(again, first);
  assert.deepEqual(elsewhere, first);
  assert.notDeepEqual(await renderer.render(request({}, { date: day('2026-11-22') })), first);
});

test('data is text: no markup, no code, no formula of it is read', async () => {
  const hostile = '#read("data.json") *gras* _x_ @ref $x^2$ \\ `code` <label> = titre // note {x} "q"';
  assert.ok((await textOf(await renderer.render(request({ body: hostile })))).includes(hostile));
});

test('one document leaves nothing to the next', async () => {
  await renderer.render(request({ picture: 'x.svg' }, { files: { 'x.svg': svg() } }));
  await assert.rejects(renderer.render(request({ picture: 'x.svg' })), failsWith('pdf.template'));
});

test('a picture that is none is told as such', async () => {
  for (const name of ['x.png', 'x.jpg', 'x.svg', 'x.webp']) {
    const files = { [name]: new TextEncoder().encode('not a picture') };
    await assert.rejects(renderer.render(request({ picture: name }, { files })), failsWith('pdf.image'), name);
  }
});

test('a sign no typeface holds, a typeface we do not ship: refused, never printed otherwise', async () => {
  await assert.rejects(renderer.render(request({ body: '🙂' })), failsWith('pdf.template'));
  await assert.rejects(renderer.render(request({ typefaces: ['Comic Sans MS'] })), failsWith('pdf.template'));
});

test('a file can be attached in PDF/A-3a, and in no PDF/A-2a', async () => {
  const files = { 'factur-x.xml': new TextEncoder().encode('<rsm:CrossIndustryInvoice/>') };
  const pdf = await renderer.render(request({ attach: 'factur-x.xml' }, { files, standard: 'a-3a' }));
  const [attached] = (await PDFDocument.load(pdf)).getAttachments();
  assert.equal(new TextDecoder().decode(attached?.data), '<rsm:CrossIndustryInvoice/>');
  assert.match(new TextDecoder('latin1').decode(pdf), /\/AFRelationship\s*\/Alternative/);
  await assert.rejects(renderer.render(request({ attach: 'factur-x.xml' }, { files })), failsWith('pdf.template'));
});

test('only a template of ours can be rendered, with plainly named files', async () => {
  for (const path of ['/etc/passwd', 'letter.typ', join(TEMPLATES, '../package.json'), join(TEMPLATES, 'x.json')]) {
    await assert.rejects(renderer.render({ ...request({}), template: path }), /not a template/, path);
  }
  await assert.rejects(renderer.render(request({}, { files: { '../letter.typ': svg() } })), /not a plain file name/);
});

test('a process killed under a document is replaced and the document written', async () => {
  const killed = new PdfRenderer();
  await killed.render(request({}));
  const [pid] = killed.pids;
  assert.ok(pid);
  const pending = killed.render(request({}));
  process.kill(pid, 'SIGKILL');
  assert.ok((await pending).length > 1000);
  assert.notEqual(killed.pids[0], pid);
  killed.close();
});

test('a process that dies idle is replaced', async () => {
  const idle = new PdfRenderer();
  await idle.render(request({}));
  for (const pid of idle.pids) process.kill(pid, 'SIGKILL');
  await wait(100);
  assert.ok((await idle.render(request({}))).length > 1000);
  idle.close();
});

test('a document that takes too long is given up, and the next one is written', async () => {
  const hurried = new PdfRenderer({ timeoutMs: 1 });
  await assert.rejects(hurried.render(request({})), failsWith('pdf.timeout'));
  assert.deepEqual(hurried.pids.filter(isAlive).length <= 1, true);
  hurried.close();
  assert.ok((await renderer.render(request({}))).length > 1000);
});

test('closing ends the processes and tells who waits; the next document starts afresh', async () => {
  const closing = new PdfRenderer();
  await closing.render(request({}));
  const [pid] = closing.pids;
  const pending = [closing.render(request({})), closing.render(request({}))];
  closing.close();
  for (const end of await Promise.allSettled(pending)) {
    assert.ok(end.status === 'rejected' && failsWith('pdf.closed')(end.reason));
  }
  await wait(100);
  assert.equal(isAlive(pid ?? 0), false);
  assert.ok((await closing.render(request({}))).length > 1000);
  closing.close();
});

test('documents asked together are all written, each its own, over two processes', async () => {
  const two = new PdfRenderer({ processes: 2 });
  const all = await Promise.all(Array.from({ length: 30 }, (_, i) => two.render(request({ body: `numéro ${i}.` }))));
  assert.equal(two.pids.length, 2);
  for (const [i, pdf] of all.entries()) assert.ok((await textOf(pdf)).includes(`numéro ${i}.`));
  two.close();
});

test('the renderer never keeps the program alive, even unclosed, and leaves no process behind', async () => {
  const program = `
    const { PdfRenderer } = await import('./src/platform/pdf/pdf.ts');
    const renderer = new PdfRenderer();
    await renderer.probe();
    console.log(renderer.pids.join(' '));`;
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: root,
    encoding: 'utf8',
    timeout: 20_000,
  });
  assert.equal(run.status, 0, run.stderr);
  const pid = Number(run.stdout);
  assert.ok(pid > 1);
  for (let i = 0; i < 40 && isAlive(pid); i += 1) await wait(50);
  assert.equal(isAlive(pid), false, `process ${pid} is still there`);
});

test('doctor can tell which compiler this machine has', async () => {
  const report = await renderer.probe();
  assert.ok(candidatePackages().includes(report.packageName));
  assert.ok(report.bytes > 1000);
});

test('a machine without its compiler is told, not guessed', () => {
  assert.equal(loadTypst(['@myriaddreamin/typst-ts-node-compiler-plan9-mips']), undefined);
  assert.deepEqual(
    candidatePackages('linux', 'x64').map((name) => name.split('compiler-')[1]),
    ['linux-x64-gnu', 'linux-x64-musl'],
  );
  assert.deepEqual(
    candidatePackages('darwin', 'arm64').map((name) => name.split('compiler-')[1]),
    ['darwin-arm64'],
  );
});

test('no template fetches a package from outside', () => {
  const templates = readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.typ'));
  assert.ok(templates.length > 1);
  for (const name of templates) assert.doesNotMatch(readFileSync(join(TEMPLATES, name), 'utf8'), /(import|include)\s+"@/, name);
});

test('each typeface comes with its licence', () => {
  const names = readdirSync(FONTS);
  for (const font of names.filter((name) => name.endsWith('.ttf'))) {
    assert.ok(names.includes(`${font.split('-')[0]}-OFL.txt`), font);
  }
});

function svg(): Uint8Array {
  return new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4"/></svg>');
}
