// Prints how long a list of 1 000 000 open invoices takes to come in, on the embedded database as users run it (target: 60 s), and the
// memory it takes. `node … bench/import-invoices.ts [invoices] [debtors]`
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { importNow } from '#modules/imports/index.ts';
import { verifyJournal } from '#modules/journal/index.ts';
import { writeOpenItems } from './support/open-items-file.ts';
import { onStore } from './support/store.ts';

const [, , count = '1000000', debtors = '100000'] = process.argv;
const TARGET_S = 60;
const ONCE = { settles: 0, strict: true };

await onStore(
  async ({ deps, tenantId, dataDir }) => {
    const path = join(dataDir, 'liste.csv');
    await writeOpenItems(path, Number(count), Number(debtors));

    const timed = async (what: string) => {
      const start = performance.now();
      const seconds = (): number => (performance.now() - start) / 1000;
      let step = '';
      const done = await importNow(deps, tenantId, { name: 'liste.csv', path }, { mode: 'full' }, ONCE, (at) => {
        if (at.step !== step) console.log(`  ${seconds().toFixed(1).padStart(6)} s  ${at.step}`);
        step = at.step;
      });
      if (!done.ok || !done.value.summary) throw new Error(done.ok ? 'not applied' : done.refusal.message);
      const took = seconds();
      const { new: added, same, newDebtors } = done.value.summary;
      const speed = Math.round(Number(count) / took);
      console.log(
        `${what}: ${took.toFixed(1)} s, ${speed} lines/s; ${added.count} new, ${same.count} known, ${newDebtors} new debtors`,
      );
      return took;
    };
    const took = await timed('first import');
    const memory = process.resourceUsage().maxRSS / 1024;
    await timed('the same list again');
    const chain = await verifyJournal(deps.db, tenantId);
    const verdict = took <= TARGET_S ? 'held' : 'MISSED';
    console.log(`target ${TARGET_S} s ${verdict}; peak memory ${memory.toFixed(0)} MB; journal intact: ${chain.intact}`);
    if (took > TARGET_S || !chain.intact) process.exitCode = 1;
  },
  { durable: true },
);
