import { Hono } from 'hono';
import type { Refusal, Result } from '#core/kernel/result.ts';
import type { Deps } from '#platform/deps.ts';
import { fieldErrors, parseForm, type Typed } from '#platform/form.ts';
import { isId, newId } from '#platform/ids.ts';
import { forCompany, redirectWith, typedIn, viewOf, type WebContext, type WebEnv } from '#ui/web.ts';
import { holdPayment, type PaidInvoices, previewPayment, recordPayment } from './by-hand.ts';
import { debtorChoices, openCurrencies, payableChoices } from './choices.ts';
import { findDebtor } from './debtor-account.ts';
import { CheckPage, HappenedPage, isHeld, SettlesPage, WHAT, type What } from './hand-pages.tsx';
import { CHOICES } from './invoice-choices.tsx';
import { HAND_CHECK_PATH, HAND_INVOICES_PATH, HAND_PATH, paymentPath } from './paths.ts';
import { PaymentForm } from './payment-form.ts';

const whatOf = (typed: Typed): What => WHAT.find((one) => one === typed.what) ?? 'received';
const currencyOf = ({ devise = '' }: Typed): string => (/^[A-Z]{3}$/.test(devise) ? devise : 'EUR');
const formOf = (typed: Typed): Typed => ({ ...typed, kind: whatOf(typed) === 'set-off' ? 'set-off' : 'received' });
const debtorOf = ({ client = '' }: Typed): string | undefined => (isId(client) ? client : undefined);

/** What a payment is for, as the form says it: what the debtor chose, in the order of the list, or what the law may share it among. */
const paidOf = (typed: Typed, invoiceIds: readonly string[]): PaidInvoices => ({
  invoiceIds,
  ...(typed.choix === 'loi' ? {} : { chosen: invoiceIds }),
});

/** A payment typed by hand: what happened, what it settles, what that gives; recorded only then. */
export function handRoutes(deps: Deps): Hono<WebEnv> {
  const happened = async (c: WebContext, tenantId: string, typed: Typed, refusal?: Refusal) => {
    const currencies = await deps.db.tenant(tenantId, (tx) => openCurrencies(tx, tenantId));
    const errors = refusal ? fieldErrors(refusal) : {};
    const numbered = isId(typed.paymentId ?? '') ? typed : { ...typed, paymentId: newId() };
    return c.html(
      <HappenedPage view={viewOf(c)} typed={numbered} errors={errors} currencies={currencies} />,
      refusal ? 422 : 200,
    );
  };

  const settles = async (c: WebContext, tenantId: string, typed: Typed, ticked: readonly string[] = [], error?: string) => {
    const parsed = parseForm(PaymentForm, formOf(typed));
    if (!parsed.ok) return happened(c, tenantId, typed, parsed.refusal);
    const { amount: amountCents } = parsed.value;
    const [what, currency, partyId] = [whatOf(typed), currencyOf(typed), debtorOf(typed)];
    const found = await deps.db.tenant(tenantId, async (tx) =>
      isHeld(what)
        ? { invoices: [], debtors: await debtorChoices(tx, tenantId, typed.q, CHOICES) }
        : {
            invoices: await payableChoices(tx, tenantId, { currency, partyId, text: typed.q, amountCents }, CHOICES),
            debtors: [],
          },
    );
    const props = { view: viewOf(c), typed, what, currency, amountCents, ticked, error, ...found };
    return c.html(<SettlesPage {...props} />, error ? 422 : 200);
  };

  /** A refusal of what was typed leads back to the step that asked for it. */
  const refused = (c: WebContext, tenantId: string, typed: Typed, invoices: readonly string[], refusal: Refusal) =>
    Object.keys(fieldErrors(refusal)).length > 0
      ? happened(c, tenantId, typed, refusal)
      : settles(c, tenantId, typed, invoices, refusal.message);

  const check = async (c: WebContext, tenantId: string, typed: Typed, invoiceIds: readonly string[]) => {
    const parsed = parseForm(PaymentForm, formOf(typed));
    if (!parsed.ok) return happened(c, tenantId, typed, parsed.refusal);
    const { amount: amountCents, on } = parsed.value;
    const props = { view: viewOf(c), typed, what: whatOf(typed), invoiceIds, amountCents, on };
    if (isHeld(props.what)) {
      const partyId = debtorOf(typed);
      const debtor = partyId && (await deps.db.tenant(tenantId, (tx) => findDebtor(tx, tenantId, partyId)));
      if (!debtor) return settles(c, tenantId, typed, [], 'Choisissez de quel client vient cet argent.');
      return c.html(<CheckPage {...props} currency={currencyOf(typed)} debtor={debtor.name} />);
    }
    const shared = await previewPayment(deps, tenantId, formOf(typed), paidOf(typed, invoiceIds));
    if (!shared.ok) return refused(c, tenantId, typed, invoiceIds, shared.refusal);
    return c.html(<CheckPage {...props} currency={shared.value.currency} shared={shared.value} />);
  };

  const record = async (c: WebContext, tenantId: string) => {
    const typed = await typedIn(c);
    const invoiceIds = (await c.req.formData()).getAll('invoice').map(String).filter(isId);
    const number = isId(typed.paymentId ?? '') ? { paymentId: typed.paymentId ?? '' } : {};
    const what = whatOf(typed);
    const done: Result<{ readonly paymentId: string; readonly closedCases?: readonly string[] }> = isHeld(what)
      ? await holdPayment(deps, tenantId, formOf(typed), {
          ...{ partyId: debtorOf(typed) ?? newId(), currency: currencyOf(typed), held: what },
          ...number,
        })
      : await recordPayment(deps, tenantId, formOf(typed), { ...paidOf(typed, invoiceIds), ...number });
    if (!done.ok) {
      if (done.refusal.code === 'payment.entered' && typed.paymentId)
        return redirectWith(c, paymentPath(typed.paymentId), done.refusal.message, 'info');
      return refused(c, tenantId, typed, invoiceIds, done.refusal);
    }
    const closed = done.value.closedCases?.length ?? 0;
    const told =
      closed > 1 ? ` ${closed} dossiers se ferment, tout est payé.` : closed === 1 ? ' Le dossier se ferme, tout est payé.' : '';
    return redirectWith(c, paymentPath(done.value.paymentId), `Enregistré.${told}`);
  };

  const asked = (c: WebContext): Typed =>
    Object.fromEntries(Object.entries(c.req.query()).map(([name, text]) => [name, text.replaceAll('\0', '')]));
  const invoicesIn = (c: WebContext): string[] => (c.req.queries('invoice') ?? []).filter(isId);
  return new Hono<WebEnv>()
    .get(
      HAND_PATH,
      forCompany((c, tenantId) => happened(c, tenantId, asked(c))),
    )
    .get(
      HAND_INVOICES_PATH,
      forCompany((c, tenantId) => settles(c, tenantId, asked(c), invoicesIn(c))),
    )
    .get(
      HAND_CHECK_PATH,
      forCompany((c, tenantId) => check(c, tenantId, asked(c), invoicesIn(c))),
    )
    .post(
      HAND_PATH,
      forCompany((c, tenantId) => record(c, tenantId)),
    );
}
