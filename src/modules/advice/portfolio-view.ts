import { ACTION_WORDS } from '#core/advice/actions.ts';
import { centsOf } from '#core/advice/claim.ts';
import type { Json } from '#core/kernel/canonical.ts';
import { frenchAmount } from '#core/kernel/french.ts';
import { money } from '#core/kernel/money.ts';
import { inCompany } from '#modules/companies/index.ts';
import type { Deps } from '#platform/deps.ts';
import { portfolioView, SHARES, shareOf, type Total, USUAL_HOURS } from './portfolio.ts';
import { type Progress, type Weighed, type Weighings, weighings } from './weighed-book.ts';
import { about, hoursWords } from './words.ts';

interface Options {
  readonly company?: string;
  readonly json?: boolean;
}

const FOREVER_MS = 2 ** 31 - 1;

/** `quitus advise --portfolio`: every open case, the dearest hour first. One line a case, then the totals; one JSON object a line with `json`. */
export async function tellPortfolio(open: () => Promise<Deps>, { company, json }: Options): Promise<void> {
  await inCompany(open, company, async (deps, tenantId) => {
    const of = await weighings(deps, tenantId, deps.clock.today(), FOREVER_MS, showProgress());
    if (!('ready' in of)) throw new Error('the portfolio was not weighed');
    const said = json ? jsonLines(of.ready) : textLines(of.ready);
    for (const line of said) process.stdout.write(`${line}\n`);
  });
}

/** Says how far the weighing is, for a person who waits: on the terminal only, a few times a second. */
function showProgress(): (progress: Progress) => void {
  const { stderr } = process;
  if (!stderr.isTTY) return () => undefined;
  let last = 0;
  return ({ read, weighed, total }) => {
    const now = performance.now();
    if (now - last < 200) return;
    last = now;
    stderr.write(`\r${read} dossiers lus, ${weighed} pesés, sur ${total}`.padEnd(60));
    if (weighed >= total) stderr.write('\n');
  };
}

const PARTS = { semaine: 'this-week', attente: 'waiting', laisser: 'let-go' } as const;

/** One object a case; amounts in cents as text, hours as numbers. The last one holds the totals. */
function* jsonLines(of: Weighings): Generator<string> {
  for (const w of of.weighed) yield JSON.stringify(caseJson(w));
  const { totals, nothing, week, exact } = portfolioView(of, { share: 'semaine', hours: USUAL_HOURS, page: 1 });
  const parts = Object.fromEntries(SHARES.map((share) => [PARTS[share], totalJson(totals[share])]));
  yield JSON.stringify({
    totals: parts,
    nothingToWeigh: nothing,
    solvedExactly: exact,
    week: { hours: USUAL_HOURS, ...totalJson(week) },
  });
}

const caseJson = (w: Weighed): { readonly [name: string]: Json } => ({
  reference: w.reference,
  debtor: w.debtor,
  part: PARTS[shareOf(w)],
  proposed: w.proposed,
  owed: w.owed.toString(),
  gain: w.gain.toString(),
  hoursNow: rounded(w.hoursNow),
  hours: rounded(w.hours),
  perHour: centsOf(w.perHour / 100).toString(),
  exact: w.exact,
  ...(w.hold && { waitUntil: w.hold.until.toString() }),
});

const rounded = (hours: number): number => Math.round(hours * 100) / 100;
const totalJson = ({ cases, owed, gain, hoursNow }: Total) => ({
  ...{ cases, owed: owed.toString(), gain: gain.toString(), hoursNow: rounded(hoursNow) },
});

const TITLES = { semaine: 'À faire', attente: 'Rien pour l’instant', laisser: 'À laisser' } as const;

function* textLines(of: Weighings): Generator<string> {
  if (of.weighed.length === 0) yield 'Aucun dossier à peser.';
  for (const share of SHARES) {
    const rows = of.weighed.filter((w) => shareOf(w) === share);
    if (rows.length === 0) continue;
    yield `${TITLES[share]}\u202f: ${rows.length}`;
    for (const w of rows) {
      const worth =
        share === 'laisser'
          ? ''
          : `  ${about(w.gain)} de plus, ${about(centsOf(w.perHour / 100))} par heure, ${hoursWords(w.hours)}`;
      yield `  ${w.reference}  ${w.debtor}, ${frenchAmount(money(w.owed))}  ${ACTION_WORDS[w.proposed].title}${worth}`;
    }
  }
  if (of.nothing > 0) yield `Rien à peser\u202f: ${of.nothing}`;
}
