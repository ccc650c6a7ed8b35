import { percent, type Ratio } from '../../kernel/ratio.ts';
import { type Entry, series } from '../series.ts';

/** 'individual': claims of natural persons not acting for business needs. 'other': every other creditor. */
export type LegalRateColumn = 'individual' | 'other';

const S1 = { source: 'une source secondaire', certainty: 'secondary' } as const;
const S3 = { source: 'trois sources secondaires ou plus', certainty: 'secondary' } as const;
const JO = { source: 'arrêté du 15 décembre 2025, JO du 26 décembre 2025', certainty: 'official' } as const;
const JO_2026S2 = {
  source: 'arrêté du 26 juin 2026, JO du 30 juin 2026, vu dans trois sources secondaires',
  certainty: 'secondary',
} as const;
const ONE_SOURCE = {
  source: 'arrêté du 26 juin 2026, vu dans une seule source secondaire',
  certainty: 'secondary',
  note: 'une seule source donne 6,84\u00a0% pour les créanciers particuliers au 2e semestre 2026',
} as const;

type Sure = Pick<Entry<Ratio>, 'source' | 'certainty' | 'note'>;

/** Before 2015 the rate was yearly and had one column (ordonnance 2014-947). */
const rows: readonly (readonly [from: string, individual: string, other: string, sure: Sure, individualSure?: Sure])[] = [
  ['2008-01-01', '3.99', '3.99', S1],
  ['2009-01-01', '3.79', '3.79', S1],
  ['2010-01-01', '0.65', '0.65', S1],
  ['2011-01-01', '0.38', '0.38', S1],
  ['2012-01-01', '0.71', '0.71', S1],
  ['2013-01-01', '0.04', '0.04', S1],
  ['2014-01-01', '0.04', '0.04', S1],
  ['2015-01-01', '4.06', '0.93', S3],
  ['2015-07-01', '4.29', '0.99', S3],
  ['2016-01-01', '4.54', '1.01', S3],
  ['2016-07-01', '4.35', '0.93', S3],
  ['2017-01-01', '4.16', '0.90', S3],
  ['2017-07-01', '3.94', '0.90', S3],
  ['2018-01-01', '3.73', '0.89', S3],
  ['2018-07-01', '3.60', '0.88', S3],
  ['2019-01-01', '3.40', '0.86', S3],
  ['2019-07-01', '3.26', '0.87', S3],
  ['2020-01-01', '3.15', '0.87', S3],
  ['2020-07-01', '3.11', '0.84', S3],
  ['2021-01-01', '3.14', '0.79', S3],
  ['2021-07-01', '3.12', '0.76', S3],
  ['2022-01-01', '3.13', '0.76', S3],
  ['2022-07-01', '3.15', '0.77', S3],
  ['2023-01-01', '4.47', '2.06', S3],
  ['2023-07-01', '6.82', '4.22', S3],
  ['2024-01-01', '8.01', '5.07', S3],
  ['2024-07-01', '8.16', '4.92', S3],
  ['2025-01-01', '7.21', '3.71', S3],
  ['2025-07-01', '6.65', '2.76', S3],
  ['2026-01-01', '6.67', '2.62', JO],
  ['2026-07-01', '6.84', '2.75', JO_2026S2, ONE_SOURCE],
];

const KNOWN_UNTIL = '2026-12-31';

/** Legal rate for creditors who are natural persons not acting for business needs. */
export const legalRateIndividual = series<Ratio>(
  {
    id: 'legal-rate-individual',
    title: 'Taux légal, créanciers particuliers',
    unit: 'percent',
    cites: ['cmf-L313-2'],
    knownUntil: KNOWN_UNTIL,
  },
  rows.map(([from, individual, , sure, individualSure]) => ({ from, value: percent(individual), ...(individualSure ?? sure) })),
);

/** Legal rate for every other creditor: companies, freelancers, public bodies. */
export const legalRateOther = series<Ratio>(
  {
    id: 'legal-rate-other',
    title: 'Taux légal, autres créanciers',
    unit: 'percent',
    cites: ['cmf-L313-2'],
    knownUntil: KNOWN_UNTIL,
  },
  rows.map(([from, , other, sure]) => ({ from, value: percent(other), ...sure })),
);
