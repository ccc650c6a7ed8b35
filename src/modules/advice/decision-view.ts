import { ACTION_WORDS, DEBTOR_TYPES, TYPE_WORDS } from '#core/advice/actions.ts';
import type { BreakEven } from '#core/advice/break-even.ts';
import type { Decision, OptionValue } from '#core/advice/decision.ts';
import { evidenceWords } from '#core/advice/events.ts';
import { frenchHours, wholeEuros, wholePercent } from '#core/advice/words.ts';
import type { Json } from '#core/kernel/canonical.ts';
import { frenchDays } from '#core/kernel/french.ts';

const euros = (cents: bigint): number => Number(cents) / 100;
const rounded = (x: number, digits: number): number => Math.round(x * 10 ** digits) / 10 ** digits;
/** A step that pays from the first euro breaks even at 0; one that never pays has no such amount. */
const amount = (from: BreakEven | null): number | null => (typeof from === 'bigint' ? euros(from) : from === 'always' ? 0 : null);

/** A decision for programs: amounts in euros, chances as fractions. */
export function decisionJson(d: Decision): Json {
  const top = d.options[0];
  return {
    best: d.best,
    proposed: d.proposed,
    tie: [...d.tie],
    notBeforeDays: d.notBeforeDays,
    value: euros(d.value),
    q: Object.fromEntries(d.options.map((o) => [o.action, euros(o.net)])),
    p10: top ? euros(top.band[0]) : null,
    p50: top ? euros(top.band[1]) : null,
    p90: top ? euros(top.band[2]) : null,
    pPositive: rounded(top?.chanceOfGain ?? 0, 4),
    belief: Object.fromEntries(DEBTOR_TYPES.map((type, i) => [type, rounded(d.belief.belief[i] ?? 0, 6)])),
    trace: d.belief.trace.map(({ what, ratio }) => ({
      what,
      ratio: Object.fromEntries(DEBTOR_TYPES.map((type, i) => [type, rounded(ratio[i] ?? 0, 4)])),
    })),
    evpi: euros(d.information.perfect),
    evsi: euros(d.information.solvencyCheck),
    course: [...d.course],
    breakEven: amount(d.breakEven),
    breakEvens: Object.fromEntries(d.breakEvens.map(({ action, from }) => [action, amount(from)])),
    options: d.options.map(optionJson),
    reasons: [...d.reasons],
    blocked: d.blocked.map(({ action, rule, article, says, missing }) => ({
      action,
      rule,
      article,
      says,
      ...(missing !== undefined && { missing }),
    })),
    params: d.paramsVersion,
    law: d.lawDay,
  };
}

const optionJson = (o: OptionValue): Json => ({
  action: o.action,
  net: euros(o.net),
  p10: euros(o.band[0]),
  p50: euros(o.band[1]),
  p90: euros(o.band[2]),
  chanceOfLoss: rounded(o.chanceOfLoss, 4),
  cashNow: euros(o.cashNow),
  outlay: euros(o.outlay),
  hours: rounded(o.hours, 2),
  daysToMoney: o.daysToMoney,
  needsPerson: o.needsPerson,
});

/** A decision for people: the reasons, a table of the steps, what is closed and why. */
export function decisionText(d: Decision): string {
  const rows = d.options.map((o) => [
    `${o.action === d.proposed ? '→' : ' '} ${ACTION_WORDS[o.action].title}`,
    wholeEuros(o.net),
    `${wholeEuros(o.band[0])} / ${wholeEuros(o.band[1])} / ${wholeEuros(o.band[2])}`,
    wholePercent(o.chanceOfLoss),
    wholeEuros(o.outlay),
    frenchHours(o.hours),
    o.daysToMoney === null ? '—' : frenchDays(o.daysToMoney),
  ]);
  const head = ['  Étape', 'net attendu', '1 cas sur 10 / moitié / 9 sur 10', 'perte', 'avances', 'temps', 'argent dans'];
  const beliefs = DEBTOR_TYPES.map((type, i) => ({ type, chance: d.belief.belief[i] ?? 0 }))
    .filter(({ chance }) => chance >= 0.05)
    .sort((a, b) => b.chance - a.chance)
    .map(({ type, chance }) => `${wholePercent(chance)} ${TYPE_WORDS[type]}`);
  return [
    ...d.reasons,
    '',
    ...table([head, ...rows]),
    '',
    `La suite, si rien n’est payé\u202f: ${d.course.map((action) => ACTION_WORDS[action].title.toLowerCase()).join(' → ')}.`,
    `Hypothèses sur le débiteur, pour vous seul\u202f: ${beliefs.join(', ')}.`,
    ...movedBy(d),
    '',
    'Étapes fermées',
    ...d.blocked.map((b) => `  ${ACTION_WORDS[b.action].title}\u202f: ${b.says}${b.article === '' ? '' : ` (${b.article})`}`),
  ].join('\n');
}

/** What moved the belief: for each thing known, the hypothesis it changed most. */
function movedBy(d: Decision): readonly string[] {
  return d.belief.trace.map(({ what, before, after }) => {
    const change = (i: number): number => Math.abs((after[i] ?? 0) - (before[i] ?? 0));
    const most = DEBTOR_TYPES.reduce((best, _, i) => (change(i) > change(best) ? i : best), 0);
    const type = DEBTOR_TYPES[most] ?? 'I';
    return `  ${evidenceWords(what)}\u202f: ${TYPE_WORDS[type]}, de ${wholePercent(before[most] ?? 0)} à ${wholePercent(after[most] ?? 0)}`;
  });
}

/** Columns of equal width: the first to the left, figures to the right. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
