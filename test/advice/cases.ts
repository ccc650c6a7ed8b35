import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The worked cases of the advice (../shared/decision/cases.json), and how to ask the product about them. */

export interface Scenario {
  readonly id: string;
  readonly name: string;
  readonly claim: Record<string, unknown> & { readonly amount: number };
  readonly best: string;
  readonly value: number;
  readonly q: Readonly<Record<string, number>>;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly pPositive: number;
  readonly belief: Readonly<Record<string, number>>;
  readonly evpi: number;
  readonly course: readonly string[];
}

export interface Cases {
  readonly params: Readonly<Record<string, unknown>>;
  readonly closedForm: readonly {
    readonly id: string;
    readonly name: string;
    readonly inputs?: Readonly<Record<string, number>>;
    readonly expected: number;
  }[];
  readonly seedTree: { readonly rows: readonly (Readonly<Record<string, number>> & { readonly best: string })[] };
  readonly priors: readonly { readonly ageDays: number; readonly belief: Readonly<Record<string, number>> }[];
  readonly beliefs: readonly {
    readonly name: string;
    readonly claim: Record<string, unknown>;
    readonly belief: Readonly<Record<string, number>>;
  }[];
  readonly eventLikelihoodRatios: {
    readonly order: readonly string[];
    readonly table: Readonly<Record<string, readonly number[]>>;
  };
  readonly eventBeliefs: readonly {
    readonly name: string;
    readonly claim: Record<string, unknown>;
    readonly events: readonly string[];
    readonly belief: Readonly<Record<string, number>>;
  }[];
  readonly breakEvenAfterAmicableFailure: readonly {
    readonly solvency: string;
    readonly evidence: number;
    readonly IP: number;
    readonly REFERE: number;
    readonly SUIT: number;
  }[];
  readonly scenarios: readonly Scenario[];
}

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const path = join(process.env.QUITUS_SHARED ?? join(root, '..', 'shared'), 'decision', 'cases.json');

/** undefined where the shared material is absent: the tests that need it say so. */
export const cases: Cases | undefined = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Cases) : undefined;

export const ABSENT = `no decision/cases.json beside the repository (set QUITUS_SHARED): the oracles of the advice were NOT checked`;
