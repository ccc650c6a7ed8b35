import type { ForecastWeek } from './runs.ts';
import { about, dayMonth } from './words.ts';

const [LEFT, RIGHT, TOP, FLOOR] = [6, 354, 26, 150];
const BAR = 0.62;

const round = (x: number): number => Math.round(x * 10) / 10;

/** The cash of thirteen weeks: estimated and announced, with the 80 % band. A picture of the table that follows, which says the same. */
export function CashPicture({ weeks, said }: { weeks: readonly ForecastWeek[]; said: string }) {
  const euros = (cents: bigint): number => Number(cents) / 100;
  const tops = weeks.map((w) => euros((w.p90 > w.mean ? w.p90 : w.mean) + w.announced));
  const most = Math.max(...tops, 1);
  const step = (RIGHT - LEFT) / Math.max(1, weeks.length);
  const y = (amount: number): number => round(FLOOR - (amount / most) * (FLOOR - TOP));
  const rect = (kind: string, k: number, from: number, to: number) => (
    <rect
      class={kind}
      x={round(LEFT + k * step + (step * (1 - BAR)) / 2)}
      width={round(step * BAR)}
      y={y(to)}
      height={round(Math.max(0, y(from) - y(to)))}
      rx="2"
    />
  );
  const announced = weeks.some((w) => w.announced > 0n);
  return (
    <svg class="q-advice-picture q-forecast-picture" viewBox="0 0 360 192" role="img" aria-labelledby="cash-titre cash-texte">
      <title id="cash-titre">Encaissements attendus, semaine par semaine</title>
      <desc id="cash-texte">{said} Le tableau qui suit donne les mêmes chiffres.</desc>
      <line class="q-pic-floor" x1={LEFT} x2={RIGHT} y1={FLOOR} y2={FLOOR} />
      {weeks.map((w, k) => {
        const [promised, mean] = [euros(w.announced), euros(w.mean)];
        const middle = round(LEFT + (k + 0.5) * step);
        return (
          <g>
            {promised > 0 && rect('q-pic-announced', k, 0, promised)}
            {mean > 0 && rect('q-pic-estimate', k, promised, promised + mean)}
            {w.p90 > w.p10 && (
              <line class="q-pic-range" x1={middle} x2={middle} y1={y(promised + euros(w.p10))} y2={y(promised + euros(w.p90))} />
            )}
            {k % 3 === 0 && (
              <text
                class="q-pic-sub"
                x={middle}
                y={FLOOR + 13}
                text-anchor={k === 0 ? 'start' : k === weeks.length - 1 ? 'end' : 'middle'}
                dx={k === 0 ? -step / 2 : k === weeks.length - 1 ? step / 2 : 0}
              >
                {dayMonth(w.from)}
              </text>
            )}
          </g>
        );
      })}
      <text class="q-pic-sub" x={LEFT} y={TOP - 12}>
        {`Haut de l’échelle\u202f: ${about(BigInt(Math.round(most * 100)))} par semaine`}
      </text>
      <g transform={`translate(${LEFT} 185)`}>
        <rect class="q-pic-estimate" width="9" height="9" y="-8" rx="2" />
        <text class="q-pic-sub" x="13">
          estimation
        </text>
        <line class="q-pic-range" x1="80" x2="80" y1="-9" y2="1" />
        <text class="q-pic-sub" x="87">
          8 chances sur 10
        </text>
        {announced && (
          <g transform="translate(204 0)">
            <rect class="q-pic-announced" width="9" height="9" y="-8" rx="2" />
            <text class="q-pic-sub" x="13">
              promis
            </text>
          </g>
        )}
      </g>
    </svg>
  );
}
