import { type Command, InvalidArgumentError } from 'commander';
import { HORIZONS } from '#core/forecast/outlook.ts';
import { type Day, parseDay } from '#core/kernel/day.ts';
import { frenchDay } from '#core/kernel/french.ts';
import { formatCents } from '#core/kernel/money.ts';
import { fr } from '#core/letters/typography.ts';
import { inCompany } from '#modules/companies/index.ts';
import type { Deps } from '#platform/deps.ts';
import { count } from '#ui/format.ts';
import { type Forecast, forecastOn } from './forecasting.ts';
import { reportOf } from './runs.ts';
import { APART_WORDS, about, dayMonth, MODEL_WORDS } from './words.ts';

interface Flags {
  readonly asOf?: Day;
  readonly company?: string;
  readonly json?: true;
}

function asOfDay(text: string): Day {
  const read = parseDay(text);
  if (!read) throw new InvalidArgumentError('Écrivez un jour, par exemple 2026-11-30.');
  return read;
}

/** `quitus forecast`: when open invoices get paid and the cash of thirteen weeks, as known at the end of a day. */
export function registerForecast(program: Command, open: () => Promise<Deps>): void {
  program
    .command('forecast')
    .description('prévoit quand les factures ouvertes seront payées, et ce qui rentrera en 13 semaines')
    .option('--as-of <jour>', 'avec ce qui était connu à la fin de ce jour (par défaut, aujourd’hui)', asOfDay)
    .option('--company <nom>', 'l’entreprise, quand il y en a plusieurs')
    .option('--json', 'répond par un objet JSON, facture par facture')
    .action((flags: Flags) =>
      inCompany(open, flags.company, async (deps, tenantId) => {
        const forecast = await forecastOn(deps, tenantId, flags.asOf ?? deps.clock.today());
        console.log(flags.json ? JSON.stringify(forecastJson(forecast)) : forecastLines(forecast).join('\n'));
      }),
    );
}

function forecastJson(forecast: Forecast) {
  const { choice, weeks, total, foreign } = reportOf(forecast);
  type Week = typeof total;
  const decimal = ({ from, to, mean, p10, p50, p90, announced }: Week) => ({
    ...{ from, to, mean: euros(mean), p10: euros(p10), p50: euros(p50), p90: euros(p90), announced: euros(announced) },
  });
  return {
    asOf: forecast.asOf.toString(),
    model: choice,
    weeks: weeks.map(decimal),
    total: decimal(total),
    announced: forecast.announced.map(({ caseId, on, cents }) => ({ caseId, on: on.toString(), amount: formatCents(cents) })),
    invoices: forecast.invoices.map((i) => ({
      ...{ number: i.number, caseId: i.caseId, dueOn: i.dueOn.toString() },
      ...{ left: formatCents(i.leftCents), announced: formatCents(i.announcedCents), apart: i.apart ?? null },
      ...(i.apart || i.leftCents === 0n
        ? {}
        : {
            paidBy: Object.fromEntries(HORIZONS.map((days, k) => [days, (i.by[k] ?? 0) / 1000])),
            expectedOn: i.expectedOn?.toString() ?? null,
            band: [i.lowOn?.toString() ?? null, i.highOn?.toString() ?? null],
          }),
    })),
    otherCurrencies: foreign,
  };
}

const euros = (cents: string): string => formatCents(BigInt(cents));

function forecastLines(forecast: Forecast): string[] {
  const { choice, weeks, total, announced, invoices, foreign } = forecast;
  const expected = invoices.filter((i) => i.apart === undefined && i.leftCents > 0n);
  const left = expected.reduce((sum, i) => sum + i.leftCents, 0n);
  const report = reportOf(forecast);
  const promised = announced.reduce((sum, a) => sum + a.cents, 0n);
  const apart = (Object.keys(APART_WORDS) as (keyof typeof APART_WORDS)[]).flatMap((why) => {
    const of = invoices.filter((i) => i.apart === why);
    const cents = of.reduce((sum, i) => sum + i.leftCents, 0n);
    return of.length > 0 ? [fr`  ${APART_WORDS[why].noun} : ${about(cents)}, ${count(of.length, 'facture')}`] : [];
  });
  return [
    fr`${count(expected.length, 'facture')} à recevoir, ${about(left)}, avec ce qui est connu à la fin du ${frenchDay(forecast.asOf)}. Une estimation, jamais une certitude.`,
    fr`Méthode : ${MODEL_WORDS[choice.chosen]} (${count(choice.settled, 'facture payée', 'factures payées')} dans Quitus).`,
    '',
    ...weeks.map((w, k) => {
      const week = report.weeks[k];
      const said = week && week.announced !== '0' ? `   promis ${about(BigInt(week.announced))}` : '';
      const band = `${about(w.p10).padStart(12)} à ${about(w.p90).padStart(12)}`;
      return `${week ? weekWords(week) : ''}  ${about(w.mean).padStart(12)}   ${band}${said}`;
    }),
    fr`13 semaines       ${about(total.mean).padStart(12)}   ${about(total.p10).padStart(12)} à ${about(total.p90).padStart(12)} (8 chances sur 10)`,
    ...(announced.length > 0 ? ['', fr`Promis : ${about(promised)}, à des dates dites, hors de l’estimation.`] : []),
    ...(apart.length > 0 ? ['', fr`Hors de la prévision :`, ...apart] : []),
    ...(foreign > 0 ? [fr`  Autres devises : ${count(foreign, 'facture')}`] : []),
  ];
}

const weekWords = ({ from, to }: { from: string; to: string }): string =>
  `${dayMonth(Temporal.PlainDate.from(from))} au ${dayMonth(Temporal.PlainDate.from(to))}`.padEnd(16);
