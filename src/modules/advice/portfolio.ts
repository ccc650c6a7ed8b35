import type { Action } from '#core/advice/actions.ts';
import { fold } from '#formats/text/values.ts';
import type { Typed } from '#platform/form.ts';
import type { Weighed, Weighings } from './weighed-book.ts';

/** Which part of the portfolio: worth an hour this week, something still runs, better left alone. */
export const SHARES = ['semaine', 'attente', 'laisser'] as const;
export type Share = (typeof SHARES)[number];

/** What is asked of the portfolio. */
export interface PortfolioQuery {
  readonly share: Share;
  readonly step?: Action;
  readonly text?: string;
  /** hours there are this week */
  readonly hours: number;
  readonly page: number;
}

/** Half a day a week, for want of being told. */
export const USUAL_HOURS = 4;
export const PORTFOLIO_ROWS = 50;
const MOST_HOURS = 2000;

/** What an address asks for; what it says wrongly is left out. */
export function readPortfolioQuery(query: Typed, steps: readonly Action[]): PortfolioQuery {
  const share = SHARES.find((one) => one === query.liste) ?? 'semaine';
  const step = steps.find((one) => one === query.etape);
  const text = query.q?.replaceAll('\0', '').trim().slice(0, 200);
  const hours = Number((query.heures ?? '').replace(',', '.'));
  const page = /^[1-9]\d{0,5}$/.test(query.page ?? '') ? Number(query.page) : 1;
  return {
    share,
    page,
    hours: hours > 0 && hours <= MOST_HOURS ? hours : USUAL_HOURS,
    ...(step && { step }),
    ...(text && { text }),
  };
}

/** Cases taken together. Cents and hours. */
export interface Total {
  readonly cases: number;
  readonly owed: bigint;
  readonly gain: bigint;
  /** of the next step of each */
  readonly hoursNow: number;
}

/** How a week's hours are best spent: the dearest first, until they run out. */
export interface Week extends Total {
  /** cents that one more hour would bring; undefined when there is nothing left to do */
  readonly nextHour: number | undefined;
}

/** A page of the portfolio, and the totals of each part. */
export interface PortfolioView {
  readonly asked: PortfolioQuery;
  readonly totals: Readonly<Record<Share, Total>>;
  readonly nothing: number;
  readonly week: Week;
  /** the steps proposed in this part, with how many cases each */
  readonly steps: readonly (readonly [Action, number])[];
  readonly rows: readonly Weighed[];
  readonly found: number;
  /** solved one by one; the others by a library of plans */
  readonly exact: number;
  readonly weighed: number;
}

const waits = (w: Weighed): boolean => w.hold !== undefined || w.proposed === 'WAIT';
export const shareOf = (w: Weighed): Share => (waits(w) ? 'attente' : w.proposed === 'WRITEOFF' ? 'laisser' : 'semaine');

function totalOf(rows: readonly Weighed[]): Total {
  let [owed, gain, hoursNow] = [0n, 0n, 0];
  for (const w of rows) {
    owed += w.owed;
    gain += w.gain;
    hoursNow += w.hoursNow;
  }
  return { cases: rows.length, owed, gain, hoursNow };
}

/** Sharing is done once for each weighing. */
const SHARED = new WeakMap<Weighings, Readonly<Record<Share, readonly Weighed[]>>>();

function sharesOf(of: Weighings): Readonly<Record<Share, readonly Weighed[]>> {
  const known = SHARED.get(of);
  if (known) return known;
  const by = Map.groupBy(of.weighed, shareOf);
  const split = { semaine: by.get('semaine') ?? [], attente: by.get('attente') ?? [], laisser: by.get('laisser') ?? [] };
  SHARED.set(of, split);
  return split;
}

/** The steps that fit in a week, in order of what an hour brings. */
function weekOf(worth: readonly Weighed[], hours: number): Week {
  let spent = 0;
  const taken: Weighed[] = [];
  for (const w of worth) {
    // One that does not fit ends the week: the next ones are worth less an hour.
    if (taken.length > 0 && spent + w.hoursNow > hours) break;
    spent += w.hoursNow;
    taken.push(w);
  }
  return { ...totalOf(taken), nextHour: worth[taken.length]?.perHour };
}

/** What a page shows of the portfolio. */
export function portfolioView(of: Weighings, asked: PortfolioQuery): PortfolioView {
  const shares = sharesOf(of);
  const share = shares[asked.share];
  const wanted = asked.text === undefined ? undefined : fold(asked.text);
  const rows = share.filter(
    (w) =>
      (asked.step === undefined || w.proposed === asked.step) &&
      (wanted === undefined || fold(w.debtor).includes(wanted) || fold(w.reference).includes(wanted)),
  );
  const first = (asked.page - 1) * PORTFOLIO_ROWS;
  const steps = Map.groupBy(share, (w) => w.proposed);
  return {
    asked,
    totals: { semaine: totalOf(shares.semaine), attente: totalOf(shares.attente), laisser: totalOf(shares.laisser) },
    nothing: of.nothing,
    week: weekOf(shares.semaine, asked.hours),
    steps: [...steps].map(([step, cases]) => [step, cases.length] as const).sort((a, b) => b[1] - a[1]),
    rows: rows.slice(first, first + PORTFOLIO_ROWS),
    found: rows.length,
    exact: of.weighed.filter((w) => w.exact).length,
    weighed: of.weighed.length,
  };
}
