import { percent, type Ratio, ratio } from '../../kernel/ratio.ts';
import { series } from '../series.ts';

const S1 = { source: 'une source secondaire', certainty: 'secondary' } as const;
const OFFICIAL = { source: 'texte officiel lu', certainty: 'official' } as const;

/** Points added to the reference between professionals when nothing was agreed. */
export const businessMargin = series<Ratio>(
  { id: 'business-margin', title: 'Majoration entre professionnels', unit: 'points', cites: ['ccom-L441-10', 'ccom-L441-6'] },
  [
    { from: '2008-01-01', value: percent('7'), ...S1 },
    { from: '2009-01-01', value: percent('10'), ...OFFICIAL },
  ],
);

/** Points added to the reference for public buyers. */
export const publicMargin = series<Ratio>(
  {
    id: 'public-margin',
    title: 'Majoration des acheteurs publics',
    unit: 'points',
    cites: ['ccp-R2192-31', 'decret-2013-269', 'decret-2002-232'],
  },
  [
    { from: '2008-01-01', value: percent('7'), ...S1 },
    { from: '2013-03-16', value: percent('8'), ...OFFICIAL },
  ],
);

/** The least a clause may set: this many times the legal rate of other creditors. */
export const clauseFloorMultiple = series<Ratio>(
  {
    id: 'clause-floor-multiple',
    title: 'Plancher des clauses, en multiple du taux légal',
    unit: 'multiple',
    cites: ['ccom-L441-10'],
  },
  [
    { from: '2008-01-01', value: ratio(3n, 2n), source: 'de mémoire, à vérifier', certainty: 'memory' },
    { from: '2009-01-01', value: ratio(3n), ...OFFICIAL },
  ],
);

const FROM_2013 = {
  from: '2013-01-01',
  value: 4000n,
  source: 'de mémoire, à vérifier (entrée en vigueur)',
  certainty: 'memory',
} as const;

/** Flat compensation for recovery costs, in cents of euro, for a payment late on that day. */
export const recoveryIndemnity = series<bigint>(
  {
    id: 'recovery-indemnity',
    title: 'Indemnité forfaitaire pour frais de recouvrement',
    unit: 'cents',
    cites: ['ccom-L441-10', 'ccom-D441-5', 'ccp-D2192-35'],
  },
  [
    { from: '2008-01-01', value: 0n, source: 'de mémoire, à vérifier (l’indemnité n’existait pas)', certainty: 'memory' },
    FROM_2013,
    {
      from: '2019-04-26',
      value: 4000n,
      source: 'C. com., art. L441-10, version du 26 avril 2019, et D441-5',
      certainty: 'official',
    },
  ],
);

/** Points added to the legal rate when a condemnation stays unpaid for two months. */
export const judgmentIncrease = series<Ratio>(
  { id: 'judgment-increase', title: 'Majoration du taux légal après condamnation', unit: 'points', cites: ['cmf-L313-3'] },
  [{ from: '2006-01-01', value: percent('5'), source: 'trois sources secondaires ou plus', certainty: 'secondary' }],
);
