/** Code de la commande publique and administrative justice: the public buyer. */
export const publicCitations = {
  'ccp-L2192-1': { label: 'CCP, art. L2192-1', about: 'facture électronique obligatoire', certainty: 'official' },
  'ccp-L2192-10': {
    label: 'CCP, art. L2192-10, R2192-10 et R2192-11',
    about: 'délais de paiement de 30, 50 et 60 jours',
    certainty: 'official',
  },
  'ccp-L2192-13': { label: 'CCP, art. L2192-13', about: 'intérêts moratoires de plein droit', certainty: 'official' },
  'ccp-L2192-14': { label: 'CCP, art. L2192-14', about: 'toute renonciation est nulle', certainty: 'official' },
  'ccp-R2192-12': { label: 'CCP, art. R2192-12 à R2192-15', about: 'point de départ du délai', certainty: 'official' },
  'ccp-R2192-27': { label: 'CCP, art. R2192-27 à R2192-29', about: 'suspension du délai', certainty: 'official' },
  'ccp-R2192-31': { label: 'CCP, art. R2192-31', about: 'taux des intérêts moratoires', certainty: 'official' },
  'ccp-R2192-32': { label: 'CCP, art. R2192-32', about: 'jours portant intérêt', certainty: 'official' },
  'ccp-R2192-33': { label: 'CCP, art. R2192-33', about: 'assiette des intérêts', certainty: 'official' },
  'ccp-D2192-35': { label: 'CCP, art. D2192-35', about: 'indemnité forfaitaire de 40\u00a0€', certainty: 'official' },
  'ccp-R2192-36': { label: 'CCP, art. R2192-36', about: 'intérêts à payer sous 45 jours', certainty: 'official' },
  'ccp-L2197-1': { label: 'CCP, art. L2197-1', about: 'médiateur des entreprises', certainty: 'secondary' },
  'decret-2013-269': {
    label: 'Décret n° 2013-269 du 29 mars 2013',
    about: 'retard de paiement de la commande publique',
    certainty: 'official',
  },
  'decret-2002-232': {
    label: 'Décret n° 2002-232, art. 5 (ancien)',
    about: 'taux des acheteurs publics avant 2013',
    certainty: 'secondary',
  },
  'cja-R541-1': { label: 'CJA, art. R541-1', about: 'référé-provision administratif', certainty: 'memory' },
  'cgct-L1612-15': { label: 'CGCT, art. L1612-15', about: 'inscription et mandatement d’office', certainty: 'memory' },
} as const;
