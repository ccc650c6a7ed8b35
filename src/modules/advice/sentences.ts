import { ACTION_WORDS, type Action } from '#core/advice/actions.ts';
import { conductWords, fileWords, solvencyWords } from '#core/advice/words.ts';
import type { Advised } from './advice.ts';
import { about, hoursWords } from './words.ts';

/** « contre 3 783 € avec une société de recouvrement », or « à peu près autant qu’avec un appel ». */
function againstWords({ decision }: Advised, net: bigint, action: Action): string {
  const noun = ACTION_WORDS[action].noun;
  if (decision.tie.includes(action) && decision.tie.includes(decision.proposed)) return `, à peu près autant qu’avec ${noun}`;
  return `, contre ${about(net)} avec ${noun}`;
}

/** The engine's threshold of a claim not worth a step: « Sous 1 213 €, une mise en demeure coûte plus… » */
const isThreshold = (reason: string): boolean => reason.startsWith('Sous ');

/** Why this step, in two plain sentences with their figures. */
export function sentencesOf(of: Advised): readonly [string, string] {
  const { claim, decision } = of;
  const option = decision.options.find((o) => o.action === decision.proposed);
  const other = decision.options.find((o) => o.action !== decision.proposed);
  if (!option) return ['Aucune étape n’est ouverte.', ''];
  const facts = capital([solvencyWords(claim.solvency), fileWords(claim.file), conductWords(claim)].join(', '));
  const against = other ? againstWords(of, other.net, other.action) : '';
  switch (option.action) {
    case 'DECLARE':
      return [
        'Une procédure collective est publiée\u202f: toute poursuite s’arrête, et la créance se déclare.',
        `En moyenne, déclarer laisse ${about(option.net)}, contre ${about(other?.net ?? 0n)} sans rien faire.`,
      ];
    case 'WRITEOFF':
      return [
        `${facts}\u202f: continuer coûterait plus, en frais et en temps, que ce qui reviendrait.`,
        decision.reasons.find(isThreshold) ?? `Arrêter laisse en moyenne ${about(option.net)}${against}.`,
      ];
    default: {
      const cash = option.outlay > 0n ? `${about(option.outlay)} à avancer en moyenne et ` : '';
      return [
        `Il vous en reste en moyenne ${about(option.net)}, frais et temps déduits${against}.`,
        `${facts}\u202f: ${cash}environ ${hoursWords(option.hours)} de votre temps jusqu’au bout.`,
      ];
    }
  }
}

/** What else the engine says: all but its first sentence, its last one, and what the two above said already. */
export const furtherReasons = ({ decision }: Advised): readonly string[] =>
  decision.reasons.slice(1, -1).filter((reason) => decision.proposed !== 'WRITEOFF' || !isThreshold(reason));

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
