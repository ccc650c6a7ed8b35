import { Hono } from 'hono';
import { portfolio } from '#modules/cases/index.ts';
import type { Deps } from '#platform/deps.ts';
import { isId } from '#platform/ids.ts';
import { problem } from '#ui/problem.tsx';
import { PATHS } from '#ui/view.ts';
import { forCompany, sendDocument, viewOf, type WebContext, type WebEnv } from '#ui/web.ts';
import { AccountPage } from './account-page.tsx';
import { listBalances } from './balance.ts';
import { BalancePage, DEBTORS } from './balance-page.tsx';
import { openCasesOf } from './choices.ts';
import { accountCurrencies, accountStatement, debtorAccount, findDebtor, renderAccountStatement } from './debtor-account.ts';
import { debtorStatementPath } from './paths.ts';

const pageOf = (c: WebContext): number => (/^[1-9]\d{0,5}$/.test(c.req.query('page') ?? '') ? Number(c.req.query('page')) : 1);

const noDebtor = (c: WebContext) =>
  problem(c, 404, { code: 'party.unknown', message: 'Ce client n’existe pas dans cette entreprise.' });

/** Who owes by how late it is, and the account of each debtor, on screen and on paper. */
export function balanceRoutes(deps: Deps): Hono<WebEnv> {
  /** The debtor of the address, and the currency asked: one of the debtor's, or euros. */
  const debtorOf = async (c: WebContext, tenantId: string, id: string) =>
    isId(id)
      ? deps.db.tenant(tenantId, async (tx) => {
          const party = await findDebtor(tx, tenantId, id);
          const currencies = party ? await accountCurrencies(tx, tenantId, id) : [];
          const currency = currencies.find((one) => one === c.req.query('devise')) ?? currencies[0] ?? 'EUR';
          return party && { party, currencies, currency };
        })
      : undefined;
  return new Hono<WebEnv>()
    .get(
      PATHS.balance,
      forCompany(async (c, tenantId) => {
        const view = viewOf(c);
        const [text, page] = [c.req.query('q')?.replaceAll('\0', '').slice(0, 200) || undefined, pageOf(c)];
        const found = await deps.db.tenant(tenantId, async (tx) => {
          const totals = await portfolio(tx, tenantId, view.today);
          const starts = totals.buckets.map(({ from }) => from);
          const asked = { starts, text, limit: DEBTORS, offset: (page - 1) * DEBTORS };
          return { ...totals, ...(await listBalances(tx, tenantId, view.today, asked)) };
        });
        const { owedCents, buckets, foreignInvoices, rows } = found;
        const props = { owedCents, buckets, foreignInvoices, rows, found: found.found, page, text };
        return c.html(<BalancePage view={view} {...props} />);
      }),
    )
    .get(
      debtorStatementPath(':id'),
      forCompany(async (c, tenantId) => {
        const { today } = viewOf(c);
        const of = await debtorOf(c, tenantId, c.req.param('id') ?? '');
        if (!of) return noDebtor(c);
        const { party, currency, currencies } = of;
        const { account, cases } = await deps.db.tenant(tenantId, async (tx) => ({
          account: await debtorAccount(tx, tenantId, party.id, currency, today),
          cases: (await openCasesOf(tx, tenantId, [party.id])).get(party.id) ?? [],
        }));
        const props = { partyId: party.id, name: party.name, account, currencies, cases, page: pageOf(c) };
        return c.html(<AccountPage view={viewOf(c)} {...props} />);
      }),
    )
    .get(
      `${debtorStatementPath(':id')}.pdf`,
      forCompany(async (c, tenantId) => {
        const { today } = viewOf(c);
        const of = await debtorOf(c, tenantId, c.req.param('id') ?? '');
        if (!of) return noDebtor(c);
        const statement = await accountStatement(deps, tenantId, of.party, of.currency, today);
        const bytes = new Uint8Array(await renderAccountStatement(statement));
        return sendDocument(c, bytes, { mediaType: 'application/pdf', name: `releve-de-compte-${today}.pdf` });
      }),
    );
}
