import { ACTION_WORDS, type Action } from '#core/advice/actions.ts';
import { wholeEuros } from '#core/advice/words.ts';
import { followed } from '#core/history/decided.ts';
import { fr } from '#core/letters/typography.ts';
import { longDay } from '#ui/format.ts';
import type { Fact, FactKind, FactOf } from './facts.ts';
import type { Told } from './history.tsx';
import { figureSetPath, TIMING_PATH } from './paths.ts';

type Decision = FactOf<'advice-decided'>;

const about = (cents: bigint): string => wholeEuros(cents).replace(/^-/, '\u2212');
const lower = (action: Action): string => ACTION_WORDS[action].title.toLowerCase();
const follows = ({ payload: { proposed, tie, chosen, until } }: Decision): boolean =>
  followed({ proposed, tie, chosen, waiting: until !== undefined });

/** The steps that tell a decision by themselves, once taken. */
const STEPS: ReadonlySet<FactKind> = new Set(['contact-made', 'letter-posted', 'plan-agreed', 'claim-declared', 'case-closed']);

/** The decisions that are told with the step they led to, the same day: one event for both. */
export function decisionsBySteps(facts: readonly Fact[]): ReadonlyMap<Fact, Decision> {
  return new Map(
    facts.flatMap((fact, i) => {
      const step = facts[i + 1];
      return fact.kind === 'advice-decided' && step && STEPS.has(step.kind) && step.on.equals(fact.on)
        ? [[step, fact] as const]
        : [];
    }),
  );
}

/** Under a step: whether it followed the advice of the day, and what that was. Never on paper. */
export function DecisionNote({ of }: { of: Decision }) {
  return (
    <div class="q-note q-no-print">
      {follows(of) ? fr`Conseil suivi : ` : fr`Contre le conseil du jour : `}
      <Advice of={of} />
    </div>
  );
}

/** « Conseil écarté »: a decision of its own, what was proposed, why, and with which figures. Never on paper. */
export function tellDecision(fact: Decision): Told {
  return {
    icon: 'calculator',
    title: titleOf(fact),
    unprinted: true,
    body: (
      <>
        Conseil du jour&#8239;: <Advice of={fact} />
      </>
    ),
  };
}

function Advice({ of: { payload } }: { of: Decision }) {
  const { proposed, tie, value, chosenValue, until, chosen, reason, figures } = payload;
  const equals = tie.filter((action) => action !== proposed).map(lower);
  return (
    <>
      {until ? `attendre jusqu’au ${longDay(until)}, puis ${lower(proposed)}` : lower(proposed)}
      {fr`, net attendu ${about(value)}`}
      {equals.length > 0 && fr` ; équivalent : ${equals.join(', ')}`}
      {chosen !== undefined && chosen !== proposed && chosenValue !== undefined && fr` ; choix retenu : ${about(chosenValue)}`}.{' '}
      <a href={figureSetPath(figures)}>Chiffres de ce jour-là</a>
      {reason && <p class="q-prewrap">{fr`Pourquoi : ${reason}`}</p>}
    </>
  );
}

function titleOf(fact: Decision): string {
  const { chosen } = fact.payload;
  if (chosen === undefined)
    return follows(fact) ? fr`Décision : attendre, comme conseillé` : fr`Conseil écarté, rien d'autre pour l'instant`;
  return follows(fact) ? fr`Conseil suivi : ${lower(chosen)}` : fr`Autre choix que le conseil : ${lower(chosen)}`;
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
