import type { Day } from '../kernel/day.ts';
import { isBefore } from '../kernel/day.ts';
import { frenchDay } from '../kernel/french.ts';
import { computed, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import { namedTerm, type TermEnd } from './named-terms.ts';
import { steps } from './step.ts';

export interface DeclarationFacts {
  /** publication of the opening judgment in the BODACC */
  readonly publishedOn: Day;
  /** the creditor does not live in mainland France: two more months */
  readonly distant?: boolean;
}

export interface Declaration {
  readonly declareBy: TermEnd;
  readonly reliefBy: TermEnd;
  readonly reclaimGoodsBy: TermEnd;
}

/** The days a creditor must keep once the debtor's insolvency is published (C. com. L622-24, L622-26, L624-9). */
export function insolvencyDeadlines(facts: DeclarationFacts): Outcome<Declaration> {
  const declare = namedTerm(facts.distant ? 'insolvency-declaration-distant' : 'insolvency-declaration', facts.publishedOn);
  const relief = namedTerm('insolvency-relief', facts.publishedOn);
  const goods = namedTerm('insolvency-goods', facts.publishedOn);
  if (declare.status !== 'computed') return declare;
  if (relief.status !== 'computed') return relief;
  if (goods.status !== 'computed') return goods;
  return computed({ declareBy: declare.value, reliefBy: relief.value, reclaimGoodsBy: goods.value }, [
    ...declare.trace,
    ...relief.trace,
    ...goods.trace,
  ]);
}

/** What the opening judgment does to one debt. */
export interface InsolvencyEffects {
  /** born before the judgment: to declare, not to be paid, suits stopped */
  readonly prior: boolean;
  readonly mustDeclare: boolean;
  readonly suitsStopped: boolean;
  readonly interestStops: boolean;
}

const say = steps('insolvency-effects');

/** The effects of the opening judgment on a debt by the day it was born (C. com. L622-7, L622-21, L622-28, L622-17). */
export function insolvencyEffects(facts: {
  readonly bornOn: Day;
  readonly openedOn: Day;
  readonly loanOfAYear?: boolean;
}): Outcome<InsolvencyEffects> {
  const prior = isBefore(facts.bornOn, facts.openedOn);
  if (!prior) {
    return computed({ prior, mustDeclare: false, suitsStopped: false, interestStops: false }, [
      say(
        ['ccom-L622-17'],
        'memory',
        `Dette née le ${frenchDay(facts.bornOn)}, après le jugement du ${frenchDay(facts.openedOn)}\u202f: utile à la procédure, elle est payée à son échéance.`,
      ),
    ]);
  }
  const interestStops = !facts.loanOfAYear;
  return computed({ prior, mustDeclare: true, suitsStopped: true, interestStops }, [
    say(
      ['ccom-L622-7', 'ccom-L622-21', 'ccom-L622-28'],
      'secondary',
      `Dette antérieure au jugement du ${frenchDay(facts.openedOn)}\u202f: elle ne peut plus être payée, les poursuites s’arrêtent, il faut la déclarer${interestStops ? '\u202f; les intérêts cessent au jugement' : '\u202f; les intérêts d’un prêt d’un an ou plus continuent'}.`,
    ),
  ]);
}

/** What a debt that was not declared in time has lost. */
export interface Undeclared {
  readonly extinct: boolean;
  readonly enforceableAgainstPlan: boolean;
  readonly shareInDistribution: boolean;
}

/** The fate of a debt not declared: not extinct, but not opposable to the procedure (C. com. L622-26). */
export function undeclaredDebt(facts: { readonly declared: boolean; readonly reliefGranted: boolean }): Outcome<Undeclared> {
  const kept = facts.declared || facts.reliefGranted;
  const trace: TraceStep[] = [
    steps('undeclared-debt')(
      ['ccom-L622-26'],
      'secondary',
      kept
        ? 'La créance est déclarée (ou son retard relevé)\u202f: elle participe à la procédure.'
        : 'Sans déclaration ni relevé de forclusion, la créance n’est pas éteinte, mais elle n’est pas opposable à la procédure et n’a aucune part des répartitions.',
    ),
  ];
  return computed({ extinct: false, enforceableAgainstPlan: kept, shareInDistribution: kept }, trace);
}
