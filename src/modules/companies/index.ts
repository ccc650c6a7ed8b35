export {
  amendCreditor,
  type Company,
  createCompany,
  listCompanies,
  readCreditor,
  recordFile,
  removeDemo,
  savePicture,
} from './companies.ts';
export { type Creditor, CreditorForm, missingForLetters } from './creditor.ts';
export { findFile, type KeptFile } from './files.ts';
export { inCompany } from './pick.ts';
export { creditorProfile, postalAddress } from './profile.ts';
