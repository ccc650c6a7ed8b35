import { Hono } from 'hono';
import { parseTypedDay } from '#core/kernel/day.ts';
import { readCreditor } from '#modules/companies/index.ts';
import type { Deps } from '#platform/deps.ts';
import { fieldErrors, type Typed } from '#platform/form.ts';
import { isId } from '#platform/ids.ts';
import { problem } from '#ui/problem.tsx';
import { PATHS } from '#ui/view.ts';
import { forCompany, redirectWith, typedIn, viewOf, type WebContext, type WebEnv, type WebModule } from '#ui/web.ts';
import { chartOf, saveChart } from './accounts.ts';
import { checkExport, type ExportRequest, exportName, exportTo, FORMATS } from './exporting.ts';
import { ACCOUNTS_PATH, AccountsPage, DOWNLOAD_PATH, ExportsPage, VatPage, vatPath, WORDS } from './exports-page.tsx';
import { findVat, saveVat } from './invoice-vat.ts';

/** What leaves for the accountant or a spreadsheet, and the accounts it is booked on. */
export const exportsWeb: WebModule = {
  routes: (deps) =>
    new Hono<WebEnv>()
      .get(
        PATHS.exports,
        forCompany((c) => c.html(<ExportsPage view={viewOf(c)} typed={{}} errors={{}} />)),
      )
      .get(
        DOWNLOAD_PATH,
        forCompany((c, tenantId) => download(deps, c, tenantId)),
      )
      .get(
        ACCOUNTS_PATH,
        forCompany((c, tenantId) => accountsPage(deps, c, tenantId)),
      )
      .post(
        ACCOUNTS_PATH,
        forCompany(async (c, tenantId) => {
          const typed = await typedIn(c);
          const saved = await saveChart(deps, tenantId, typed);
          if (!saved.ok) return accountsPage(deps, c, tenantId, typed, fieldErrors(saved.refusal));
          return redirectWith(c, PATHS.exports, 'Comptes enregistrés.');
        }),
      )
      .get(
        vatPath(':id'),
        forCompany((c, tenantId) => vatPage(deps, c, tenantId)),
      )
      .post(
        vatPath(':id'),
        forCompany(async (c, tenantId) => {
          const typed = await typedIn(c);
          const id = c.req.param('id') ?? '';
          if (!isId(id)) return vatPage(deps, c, tenantId);
          const saved = await saveVat(deps, tenantId, id, typed);
          if (!saved.ok) return vatPage(deps, c, tenantId, typed, fieldErrors(saved.refusal));
          return redirectWith(c, PATHS.exports, `TVA de la facture ${saved.value} enregistrée.`);
        }),
      ),
};

async function vatPage(deps: Deps, c: WebContext, tenantId: string, typed: Typed = {}, errors: Typed = {}) {
  const invoiceId = c.req.param('id') ?? '';
  const of = isId(invoiceId) ? await deps.db.tenant(tenantId, (tx) => findVat(tx, tenantId, invoiceId)) : undefined;
  if (!of)
    return problem(c, 404, { code: 'payment.unknown-invoice', message: 'Cette facture n’existe pas dans cette entreprise.' });
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  return c.html(<VatPage view={viewOf(c)} invoiceId={invoiceId} of={of} typed={typed} errors={errors} />, status);
}

async function accountsPage(deps: Deps, c: WebContext, tenantId: string, typed: Typed = {}, errors: Typed = {}) {
  const chart = await deps.db.tenant(tenantId, (tx) => chartOf(tx, tenantId));
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  return c.html(<AccountsPage view={viewOf(c)} chart={chart} typed={typed} errors={errors} />, status);
}

/** What the address asks for, or what is wrong with each of its parts. */
function readRequest(c: WebContext): { readonly request: ExportRequest } | { readonly errors: Typed } {
  const { quoi = '', format = '', du = '', au = '', numero = '' } = c.req.query();
  const what = Object.entries(WORDS).find(([word]) => word === quoi)?.[1];
  const asked = FORMATS.find((one) => one === format);
  const [from, to] = [parseTypedDay(du), parseTypedDay(au)];
  const errors = {
    ...(what ? {} : { quoi: 'Choisissez ce que vous voulez exporter.' }),
    ...(asked ? {} : { format: 'Choisissez un format.' }),
    ...(du.trim() === '' || from ? {} : { du: 'Écrivez une date, par exemple 01/01/2026, ou rien.' }),
    ...(to ? {} : { au: 'Écrivez une date, par exemple 31/12/2026.' }),
    ...(numero.trim() === '' || /^[1-9]\d{0,8}$/.test(numero.trim())
      ? {}
      : { numero: 'Écrivez un nombre entier, à partir de 1.' }),
  };
  if (!what || !asked || !to || Object.keys(errors).length > 0) return { errors };
  const firstNumber = numero.trim() === '' ? undefined : Number(numero.trim());
  return { request: { what, format: asked, from, to, firstNumber } };
}

const TYPES = { csv: 'text/csv', fec: 'text/plain', json: 'application/jsonl' } as const;

/** Gaps that the page shows: beyond, the file has them all. */
const GAPS_SHOWN = 50;

async function download(deps: Deps, c: WebContext, tenantId: string): Promise<Response> {
  const view = viewOf(c);
  const typed = c.req.query();
  const read = readRequest(c);
  if ('errors' in read) return c.html(<ExportsPage view={view} typed={typed} errors={read.errors} />, 422);
  const { request } = read;
  if (typed.voir === 'manques') {
    const asked = { ...request, what: 'to-complete', format: 'csv' } as const;
    const done = await exportTo(deps, tenantId, asked, async () => undefined);
    if (!done.ok) return c.html(<ExportsPage view={view} typed={typed} errors={{}} refused={done.refusal.message} />, 422);
    const toComplete = { gaps: done.value.gaps.slice(0, GAPS_SHOWN), count: done.value.gapCount };
    return c.html(<ExportsPage view={view} typed={typed} errors={{}} toComplete={toComplete} />);
  }
  const checked = checkExport(request);
  if (!checked.ok) return c.html(<ExportsPage view={view} typed={typed} errors={{}} refused={checked.refusal.message} />, 422);
  const { siren } = await deps.db.tenant(tenantId, (tx) => readCreditor(tx, tenantId));
  return c.body(streamed(deps, tenantId, request), 200, {
    'content-type': `${TYPES[request.format]}; charset=utf-8`,
    'content-disposition': `attachment; filename="${exportName(request, siren)}"`,
  });
}

/** The export as it is made: what the browser does not take yet waits in the store's cursor; one that leaves ends it. */
function streamed(deps: Deps, tenantId: string, request: ExportRequest): ReadableStream {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  exportTo(deps, tenantId, request, (text) => writer.write(encoder.encode(text)))
    .then(() => writer.close())
    .catch((error: unknown) => writer.abort(error).catch(() => undefined));
  return readable;
}
