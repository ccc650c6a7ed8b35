// Letters per second: formal notices composed from their facts and printed as PDF/A-2a on two processes.
// node bench/letters.ts [count]

import { readFileSync } from 'node:fs';
import type { FormalNoticeFacts } from '../src/core/letters/facts.ts';
import { composeFormalNotice } from '../src/core/letters/formal-notice.ts';
import { renderFormalNotice } from '../src/modules/letters/render.ts';
import { PdfRenderer } from '../src/platform/pdf/pdf.ts';
import { debtors, invoice, noticeFacts, paid } from '../test/support/notice-facts.ts';

const count = Number(process.argv[2] ?? 400);
const PROCESSES = 2;
const TARGET = 100;

const renderer = new PdfRenderer({ processes: PROCESSES });
const render = renderer.render.bind(renderer);

/** One or three invoices, with a payment in between: numbers, days and amounts that no other letter of the run has. */
function facts(i: number): FormalNoticeFacts {
  const month = String(1 + (i % 9)).padStart(2, '0');
  const date = String(1 + (i % 28)).padStart(2, '0');
  const bill = (k: number) =>
    invoice(
      `F-${i}-${k}`,
      `2025-${month}-${date}`,
      `202${5 + (k % 2)}-${month}-${date}`,
      `${1200 + 17 * i + k}.${10 + (i % 90)}`,
      [...(k === 1 ? [paid('2026-10-12', `${300 + i}.00`)] : [])],
    );
  const debtor = i % 4 === 3 ? 'consumer' : 'business';
  return noticeFacts(
    { debtor, invoices: i % 2 === 0 ? [bill(0)] : [bill(0), bill(1), bill(2)] },
    { reference: `D-2026-${i}`, debtor: { ...debtors[debtor], name: `${debtors[debtor].name} ${i}` } },
  );
}

async function letter(i: number): Promise<number> {
  const outcome = composeFormalNotice(facts(i));
  if (outcome.status !== 'composed') throw new Error(JSON.stringify(outcome));
  return (await renderFormalNotice(outcome.letter, {}, render)).length;
}

/** Processor time a child process used so far, in milliseconds, where the system tells it (a clock tick is 10 ms on Linux). */
function processorMs(pid: number): number {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? [];
    return ((user ?? Number.NaN) + (system ?? Number.NaN)) * 10;
  } catch {
    return Number.NaN;
  }
}

/** Memory of a child process in megabytes, where the system tells it. */
function residentMegabytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;
  } catch {
    return Number.NaN;
  }
}

const usedBy = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + processorMs(pid), 0);

const cold = performance.now();
await Promise.all(Array.from({ length: PROCESSES }, (_, i) => letter(i)));
console.log(`first letters, processes started: ${Math.round(performance.now() - cold)} ms`);

const before = usedBy(renderer.pids);
const start = performance.now();
const sizes: number[] = [];
// A few letters at a time, as a mailing is made: one being composed while the processes write the others.
let next = 0;
const lane = async (): Promise<void> => {
  for (let i = next++; i < count; i = next++) sizes.push(await letter(i + PROCESSES));
};
await Promise.all(Array.from({ length: 3 * PROCESSES }, lane));
const seconds = (performance.now() - start) / 1000;
const processor = (usedBy(renderer.pids) - before) / count;
const memory = renderer.pids.map((pid) => `${Math.round(residentMegabytes(pid))} MB`).join(', ');
renderer.close();

const rate = count / seconds;
console.log(`${count} letters of 3 pages on ${PROCESSES} processes: ${rate.toFixed(0)} a second (target ${TARGET})`);
console.log(
  `processor time ${processor.toFixed(1)} ms a letter: ${((PROCESSES * 1000) / processor).toFixed(0)} a second when both processors are free`,
);
console.log(
  `mean size ${Math.round(sizes.reduce((sum, size) => sum + size, 0) / count / 1024)} kB, memory of the processes ${memory}`,
);
if (rate < TARGET) process.exitCode = 1;
