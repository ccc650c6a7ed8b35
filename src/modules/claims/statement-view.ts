import type { StatementOfAccount } from '#core/claim/statement.ts';
import { frenchAmount, frenchDay, frenchDays, frenchPercent } from '#core/kernel/french.ts';
import { formatAmount, type Money } from '#core/kernel/money.ts';
import type { TraceStep } from '#core/kernel/outcome.ts';
import { formatPercent } from '#core/kernel/ratio.ts';
import { citationLabels } from '#core/law/citations.ts';

/** A trace for programs: the steps, with the labels of their articles. */
export const traceJson = (trace: readonly TraceStep[]) =>
  trace.map((step) => ({ ...step, articles: step.cites.map((key) => citationLabels([key])) }));

/** A statement of account for programs: amounts and rates are decimal strings with two places, days are ISO. */
export function statementJson(of: StatementOfAccount) {
  const lines = of.invoices.flatMap((invoice) => invoice.lines);
  const floors = of.invoices.flatMap((invoice) => (invoice.clauseFloor ? [invoice.clauseFloor] : []));
  return {
    asOf: of.asOf.toString(),
    debtor: of.debtor,
    principal: formatAmount(of.principal),
    interest: formatAmount(of.interest),
    indemnity: formatAmount(of.indemnity),
    total: formatAmount(of.total),
    lines: lines.map((line) => ({
      from: line.from.toString(),
      to: line.to.toString(),
      days: line.days,
      ratePercent: formatPercent(line.rate),
      base: formatAmount(line.base),
      amount: formatAmount(line.amount),
      certainty: line.certainty,
      articles: line.cites.map((key) => citationLabels([key])),
    })),
    imputations: of.invoices.flatMap((invoice) =>
      invoice.imputations.map((line) => ({
        on: line.on.toString(),
        kind: line.kind,
        amount: formatAmount(line.amount),
        toInterest: formatAmount(line.toInterest),
        toPrincipal: formatAmount(line.toPrincipal),
        toIndemnity: formatAmount(line.toIndemnity),
        excess: formatAmount(line.excess),
        principalLeft: formatAmount(line.principalLeft),
        interestLeft: formatAmount(line.interestLeft),
      })),
    ),
    clauseFloor: floors[0] ? floorJson(floors[0]) : null,
    trace: traceJson(of.trace),
  };
}

function floorJson(floor: NonNullable<StatementOfAccount['invoices'][number]['clauseFloor']>) {
  return {
    highestPercent: formatPercent(floor.highest),
    contractBelowFloor: floor.contractBelowFloor,
    ...(floor.interestAtFloor && { interestAtFloor: formatAmount(floor.interestAtFloor) }),
    ...(floor.interestAtDefault && { interestAtDefault: formatAmount(floor.interestAtDefault) }),
  };
}

/** A statement of account for people at a terminal: the décompte, aligned, then what explains it. */
export function statementText(of: StatementOfAccount): string {
  const out: string[] = [`Décompte au ${frenchDay(of.asOf)}`, ''];
  for (const invoice of of.invoices) {
    const rows = [
      ...invoice.lines.map((line) => ({
        on: line.to,
        first: 1,
        cells: [
          `${line.from.toString()} → ${line.to.toString()}`,
          frenchDays(line.days),
          frenchPercent(line.rate),
          `sur ${frenchAmount(line.base)}`,
          frenchAmount(line.amount),
        ],
      })),
      ...invoice.imputations.map((line) => ({
        on: line.on,
        first: 2,
        cells: [
          `${line.kind === 'payment' ? 'paiement' : 'avoir'} ${line.on.toString()}`,
          '',
          '',
          `reste ${frenchAmount(line.principalLeft)}`,
          `−${frenchAmount(line.amount)}`,
        ],
      })),
    ].sort((a, b) => Temporal.PlainDate.compare(a.on, b.on) || a.first - b.first);
    out.push(
      `Échéance du ${frenchDay(invoice.dueOn)}, ${frenchAmount(invoice.amount)}, ${frenchDays(invoice.daysLate)} de retard`,
    );
    out.push(...aligned(rows.map((row) => row.cells)).map((line) => `  ${line}`), '');
  }
  out.push(...aligned(totals(of)), '', 'Comment ce compte est fait', '');
  for (const step of of.trace) {
    const articles = step.cites.length > 0 ? ` [${citationLabels(step.cites)}]` : '';
    out.push(`  • ${step.says}${articles}`);
  }
  return out.join('\n');
}

function totals(of: StatementOfAccount): string[][] {
  const row = (label: string, amount: Money): string[] => [label, frenchAmount(amount)];
  return [
    row('Principal', of.principal),
    row('Intérêts de retard', of.interest),
    row('Indemnité forfaitaire', of.indemnity),
    row('Total dû', of.total),
  ];
}

/** Pads the cells of each column: the first to the left, the others to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
