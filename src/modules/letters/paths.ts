/** The addresses of the letters, and those of other modules' pages that they lead to. */
export const casePath = (caseId: string): string => `/dossiers/${caseId}`;
export const noticePath = (caseId: string): string => `${casePath(caseId)}/mise-en-demeure`;
export const previewPath = (caseId: string): string => `${noticePath(caseId)}/apercu`;
export const previewPdfPath = (caseId: string): string => `${previewPath(caseId)}.pdf`;
export const letterPath = (letterId: string): string => `/lettres/${letterId}`;
export const postedPath = (letterId: string): string => `${letterPath(letterId)}/envoi`;
export const outcomePath = (letterId: string): string => `${letterPath(letterId)}/sort`;
export const filePath = (sha256: string): string => `/fichiers/${sha256}`;

const SETTINGS: Readonly<Record<string, string>> = {
  'creditor.name': 'identite',
  'creditor.siren': 'identite',
  'creditor.legalForm': 'forme',
  'creditor.address': 'adresse',
  'creditor.signatory': 'signataire',
  'creditor.iban': 'paiement',
  'creditor.bic': 'paiement',
};

/** The page that completes a fact the letter lacks. */
export function pathOfFact(key: string, caseId: string): string {
  const subject = SETTINGS[key];
  if (subject) return `/reglages/${subject}`;
  return key.startsWith('debtor.') ? `${casePath(caseId)}/client` : noticePath(caseId);
}
