import { fitConstant, fitCustomerMean, fitRegressions, fitTerms } from './baselines.ts';
import { fitBoostedHazard, fitBoosting } from './boosting.ts';
import { fitCox } from './cox.ts';
import { type Curve, paidBy } from './curve.ts';
import { fitHazard } from './hazard.ts';
import { fitKaplanMeier } from './kaplan-meier.ts';
import type { Model, Sample } from './models.ts';
import { fitPrior } from './prior.ts';

/** The models, from the simplest to the richest. */
export const MODEL_IDS = [
  'constant',
  'terms',
  'prior',
  'customer-mean',
  'kaplan-meier',
  'regressions',
  'cox',
  'boosting',
  'hazard',
  'average',
] as const;
export type ModelId = (typeof MODEL_IDS)[number];

/** The model used until another proves better on the user's own past. */
export const DEFAULT_MODEL: ModelId = 'hazard';

export interface CatalogueEntry {
  /** in French, as shown in tables */
  readonly label: string;
  /** false for a date without chances: no score of chances is made of it */
  readonly chances: boolean;
  fit(samples: readonly Sample[]): Model;
}

export const CATALOGUE: Readonly<Record<ModelId, CatalogueEntry>> = {
  constant: { label: 'constante', chances: true, fit: fitConstant },
  terms: { label: 'échéance seule', chances: false, fit: fitTerms },
  prior: { label: 'courbe publiée, corrigée', chances: true, fit: fitPrior },
  'customer-mean': { label: 'moyenne du client', chances: true, fit: fitCustomerMean },
  'kaplan-meier': { label: 'Kaplan-Meier par segment', chances: true, fit: fitKaplanMeier },
  regressions: { label: 'logistique et ridge', chances: true, fit: fitRegressions },
  cox: { label: 'Cox ridge', chances: true, fit: fitCox },
  boosting: { label: 'arbres boostés', chances: true, fit: fitBoosting },
  hazard: { label: 'risque à temps discret', chances: true, fit: fitHazard },
  average: { label: 'moyenne avec arbres', chances: true, fit: fitAverage },
};

/** The mean of two hazards, one of regressions and one of trees: their errors partly cancel out. */
function fitAverage(samples: readonly Sample[]): Model {
  const models = [fitHazard(samples), fitBoostedHazard(samples)];
  return {
    forecast: (start) => {
      const all = models.map((m) => m.forecast(start));
      return { pLate: mean(all.map((f) => f.pLate)), curve: meanCurve(all.map((f) => f.curve)) };
    },
  };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function meanCurve(curves: readonly Curve[]): Curve {
  const days = Float64Array.from([...new Set(curves.flatMap((c) => [...c.days]))]).sort();
  return { days, paid: days.map((day) => mean(curves.map((c) => paidBy(c, day)))) };
}
