// Prints how long « changer un chiffre » takes on a fresh case, from the request to the last byte of the page (target: 100 ms at the 95th
// percentile): each time another amount, another hourly rate, another figure, another answer.
import { performance } from 'node:perf_hooks';
import { quitusApp } from '#surfaces/web/quitus.ts';
import { aCase } from '../test/support/cases.ts';
import { onStore } from './support/store.ts';

const TARGET_MS = 100;
const RUNS = 60;
const WARM = 5;

await onStore(async ({ deps, tenantId }) => {
  const caseId = await aCase(deps, tenantId, {
    invoices: [{ number: 'F1', issuedOn: '2026-09-22', dueOn: '2026-10-22', amount: '2400.00' }],
  });
  const app = await quitusApp(deps, 'bench');
  const change = [
    (i: number) => `amount=${1500 + 37 * i}`,
    (i: number) => `hourlyRate=${30 + i}`,
    (i: number) => `figure=ipServe&value=${80 + i}`,
    (i: number) => `file=${i % 3}&solvency=${['good', 'fragile', 'bad'][i % 3]}&hourlyRate=${95 + i}`,
  ];
  const times: number[] = [];
  const spent: number[] = [];
  for (let i = 0; i < RUNS + WARM; i += 1) {
    const query = change[i % change.length]?.(i) ?? '';
    const [start, cpu] = [performance.now(), process.cpuUsage().user];
    const answer = await app.request(`/dossiers/${caseId}/conseil?essai=1&debtor=company&${query}`, {
      headers: { host: 'localhost' },
    });
    const html = await answer.text();
    if (answer.status !== 200 || !html.includes('q-advice-step')) throw new Error(`${query} answered ${answer.status}`);
    if (i >= WARM) {
      times.push(performance.now() - start);
      spent.push((process.cpuUsage().user - cpu) / 1000);
    }
  }
  const at = (all: readonly number[], share: number): string =>
    ([...all].sort((a, b) => a - b)[Math.floor(all.length * share)] ?? 0).toFixed(0);
  const p95 = Number(at(times, 0.95));
  console.log(
    `changer un chiffre    ${at(times, 0.5)} ms médiane, ${p95} ms au 95e centile (cible ${TARGET_MS}) ; ${at(spent, 0.5)} et ${at(spent, 0.95)} ms de processeur`,
  );
  if (p95 > TARGET_MS) process.exitCode = 1;
});
process.exit();
