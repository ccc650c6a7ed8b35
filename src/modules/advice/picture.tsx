import { ACTION_WORDS, type Action } from '#core/advice/actions.ts';
import type { OptionValue } from '#core/advice/decision.ts';
import { about, delayWords } from './words.ts';

const ROW = 46;
const TOP = 40;
const BAND = { from: 8, to: 204 } as const;
const TIME = { from: 226, to: 280 } as const;
const CASH = { from: 298, to: 354 } as const;

interface Props {
  options: readonly OptionValue[];
  proposed: Action;
}

/**
 * The steps side by side: what each is expected to bring, with its band of eight cases in ten; how long until the money; the cash it
 * puts at risk. A picture of the table beside it, which says the same in figures.
 */
export function DecisionPicture({ options, proposed }: Props) {
  const low = Math.min(0, ...options.map((o) => Number(o.band[0])));
  const high = Math.max(1, ...options.map((o) => Number(o.band[2])), ...options.map((o) => Number(o.net)));
  const x = (cents: bigint | number): number => round(BAND.from + ((Number(cents) - low) / (high - low)) * (BAND.to - BAND.from));
  const longest = Math.max(1, ...options.map((o) => o.daysToMoney ?? 0));
  const dearest = Math.max(1, ...options.map((o) => Number(o.outlay)));
  const height = TOP + options.length * ROW + 16;
  const best = options.find((o) => o.action === proposed);
  return (
    <svg
      class="q-advice-picture"
      viewBox={`0 0 360 ${height}`}
      role="img"
      aria-labelledby="conseil-image-titre conseil-image-texte"
    >
      <title id="conseil-image-titre">Les étapes possibles, comparées</title>
      <desc id="conseil-image-texte">
        {best
          ? `${ACTION_WORDS[best.action].title}\u202f: ${about(best.net)} attendus, de ${about(best.band[0])} à ${about(best.band[2])} dans huit cas sur dix, argent dans ${delayWords(best.daysToMoney)}, ${about(best.outlay)} avancés. `
          : ''}
        Le tableau qui suit donne les mêmes chiffres pour chaque étape.
      </desc>
      <g>
        <text class="q-pic-head" x={BAND.from} y="12">
          Net attendu
        </text>
        <text class="q-pic-sub" x={BAND.from} y="25">
          trait{'\u202f'}: 8 cas sur 10
        </text>
        <text class="q-pic-head" x={TIME.from} y="12">
          Délai
        </text>
        <text class="q-pic-head" x={CASH.from} y="12">
          Avances
        </text>
        <text class="q-pic-sub" x={x(0)} y={height - 4} text-anchor={x(0) < 16 ? 'start' : 'middle'}>
          0{'\u00a0'}€
        </text>
        {options.map((o, i) => (
          <Row of={o} y={TOP + i * ROW} x={x} chosen={o.action === proposed} longest={longest} dearest={dearest} />
        ))}
      </g>
    </svg>
  );
}

interface RowProps {
  of: OptionValue;
  y: number;
  x: (cents: bigint) => number;
  chosen: boolean;
  longest: number;
  dearest: number;
}

function Row({ of, y, x, chosen, longest, dearest }: RowProps) {
  const at = y + 26;
  const share = (part: number, { from, to }: { from: number; to: number }): number => round(Math.max(1, part * (to - from)));
  return (
    <g class={chosen ? 'q-pic-row q-pic-chosen' : 'q-pic-row'}>
      <text class="q-pic-name" x={BAND.from} y={y + 12}>
        {ACTION_WORDS[of.action].title}
      </text>
      <line class="q-pic-zero" x1={x(0n)} x2={x(0n)} y1={at - 10} y2={at + 10} />
      <line class="q-pic-band" x1={x(of.band[0])} x2={x(of.band[2])} y1={at} y2={at} />
      <circle class="q-pic-mean" cx={x(of.net)} cy={at} r="5.5" />
      <rect class="q-pic-bar" x={TIME.from} y={at - 4} width={share((of.daysToMoney ?? 0) / longest, TIME)} height="8" rx="2" />
      <text class="q-pic-sub" x={TIME.from} y={y + 12}>
        {of.daysToMoney === null ? '–' : delayWords(of.daysToMoney)}
      </text>
      <rect class="q-pic-cash" x={CASH.from} y={at - 4} width={share(Number(of.outlay) / dearest, CASH)} height="8" rx="2" />
      <text class="q-pic-sub" x={CASH.from} y={y + 12}>
        {about(of.outlay)}
      </text>
    </g>
  );
}

const round = (x: number): number => Math.round(x * 10) / 10;
