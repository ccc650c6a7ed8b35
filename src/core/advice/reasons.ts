import { frenchDays } from '../kernel/french.ts';
import { ACTION_WORDS, type Action } from './actions.ts';
import type { BreakEven } from './break-even.ts';
import type { AdviceClaim } from './claim.ts';
import type { OptionValue } from './decision.ts';
import { conductWords, fileWords, frenchHours, solvencyWords, wholeEuros, wholePercent } from './words.ts';

/** Why, in sentences filled with figures: no free text, no type of debtor, never a certainty. */

const isEnd = (action: Action): boolean => action === 'WRITEOFF' || action === 'DECLARE';

/** The facts that bear on the choice: a court step rests on the file, every step on who owes. */
function facts(claim: AdviceClaim): string {
  const published = claim.solvency === 'published';
  return published
    ? 'procédure collective publiée'
    : [solvencyWords(claim.solvency), fileWords(claim.file), conductWords(claim)].join(', ');
}

function advance(option: OptionValue): string {
  const spend = option.cashNow > 0n ? `, ${wholeEuros(option.cashNow)} d’avance` : '';
  return `${spend}, environ ${frenchHours(option.hours)} de votre temps`;
}

export interface ReasonFacts {
  readonly claim: AdviceClaim;
  readonly proposed: OptionValue;
  readonly options: readonly OptionValue[];
  readonly tie: readonly Action[];
  readonly breakEvens: readonly { readonly action: Action; readonly from: BreakEven }[];
  readonly solvencyCheck: bigint;
  readonly notBeforeDays: number;
}

/** The first sentence says the step and its figures; the next ones what it hangs on. */
export function reasonsOf(f: ReasonFacts): readonly string[] {
  const said = [first(f)];
  const threshold = thresholdSentence(f);
  if (threshold) said.push(threshold);
  if (f.tie.length > 1) said.push(tieSentence(f));
  if (f.proposed.chanceOfLoss >= 0.1 && !isEnd(f.proposed.action)) said.push(riskSentence(f.proposed));
  if (f.solvencyCheck >= 1000n && f.claim.solvency === 'unknown')
    said.push(`Vérifier d’abord la solvabilité vaudrait environ ${wholeEuros(f.solvencyCheck)}.`);
  if (f.proposed.action === 'WRITEOFF' && f.claim.vat.regime === 'debits' && f.claim.solvency !== 'published')
    said.push('Arrêter ne fait pas revenir la TVA\u202f: il faut une perte prouvée, un impayé ne suffit pas.');
  if (f.notBeforeDays > 0) said.push(`Pas avant ${frenchDays(f.notBeforeDays)}\u202f: une relance par semaine au plus.`);
  said.push('C’est une estimation\u202f: vous décidez.');
  return said;
}

function riskSentence({ chanceOfLoss, band }: OptionValue): string {
  const worst = band[0] < 0n ? `\u202f; dans un cas sur dix, la perte atteint ${wholeEuros(-band[0])}` : '';
  return `Risque\u202f: environ ${wholePercent(chanceOfLoss)} de chances d’y perdre${worst}.`;
}

function first({ claim, proposed, options }: ReasonFacts): string {
  const title = ACTION_WORDS[proposed.action].title;
  const second = options.find((o) => o.action !== proposed.action);
  const against = second
    ? `, contre ${wholeEuros(second.net)} avec ${ACTION_WORDS[second.action].noun}`
    : ', aucune autre étape n’est ouverte';
  const effort = isEnd(proposed.action) ? '' : advance(proposed);
  return `${title}\u202f: ${wholeEuros(proposed.net)} nets attendus${against}\u202f; ${facts(claim)}${effort}.`;
}

function thresholdSentence({ claim, proposed, breakEvens }: ReasonFacts): string | undefined {
  if (proposed.action === 'WRITEOFF') {
    const nearest = breakEvens
      .flatMap(({ action, from }) => (typeof from === 'bigint' && from > claim.principal ? [{ action, from }] : []))
      .sort((a, b) => (a.from < b.from ? -1 : 1))[0];
    if (!nearest) return undefined;
    const unless = claim.solvency === 'unknown' ? ' tant que la solvabilité n’est pas connue' : '';
    return `Sous ${wholeEuros(nearest.from)}, ${ACTION_WORDS[nearest.action].noun} coûte plus qu’elle ne rapporte${unless}.`.replace(
      /(un appel|un référé-provision|un échéancier) coûte plus qu’elle/,
      '$1 coûte plus qu’il',
    );
  }
  const own = breakEvens.find(({ action }) => action === proposed.action)?.from;
  return typeof own === 'bigint' ? `Cette étape se justifie à partir de ${wholeEuros(own)} environ.` : undefined;
}

function tieSentence({ tie, proposed }: ReasonFacts): string {
  const others = tie.filter((action) => action !== proposed.action).map((action) => ACTION_WORDS[action].noun);
  return `Équivalent, à quelques euros près, à ${others.join(' ou à ')}\u202f: le plus doux est proposé d’abord.`;
}

/** One sentence for an option: how far from the best it stands. */
export function optionReason(action: Action, net: bigint, best: bigint, band: bigint): string {
  const gap = best - net;
  if (gap === 0n) return `${ACTION_WORDS[action].title}\u202f: la meilleure valeur attendue.`;
  if (gap < band) return `${ACTION_WORDS[action].title}\u202f: équivalent, ${wholeEuros(gap)} de moins en moyenne.`;
  return `${ACTION_WORDS[action].title}\u202f: ${wholeEuros(gap)} de moins en moyenne que la meilleure étape.`;
}
