import { addDays, type Day } from '#core/kernel/day.ts';
import { formatAmount, money } from '#core/kernel/money.ts';
import { type CaseRow, listCases, viewCase } from '#modules/cases/index.ts';
import type { Deps } from '#platform/deps.ts';

/** What a movement of the statement does to the books, told to whoever drops it. */
interface Movement {
  readonly cents: bigint;
  readonly name: string;
  readonly text: string;
}

/** The cases that the statement pays. It names no account, like the one that the demonstration already holds: both are of the only one. */
export interface DemoStatement {
  readonly xml: string;
  /** paid to the cent, with interest and indemnity, its number quoted: closes by itself */
  readonly paid: CaseRow;
  /** half of it, its number quoted */
  readonly partly: CaseRow;
  /** to the cent, but the number it quotes is that of no invoice: one word is asked */
  readonly asked: CaseRow;
}

/**
 * The bank statement (camt.053) of the demonstration's account for the last seven days: invented movements that pay one late case whole,
 * one in part, and one under a number that does not exist; an expense besides. Undefined when fewer than three late cases of one invoice are left.
 */
export async function demoStatement(deps: Pick<Deps, 'db' | 'clock'>, tenantId: string): Promise<DemoStatement | undefined> {
  const today = deps.clock.today();
  const found = await deps.db.tenant(tenantId, async (tx) => {
    const open = await listCases(tx, tenantId, { which: 'open' }, today, { limit: 100, offset: 0 });
    const late = open.filter(
      ({ state }) => state.stage === 'overdue' || state.stage === 'notice-expired' || state.stage === 'to-contact',
    );
    const simple: { row: CaseRow; number: string; balance: bigint; total: bigint }[] = [];
    for (const row of late.sort((a, b) => (a.reference < b.reference ? -1 : 1))) {
      const invoices = (await viewCase(tx, tenantId, row.id, today))?.invoices.filter((i) => i.balanceCents > 0n) ?? [];
      const [only] = invoices;
      if (!only || invoices.length > 1 || only.currency !== 'EUR' || row.total.status !== 'computed') continue;
      simple.push({ row, number: only.number, balance: only.balanceCents, total: row.total.value.total.cents });
    }
    return simple;
  });
  const [paid, partly, asked] = found;
  if (!paid || !partly || !asked) return undefined;
  const movements: readonly Movement[] = [
    { cents: paid.total, name: paid.row.debtor, text: `REGLEMENT FACTURE ${paid.number} ET PENALITES` },
    { cents: partly.balance / 2n, name: partly.row.debtor, text: `ACOMPTE FACTURE ${partly.number}` },
    { cents: asked.total, name: asked.row.debtor, text: `VIREMENT FACTURE ${asked.number.replace(/\d/g, '9')}` },
    { cents: -3_840n, name: 'Papeterie du Vent Coulis', text: 'CARTE FOURNITURES' },
  ];
  return { xml: camt053(movements, addDays(today, -7), today), paid: paid.row, partly: partly.row, asked: asked.row };
}

const OPENING = 1_250_000n;
const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const figure = (cents: bigint): string => formatAmount(money(cents < 0n ? -cents : cents));
const direction = (cents: bigint): string => `<CdtDbtInd>${cents < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;

const balance = (code: 'OPBD' | 'CLBD', cents: bigint, on: Day): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${figure(cents)}</Amt>${direction(cents)}<Dt><Dt>${on}</Dt></Dt></Bal>`;

function entry({ cents, name, text }: Movement, on: Day): string {
  const party = cents < 0n ? 'Cdtr' : 'Dbtr';
  return (
    `<Ntry><Amt Ccy="EUR">${figure(cents)}</Amt>${direction(cents)}<Sts>BOOK</Sts><BookgDt><Dt>${on}</Dt></BookgDt><ValDt><Dt>${on}</Dt></ValDt>` +
    `<NtryDtls><TxDtls><RltdPties><${party}><Nm>${escaped(name)}</Nm></${party}></RltdPties>` +
    `<RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`
  );
}

function camt053(movements: readonly Movement[], from: Day, to: Day): string {
  const closing = movements.reduce((sum, { cents }) => sum + cents, OPENING);
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>' +
    `<GrpHdr><MsgId>DEMO</MsgId></GrpHdr><Stmt><Id>DEMO-${to}</Id><Acct><Ccy>EUR</Ccy></Acct>` +
    `${balance('OPBD', OPENING, from)}${balance('CLBD', closing, to)}\n${movements.map((one) => entry(one, to)).join('\n')}\n` +
    '</Stmt></BkToCstmrStmt></Document>\n'
  );
}
