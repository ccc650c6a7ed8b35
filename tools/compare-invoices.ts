// Reads every invoice of a folder with the product's reader and compares with the values an independent reader found (expected.jsonl).
//   node tools/compare-invoices.ts [FOLDER] [--verbose]     default: ../shared/data/einvoices, then ../shared/data/pdf-without-xml
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type Comparison, compareFolder, type FileResult } from './invoice-corpus.ts';

const root = resolve(import.meta.dirname, '..');
const shared = process.env.QUITUS_SHARED ?? join(root, '..', 'shared');
const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`);
const shown = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 60);

/** One row a field and reason, with an example: the same field differs for the same reason in file after file. */
function printDifferences(files: readonly FileResult[]): void {
  const rows = new Map<string, { count: number; example: string }>();
  for (const file of files) {
    for (const d of file.differences) {
      const reason = `${d.field} — ${d.why}`;
      const example = `${file.file}: expected ${shown(d.expected)}, read ${shown(d.actual ?? null)}`;
      rows.set(reason, { count: (rows.get(reason)?.count ?? 0) + 1, example: rows.get(reason)?.example ?? example });
    }
  }
  if (rows.size === 0) return;
  console.log('\nDifferences (how many, field, why, first example):');
  for (const [reason, { count, example }] of rows) console.log(`  ${String(count).padStart(3)}  ${reason}\n       ${example}`);
}

/** Differences by reason alone: how much of what is not proposed could have been. */
function printReasons(files: readonly FileResult[]): void {
  const counts = new Map<string, number>();
  for (const { why } of files.flatMap((f) => f.differences)) counts.set(why, (counts.get(why) ?? 0) + 1);
  for (const [why, count] of [...counts].sort((a, b) => b[1] - a[1])) console.log(`    ${String(count).padStart(4)} ${why}`);
}

function printRefusals(title: string, files: readonly FileResult[]): void {
  if (files.length === 0) return;
  console.log(`\n${title}:`);
  for (const file of files) console.log(`  ${file.file}: ${file.refusal ?? 'read'}`);
}

function print(folder: string, result: Comparison): void {
  const { readable, toRefuse, fields } = result;
  const right = readable.filter((f) => f.differences.length === 0).length;
  const total = [...fields.values()].reduce((sum, f) => sum + f.compared, 0);
  const same = [...fields.values()].reduce((sum, f) => sum + f.right, 0);
  console.log(`\n${relative(process.cwd(), folder) || folder}`);
  console.log(`  files with expected values: ${readable.length}; every field right: ${right} (${share(right, readable.length)})`);
  console.log(`  values compared: ${total}; right: ${same} (${share(same, total)})`);
  const refused = toRefuse.filter((f) => f.refusal).length;
  console.log(`  files that hold no invoice: ${toRefuse.length}; refused: ${refused}`);
  console.log('  field by field (right/compared):');
  for (const [field, f] of fields) console.log(`    ${field.padEnd(24)} ${f.right}/${f.compared}  ${share(f.right, f.compared)}`);
  console.log(`  keys of expected.jsonl not compared: ${[...result.ignored].join(', ')}`);
  if (right < readable.length) {
    console.log('  differences by reason:');
    printReasons(readable);
  }
  printDifferences(readable);
  printRefusals(
    'Readable files that were refused',
    readable.filter((f) => f.refusal),
  );
  printRefusals('Files that hold no invoice', toRefuse);
  printRefusals('Files without expected values', result.unjudged);
}

const [given] = process.argv.slice(2);
const folders = given ? [resolve(given)] : ['einvoices', 'pdf-without-xml'].map((name) => join(shared, 'data', name));
for (const folder of folders) {
  if (!existsSync(join(folder, 'expected.jsonl'))) {
    console.error(`${folder}: no expected.jsonl there`);
    process.exitCode = 1;
  } else print(folder, await compareFolder(folder));
}
