import { ACTION_WORDS, type Action } from '#core/advice/actions.ts';
import { wholeEuros } from '#core/advice/words.ts';
import { followed } from '#core/history/decided.ts';
import { fr } from '#core/letters/typography.ts';
import { longDay } from '#ui/format.ts';
import type { FactOf } from './facts.ts';
import type { Told } from './history.tsx';
import { figureSetPath, TIMING_PATH } from './paths.ts';

const about = (cents: bigint): string => wholeEuros(cents).replace(/^-/, '\u2212');
const lower = (action: Action): string => ACTION_WORDS[action].title.toLowerCase();

/** « Conseil suivi\u202f: appeler »: what was proposed, what was chosen, why, and with which figures. Never on paper. */
export function tellDecision({ payload }: FactOf<'advice-decided'>): Told {
  const { proposed, tie, value, chosenValue, until, chosen, reason, figures } = payload;
  const equals = tie.filter((action) => action !== proposed).map(lower);
  const follows = followed({ proposed, tie, chosen, waiting: until !== undefined });
  return {
    icon: 'calculator',
    title: titleOf(chosen, follows),
    unprinted: true,
    body: (
      <>
        <p>
          Conseil du jour&#8239;: {until ? `attendre jusqu’au ${longDay(until)}, puis ${lower(proposed)}` : lower(proposed)}
          {fr`, net attendu ${about(value)}`}
          {equals.length > 0 && fr` ; équivalent : ${equals.join(', ')}`}
          {chosen !== undefined &&
            chosen !== proposed &&
            chosenValue !== undefined &&
            fr` ; choix retenu : ${about(chosenValue)}`}
          . <a href={figureSetPath(figures)}>Chiffres de ce jour-là</a>
        </p>
        {reason && <p class="q-prewrap">{fr`Pourquoi : ${reason}`}</p>}
      </>
    ),
  };
}

/** The moment drawn for the first reminder, or that the case left the comparison. Never on paper. */
export function tellTiming(fact: FactOf<'timing-drawn'> | FactOf<'timing-released'>): Told {
  if (fact.kind === 'timing-released')
    return {
      icon: 'remove',
      title: fact.payload.why === 'user' ? 'Retiré de la comparaison de deux délais' : 'Comparaison de deux délais arrêtée',
      unprinted: true,
    };
  const { days, arm } = fact.payload;
  return {
    icon: 'calendar',
    title: fr`Premier rappel tiré au sort : J+${days[arm]}`,
    unprinted: true,
    body: (
      <p>
        {fr`Entre J+${days[0]} et J+${days[1]}, comptés de l'échéance.`} <a href={TIMING_PATH}>Comparer deux délais</a>
      </p>
    ),
  };
}

function titleOf(chosen: Action | undefined, follows: boolean): string {
  if (chosen === undefined)
    return follows ? fr`Décision : attendre, comme conseillé` : fr`Conseil écarté, rien d'autre pour l'instant`;
  const what = lower(chosen);
  if (chosen === 'WRITEOFF') return follows ? fr`Décision : arrêter, comme conseillé` : fr`Décision : arrêter, contre le conseil`;
  return follows ? fr`Conseil suivi : ${what}` : fr`Autre choix que le conseil : ${what}`;
}
