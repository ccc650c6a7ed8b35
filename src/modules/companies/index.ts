export {
  amendCreditor,
  type Company,
  createCompany,
  listCompanies,
  readCreditor,
  recordFile,
  removeDemo,
  saveCreditor,
  savePicture,
} from './companies.ts';
export { type Creditor, CreditorForm, LEGAL_FORMS, missingForLetters, typedOf, WITH_CAPITAL } from './creditor.ts';
export { findFile, type KeptFile } from './files.ts';
export { inCompany } from './pick.ts';
