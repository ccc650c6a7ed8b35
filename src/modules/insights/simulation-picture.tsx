import { centsOf } from '#core/advice/claim.ts';
import { wholeEuros } from '#core/advice/words.ts';
import type { PolicyResult } from '#core/simulation/simulate.ts';

const ROW = 44;
const TOP = 8;
const FOOT = 16;
const [LEFT, RIGHT] = [12, 348];

const about = (euros: number): string => wholeEuros(centsOf(euros)).replace(/^-/, '\u2212');
const round = (x: number): number => Math.round(x * 10) / 10;

/** Net per claim of each policy, with its band. A picture of the table beside it, which says the same in figures. */
export function PolicyPicture({ policies }: { policies: readonly PolicyResult[] }) {
  const low = Math.min(...policies.map((p) => p.netPerClaim.low));
  const high = Math.max(...policies.map((p) => p.netPerClaim.high));
  const wide = high - low || 1;
  const x = (euros: number): number => round(LEFT + ((euros - low) / wide) * (RIGHT - LEFT));
  const sorted = [...policies].sort((a, b) => b.netPerClaim.value - a.netPerClaim.value);
  const advice = policies.find((p) => p.id === 'advice');
  return (
    <svg
      class="q-advice-picture"
      viewBox={`0 0 360 ${TOP + sorted.length * ROW + FOOT}`}
      role="img"
      aria-labelledby="simulation-titre simulation-texte"
    >
      <title id="simulation-titre">Net par dossier, selon la façon de faire</title>
      <desc id="simulation-texte">
        {advice
          ? `Quitus\u202f: ${about(advice.netPerClaim.value)} par dossier, de ${about(advice.netPerClaim.low)} à ${about(advice.netPerClaim.high)}. `
          : ''}
        Le tableau qui suit donne les mêmes chiffres pour chaque façon de faire.
      </desc>
      {sorted.map((p, i) => (
        <g class={p.id === 'advice' ? 'q-pic-row q-pic-chosen' : 'q-pic-row'}>
          <text class="q-pic-name" x={LEFT} y={TOP + i * ROW + 12}>
            {`${p.label}, ${about(p.netPerClaim.value)}`}
          </text>
          <line
            class="q-pic-band"
            x1={x(p.netPerClaim.low)}
            x2={x(p.netPerClaim.high)}
            y1={TOP + i * ROW + 26}
            y2={TOP + i * ROW + 26}
          />
          <circle class="q-pic-mean" cx={x(p.netPerClaim.value)} cy={TOP + i * ROW + 26} r="5.5" />
        </g>
      ))}
      <text class="q-pic-sub" x={LEFT} y={TOP + sorted.length * ROW + 8}>
        {about(low)}
      </text>
      <text class="q-pic-sub" x={RIGHT} y={TOP + sorted.length * ROW + 8} text-anchor="end">
        {about(high)}
      </text>
    </svg>
  );
}
