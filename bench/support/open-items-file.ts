import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/**
 * Writes a list of open invoices as an accounting tool exports it: `count` invoices of `debtors` clients, French dates and amounts. The same
 * `count` gives the same file.
 */
export async function writeOpenItems(path: string, count: number, debtors: number): Promise<void> {
  const out = createWriteStream(path);
  out.write('N° facture;Date facture;Échéance;Code client;Client;Montant HT;TVA;Montant TTC;Reste à payer;Devise\n');
  let block: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const debtor = (i * 7919) % debtors;
    const net = 1000 + ((i * 104_729) % 900_000);
    const tax = Math.floor(net / 5);
    const euros = (cents: number): string => `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')}`;
    const issued = new Date(Date.UTC(2026, 0, 1 + ((i * 31) % 300)));
    const due = new Date(issued.getTime() + 30 * 86_400_000);
    const french = (of: Date): string => of.toISOString().slice(0, 10).split('-').reverse().join('/');
    block.push(
      `FA-2026-${String(i).padStart(7, '0')};${french(issued)};${french(due)};C${debtor};Client ${debtor} SARL;${euros(net)};${euros(tax)};${euros(net + tax)};${euros(net + tax)};EUR`,
    );
    if (block.length === 5000) {
      if (!out.write(`${block.join('\n')}\n`)) await once(out, 'drain');
      block = [];
    }
  }
  out.end(block.length > 0 ? `${block.join('\n')}\n` : '');
  await once(out, 'finish');
}
