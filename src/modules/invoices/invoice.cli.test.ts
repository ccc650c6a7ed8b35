import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const fixture = (name: string): string => join(root, 'test/fixtures/invoices', name);
let folder = '';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const quitus = (...args: string[]): Promise<Run> =>
  new Promise((resolve) => {
    const node = ['--import', join(root, 'tools/tsx-hook.mjs'), join(root, 'src/main.ts'), 'invoice', 'read', ...args];
    execFile(process.execPath, node, { cwd: folder }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });

const lines = (out: string): Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quitus read '));
  await mkdir(join(folder, 'boîte/sous'), { recursive: true });
  await writeFile(join(folder, 'boîte/SOURCES.md'), '# notes\n');
  await writeFile(join(folder, 'boîte/sous/table.csv'), 'Numéro;Montant TTC\nF-1;1,20\nF-2;douze\n');
  await writeFile(join(folder, 'odd.csv'), 'A;B\nF-1;1,20\n');
});
after(() => rm(folder, { recursive: true }));

test('one JSON object an invoice, with the path as given', async () => {
  const { code, out } = await quitus('--json', fixture('factur-x.xml'), fixture('ubl-credit-note.xml'));
  assert.equal(code, 0);
  assert.deepEqual(
    lines(out).map((l) => [l.file, l.number, l.payable]),
    [
      [fixture('factur-x.xml'), 'F-2026-0042', '3800.01'],
      [fixture('ubl-credit-note.xml'), 'AV-3', '60.00'],
    ],
  );
});

test('folders are read with their folders; what is refused is an object too, and the code is 1', async () => {
  const { code, out } = await quitus('boîte', 'boîte/SOURCES.md', 'rien.pdf', '--json');
  assert.equal(code, 1);
  const found = lines(out);
  assert.deepEqual(
    found.map((l) => [l.file, l.number ?? (l.error as { code: string }).code]),
    [
      ['boîte/SOURCES.md', 'unsupported-type'],
      ['boîte/sous/table.csv', 'F-1'],
      ['boîte/sous/table.csv', 'csv-row'],
      ['rien.pdf', 'file-not-readable'],
    ],
  );
  assert.equal(found[2]?.row, 3);
});

test('people read a line in French', async () => {
  const { code, out } = await quitus(fixture('factur-x.xml'));
  assert.equal(code, 0);
  assert.match(
    out,
    /facture F-2026-0042 du 01\/03\/2026 · Atelier des Trois Ponts → .* · 3\u202f800,01\u00a0EUR · échéance 31\/03\/2026/,
  );
});

test('the size limit and the columns are options, checked', async () => {
  const small = await quitus('--json', '--max-size', '1k', fixture('factur-x.xml'));
  assert.equal((lines(small.out)[0]?.error as { code: string }).code, 'too-large');
  const mapped = await quitus('--json', '--mapping', 'number=1', '--mapping', 'total_gross=B', 'odd.csv');
  assert.deepEqual([mapped.code, lines(mapped.out)[0]?.number, lines(mapped.out)[0]?.total_gross], [0, 'F-1', '1.20']);
  for (const wrong of [['--max-size', 'lots'], ['--mapping', 'colour=red'], []]) {
    const refused = await quitus(...wrong, ...(wrong.length > 0 ? ['odd.csv'] : []));
    assert.ok(refused.code > 0 && refused.err !== '' && refused.out === '', wrong.join(' '));
  }
});
