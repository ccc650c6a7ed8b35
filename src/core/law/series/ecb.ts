import { percent, type Ratio } from '../../kernel/ratio.ts';
import { type Entry, series } from '../series.ts';

const O = { source: 'fiche F23211 de service-public.fr (édition 2020) ou deux dépôts publics', certainty: 'official' } as const;
const S3 = { source: 'trois sources secondaires ou plus', certainty: 'secondary' } as const;
const M = { source: 'de mémoire, à vérifier', certainty: 'memory' } as const;

const at = (
  from: string,
  rate: string,
  sure: { source: string; certainty: Entry<Ratio>['certainty']; note?: string },
): Entry<Ratio> => ({
  from,
  value: percent(rate),
  ...sure,
});

/**
 * Rate of the ECB's main refinancing operations, by the day on which each new rate applies. The rules read it through
 * `semesterReference` only: a change inside a half-year does nothing before the next one.
 */
export const ecbMainRefinancing = series<Ratio>(
  { id: 'ecb-main-refinancing', title: 'Taux de refinancement de la BCE', unit: 'percent', cites: ['ccom-L441-10'] },
  [
    at('2008-07-09', '4.25', { ...M, note: 'taux minimal de soumission\u202f; le taux marginal servait alors de référence' }),
    at('2008-10-15', '3.75', M),
    at('2008-11-12', '3.25', M),
    at('2008-12-10', '2.50', { source: 'une source secondaire', certainty: 'secondary' }),
    at('2009-01-21', '2.00', M),
    at('2009-03-11', '1.50', M),
    at('2009-04-08', '1.25', M),
    at('2009-05-13', '1.00', M),
    at('2011-04-13', '1.25', M),
    at('2011-07-13', '1.50', M),
    at('2011-11-09', '1.25', M),
    at('2011-12-14', '1.00', M),
    at('2012-07-11', '0.75', M),
    at('2013-05-08', '0.50', O),
    at('2013-11-13', '0.25', O),
    at('2014-06-11', '0.15', O),
    at('2014-09-10', '0.05', O),
    at('2016-03-16', '0.00', O),
    at('2022-07-27', '0.50', S3),
    at('2022-09-14', '1.25', S3),
    at('2022-11-02', '2.00', S3),
    at('2022-12-21', '2.50', S3),
    at('2023-02-08', '3.00', S3),
    at('2023-03-22', '3.50', S3),
    at('2023-05-10', '3.75', S3),
    at('2023-06-21', '4.00', S3),
    at('2023-08-02', '4.25', S3),
    at('2023-09-20', '4.50', S3),
    at('2024-06-12', '4.25', S3),
    at('2024-09-18', '3.65', S3),
    at('2024-10-23', '3.40', S3),
    at('2024-12-18', '3.15', S3),
    at('2025-02-05', '2.90', S3),
    at('2025-03-12', '2.65', S3),
    at('2025-04-23', '2.40', S3),
    at('2025-06-11', '2.15', S3),
    at('2026-06-17', '2.40', S3),
    at('2026-09-16', '2.65', {
      source: 'un dépôt public qui a lu la table de la BCE le 3 octobre 2026',
      certainty: 'secondary',
      note: 'sans effet avant le 1er janvier 2027\u202f; les décisions d’octobre et novembre 2026 n’ont pas été vues',
    }),
  ],
);

const OFFICIAL = { source: 'table officielle irlandaise (BCE + 8), recoupée', certainty: 'official' } as const;
const MARGINAL = { source: 'une source secondaire (taux marginal)', certainty: 'secondary' } as const;
const S1 = { source: 'une source secondaire', certainty: 'secondary' } as const;

/**
 * The reference of late-payment interest: the ECB rate in force on 1 January or 1 July, for the half-year that begins.
 * Known until the end of the half-year whose first day has passed.
 */
export const semesterReference = series<Ratio>(
  {
    id: 'semester-reference',
    title: 'Taux de la BCE au premier jour du semestre',
    unit: 'percent',
    cites: ['ccom-L441-10', 'ccp-R2192-31'],
    knownUntil: '2026-12-31',
  },
  [
    at('2008-01-01', '4.20', MARGINAL),
    at('2008-07-01', '4.07', MARGINAL),
    at('2009-01-01', '2.50', S1),
    at('2009-07-01', '1.00', M),
    at('2010-01-01', '1.00', M),
    at('2010-07-01', '1.00', M),
    at('2011-01-01', '1.00', S1),
    at('2011-07-01', '1.25', S1),
    at('2012-01-01', '1.00', M),
    at('2012-07-01', '1.00', M),
    at('2013-01-01', '0.75', M),
    at('2013-07-01', '0.50', OFFICIAL),
    at('2014-01-01', '0.25', OFFICIAL),
    at('2014-07-01', '0.15', OFFICIAL),
    at('2015-01-01', '0.05', OFFICIAL),
    at('2015-07-01', '0.05', OFFICIAL),
    at('2016-01-01', '0.05', OFFICIAL),
    at('2016-07-01', '0.00', OFFICIAL),
    at('2017-01-01', '0.00', OFFICIAL),
    at('2017-07-01', '0.00', OFFICIAL),
    at('2018-01-01', '0.00', OFFICIAL),
    at('2018-07-01', '0.00', OFFICIAL),
    at('2019-01-01', '0.00', OFFICIAL),
    at('2019-07-01', '0.00', OFFICIAL),
    at('2020-01-01', '0.00', OFFICIAL),
    at('2020-07-01', '0.00', OFFICIAL),
    at('2021-01-01', '0.00', OFFICIAL),
    at('2021-07-01', '0.00', OFFICIAL),
    at('2022-01-01', '0.00', OFFICIAL),
    at('2022-07-01', '0.00', OFFICIAL),
    at('2023-01-01', '2.50', OFFICIAL),
    at('2023-07-01', '4.00', OFFICIAL),
    at('2024-01-01', '4.50', OFFICIAL),
    at('2024-07-01', '4.25', OFFICIAL),
    at('2025-01-01', '3.15', S3),
    at('2025-07-01', '2.15', S3),
    at('2026-01-01', '2.15', S3),
    at('2026-07-01', '2.40', S3),
  ],
);
