import { Hono } from 'hono';
import { frenchAmount } from '#core/kernel/french.ts';
import { money } from '#core/kernel/money.ts';
import type { Refusal } from '#core/kernel/result.ts';
import type { Deps } from '#platform/deps.ts';
import { fieldErrors, type Typed } from '#platform/form.ts';
import { isId } from '#platform/ids.ts';
import { problem } from '#ui/problem.tsx';
import { forCompany, redirectWith, typedIn, viewOf, type WebContext, type WebEnv } from '#ui/web.ts';
import { placeMoney } from './by-hand.ts';
import { payableChoices } from './choices.ts';
import { CHOICES } from './invoice-choices.tsx';
import { PAYMENTS_PATH, paymentPath, refundPath } from './paths.ts';
import { countPayments, listPayments, readPayment } from './payment-list.ts';
import { PaymentPage, type Refused, reasonOf } from './payment-page.tsx';
import { PAYMENTS, PaymentsPage } from './payments-page.tsx';
import { bounce, recordAgain, refund, undoRefund } from './taking-back.ts';

/** The payments, each with what it settles, and what can still be done with it. */
export function paymentRoutes(deps: Deps): Hono<WebEnv> {
  const textOf = (c: WebContext): string | undefined => c.req.query('q')?.replaceAll('\0', '').slice(0, 200) || undefined;

  const onePage = async (c: WebContext, tenantId: string, refused?: Refused, ticked: readonly string[] = []) => {
    const id = c.req.param('id') ?? '';
    const text = textOf(c);
    const found = isId(id)
      ? await deps.db.tenant(tenantId, async (tx) => {
          const of = await readPayment(tx, tenantId, id);
          if (!of) return undefined;
          const { currency, partyId, freeCents } = of;
          const asked = { currency, partyId, text, amountCents: freeCents };
          const choices = freeCents > 0n ? await payableChoices(tx, tenantId, asked, CHOICES) : [];
          return { of, choices };
        })
      : undefined;
    if (!found) return problem(c, 404, { code: 'payment.unknown', message: 'Ce paiement n’existe pas dans cette entreprise.' });
    return c.html(<PaymentPage view={viewOf(c)} {...found} text={text} ticked={ticked} refused={refused} />, refused ? 422 : 200);
  };

  const refusedAs = (form: Refused['form'], typed: Typed, refusal: Refusal): Refused => ({
    ...{ form, typed, errors: fieldErrors(refusal), message: refusal.message },
  });

  return new Hono<WebEnv>()
    .get(
      PAYMENTS_PATH,
      forCompany(async (c, tenantId) => {
        const free = c.req.query('vue') !== 'tous';
        const text = free ? undefined : textOf(c);
        const asked = /^[1-9]\d{0,5}$/.test(c.req.query('page') ?? '') ? Number(c.req.query('page')) : 1;
        const found = await deps.db.tenant(tenantId, async (tx) => {
          const counts = {
            free: await countPayments(tx, tenantId, { free: true }),
            all: await countPayments(tx, tenantId, { text }),
          };
          const page = Math.min(asked, Math.max(1, Math.ceil((free ? counts.free : counts.all) / PAYMENTS)));
          const rows = await listPayments(tx, tenantId, { free, text }, { limit: PAYMENTS, offset: (page - 1) * PAYMENTS });
          return { counts, page, rows };
        });
        return c.html(<PaymentsPage view={viewOf(c)} free={free} text={text} {...found} />);
      }),
    )
    .get(
      paymentPath(':id'),
      forCompany((c, tenantId) => onePage(c, tenantId)),
    )
    .post(
      `${paymentPath(':id')}/placer`,
      forCompany(async (c, tenantId) => {
        const id = c.req.param('id') ?? '';
        const typed = await typedIn(c);
        const invoiceIds = (await c.req.formData()).getAll('invoice').map(String).filter(isId);
        if (!isId(id)) return onePage(c, tenantId);
        const chosen = typed.choix === 'loi' ? {} : { chosen: invoiceIds };
        const done = await placeMoney(deps, tenantId, id, { invoiceIds, ...chosen });
        if (!done.ok) return onePage(c, tenantId, refusedAs('placer', typed, done.refusal), invoiceIds);
        const { closedCases } = done.value;
        const told = closedCases.length > 0 ? ' Le dossier se ferme, tout est payé.' : '';
        return redirectWith(c, paymentPath(id), `Placé.${told}`);
      }),
    )
    .post(
      `${paymentPath(':id')}/rendre`,
      forCompany(async (c, tenantId) => {
        const id = c.req.param('id') ?? '';
        const typed = await typedIn(c);
        if (!isId(id)) return onePage(c, tenantId);
        const done = await refund(deps, tenantId, id, typed);
        return done.ok
          ? redirectWith(c, paymentPath(id), 'Remboursement noté.')
          : onePage(c, tenantId, refusedAs('rendre', typed, done.refusal));
      }),
    )
    .post(
      `${paymentPath(':id')}/annuler`,
      forCompany(async (c, tenantId) => {
        const id = c.req.param('id') ?? '';
        const typed = await typedIn(c);
        if (!isId(id)) return onePage(c, tenantId);
        const done = await bounce(deps, tenantId, id, { ...typed, reason: reasonOf(typed) });
        if (!done.ok) return onePage(c, tenantId, refusedAs('annuler', typed, done.refusal));
        const { reopenedCases } = done.value;
        const told = reopenedCases.length > 0 ? ' Le dossier qu’il avait fermé reprend.' : '';
        return redirectWith(c, paymentPath(id), `Paiement repris\u202f: ce qu’il réglait est dû de nouveau.${told}`);
      }),
    )
    .post(
      `${paymentPath(':id')}/reprendre`,
      forCompany(async (c, tenantId) => {
        const id = c.req.param('id') ?? '';
        const { paymentId = '' } = await typedIn(c);
        if (!isId(id) || !isId(paymentId)) return onePage(c, tenantId);
        const done = await recordAgain(deps, tenantId, id, paymentId);
        if (done.ok) return redirectWith(c, paymentPath(paymentId), 'Paiement enregistré de nouveau.');
        const known = done.refusal.code === 'payment.entered';
        return redirectWith(c, paymentPath(known ? paymentId : id), done.refusal.message, known ? 'info' : 'late');
      }),
    )
    .post(
      `${refundPath(':id')}/annuler`,
      forCompany(async (c, tenantId) => {
        const id = c.req.param('id') ?? '';
        const done = isId(id) ? await undoRefund(deps, tenantId, id) : undefined;
        if (!done?.ok) return redirectWith(c, PAYMENTS_PATH, done?.refusal.message ?? 'Ce remboursement n’existe pas.', 'late');
        const { paymentId } = done.value;
        const left = await deps.db.tenant(tenantId, (tx) => readPayment(tx, tenantId, paymentId));
        const told = left ? `\u202f: ${frenchAmount(money(left.freeCents, left.currency))} à placer ou à rendre` : '';
        return redirectWith(c, paymentPath(paymentId), `Remboursement annulé${told}.`);
      }),
    );
}
