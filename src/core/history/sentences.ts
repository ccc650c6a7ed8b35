import type { LearntRate, StepRecord } from './rates.ts';

const NB = '\u00a0';
const N = '\u202f';
const percent = (share: number): string => `${Math.round(share * 100)}${NB}%`;

/** « 40 % par défaut, 12/20 chez vous → 50 % (vos cas pèsent 50 %) », with a part for each narrower level that has cases. */
export function learntSentence(rate: LearntRate): string {
  const { start, user, segment, customer } = rate;
  const parts = [`${percent(start)} par défaut`];
  if (user.cases === 0) return `${parts[0]}${N}; aucun de vos dossiers clos n’en dit encore rien.`;
  parts.push(`${user.successes}/${user.cases} chez vous → ${percent(user.mean)} (vos cas pèsent ${percent(user.weight)})`);
  if (segment) parts.push(`${segment.successes}/${segment.cases} pour «${NB}${segment.name}${NB}» → ${percent(segment.mean)}`);
  if (customer) parts.push(`${customer.successes}/${customer.cases} pour ce client → ${percent(customer.mean)}`);
  return parts.join(', ');
}

/** What must stand beside every rate of the past. */
export const NOT_CAUSAL = `Ces taux décrivent les dossiers où l’étape a été faite, dans l’ordre où vous l’avez faite. Ils ne disent pas que l’étape fait payer${N}: les dossiers difficiles en reçoivent davantage.`;

/** A step's own record in a sentence: how many, how often, how sure. */
export function rateSentence({
  cases,
  successes,
  rate,
  low,
  high,
}: Pick<StepRecord, 'cases' | 'successes' | 'rate' | 'low' | 'high'>): string {
  return `${successes} sur ${cases} (${percent(rate)}${N}; neuf chances sur dix entre ${percent(low)} et ${percent(high)})`;
}
