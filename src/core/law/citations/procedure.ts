/** Code de procédure civile, code des procédures civiles d'exécution, postal and labour codes: how one claims, and by when. */
export const procedureCitations = {
  'cpc-641': { label: 'CPC, art. 640 à 642', about: 'calcul des délais de procédure', certainty: 'official' },
} as const;
