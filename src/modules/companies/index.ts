export {
  type Company,
  createCompany,
  listCompanies,
  readCreditor,
  recordFile,
  removeDemo,
  saveCreditor,
  savePicture,
} from './companies.ts';
export { type Creditor, CreditorForm, LEGAL_FORMS, missingForLetters, WITH_CAPITAL } from './creditor.ts';
