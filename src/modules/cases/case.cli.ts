import type { Command } from 'commander';
import { frenchAmount, frenchDay } from '#core/kernel/french.ts';
import { formatAmount, formatCents, money } from '#core/kernel/money.ts';
import { inCompany } from '#modules/companies/index.ts';
import type { Deps } from '#platform/deps.ts';
import { PlatformFailure } from '#platform/failure.ts';
import { type Fact, mistakesIn } from './facts.ts';
import { type CaseQuery, type CaseRow, listCases } from './lists.ts';
import { STAGE_WORDS } from './stage-words.ts';
import { type CaseView, findCaseByReference, viewCase } from './views.ts';

interface Options {
  readonly company?: string;
  readonly json?: boolean;
}

/** Rows that `case list` fetches at a time. */
const PAGE = 500;

/** `quitus case list` and `quitus case show`. */
export function registerCases(program: Command, open: () => Promise<Deps>): void {
  const cases = program.command('case').description('liste et montre les dossiers');
  cases
    .command('list')
    .description('liste les dossiers, du plus gros au plus petit')
    .option('--company <nom>', 'l’entreprise, quand il y en a plusieurs')
    .option('--to-do', 'seulement ceux qui demandent une action aujourd’hui')
    .option('--closed', 'seulement ceux qui sont fermés')
    .option('--json', 'un objet JSON par ligne')
    .action(async (options: Options & { toDo?: boolean; closed?: boolean }) => {
      const query: CaseQuery = { which: options.closed ? 'closed' : options.toDo ? 'to-do' : 'open' };
      await inCompany(open, options.company, async (deps, tenantId) => {
        let count = 0;
        for (let offset = 0; ; offset += PAGE) {
          const rows = await deps.db.tenant(tenantId, (tx) =>
            listCases(tx, tenantId, query, deps.clock.today(), { limit: PAGE, offset }),
          );
          for (const row of rows) console.log(options.json ? JSON.stringify(rowJson(row)) : rowLine(row));
          count += rows.length;
          if (rows.length < PAGE) break;
        }
        if (count === 0 && !options.json) console.log('Aucun dossier.');
      });
    });
  cases
    .command('show')
    .description('montre un dossier : qui doit, combien, pourquoi, et ce qui s’est passé')
    .argument('<référence>', 'par exemple D-2026-0001')
    .option('--company <nom>', 'l’entreprise, quand il y en a plusieurs')
    .option('--json', 'répond en JSON')
    .action(async (reference: string, options: Options) => {
      await inCompany(open, options.company, async (deps, tenantId) => {
        const view = await deps.db.tenant(tenantId, async (tx) => {
          const caseId = await findCaseByReference(tx, tenantId, reference);
          return caseId && viewCase(tx, tenantId, caseId, deps.clock.today());
        });
        if (!view)
          throw new PlatformFailure(
            'case.unknown',
            `le dossier ${reference} n’existe pas. « quitus case list » donne ceux qui existent.`,
          );
        console.log(options.json ? JSON.stringify(viewJson(view)) : viewText(view));
      });
    });
}

function rowJson(row: CaseRow) {
  return {
    reference: row.reference,
    debtor: row.debtor,
    debtorKind: row.debtorKind,
    stage: row.state.stage,
    deadline: row.state.deadline?.toString() ?? null,
    principal: formatCents(row.balanceCents),
    total: row.total.status === 'computed' ? formatAmount(row.total.value.total) : null,
    oldestDueOn: row.oldestDueOn?.toString() ?? null,
  };
}

function rowLine(row: CaseRow): string {
  const total = row.total.status === 'computed' ? frenchAmount(row.total.value.total) : frenchAmount(money(row.balanceCents));
  return `${row.reference}  ${total.padStart(14)}  ${STAGE_WORDS[row.state.stage].label.padEnd(28)}  ${row.debtor}`;
}

/** Whether a fact of a story counts no more. */
const mistakenIn = (story: CaseView['story']): ((fact: Fact) => boolean) => {
  const mistakes = mistakesIn(story);
  return ({ seq }) => seq !== undefined && mistakes.has(seq);
};

function viewJson(view: CaseView) {
  const isMistaken = mistakenIn(view.story);
  return {
    reference: view.reference,
    debtor: { name: view.party.name, kind: view.party.kind, siren: view.party.siren },
    openedOn: view.openedOn.toString(),
    stage: view.state.stage,
    deadline: view.state.deadline?.toString() ?? null,
    invoices: view.invoices.map((i) => ({
      kind: i.documentKind,
      number: i.number,
      issuedOn: i.issuedOn.toString(),
      dueOn: i.dueOn.toString(),
      payable: formatCents(i.payableCents),
      balance: formatCents(i.balanceCents),
      currency: i.currency,
    })),
    owed:
      view.statement.status === 'computed'
        ? {
            asOf: view.statement.value.asOf.toString(),
            principal: formatAmount(view.statement.value.principal),
            interest: formatAmount(view.statement.value.interest),
            indemnity: formatAmount(view.statement.value.indemnity),
            total: formatAmount(view.statement.value.total),
          }
        : { status: view.statement.status, reason: view.statement.reason },
    facts: view.story.map((f) => ({ kind: f.kind, on: f.on.toString(), ...(isMistaken(f) && { mistaken: true }) })),
  };
}

function viewText(view: CaseView): string {
  const { party, state, statement } = view;
  const isMistaken = mistakenIn(view.story);
  const owed =
    statement.status === 'computed'
      ? [
          `Dû au ${frenchDay(statement.value.asOf)} : ${frenchAmount(statement.value.total)}`,
          `  principal ${frenchAmount(statement.value.principal)}, intérêts ${frenchAmount(statement.value.interest)}, indemnités ${frenchAmount(statement.value.indemnity)}`,
        ]
      : [`Montant dû : ${statement.reason}`];
  return [
    `${view.reference} — ${party.name}`,
    STAGE_WORDS[state.stage].label + (state.deadline ? ` (${frenchDay(state.deadline)})` : ''),
    ...owed,
    '',
    ...view.invoices.map((i) => {
      const name = i.documentKind === 'invoice' ? 'Facture' : 'Avoir';
      return `${name} ${i.number} du ${frenchDay(i.issuedOn)}, échéance ${frenchDay(i.dueOn)} : ${frenchAmount(money(i.payableCents, i.currency))}, reste ${frenchAmount(money(i.balanceCents, i.currency))}`;
    }),
    '',
    ...view.story.map((f) => `${f.on}  ${f.kind}${isMistaken(f) ? '  (noté par erreur)' : ''}`),
  ].join('\n');
}
