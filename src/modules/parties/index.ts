export { findOrCreateParty, type Party, PartyForm, type PartyInput, readParty, saveParty } from './parties.ts';
export { looksPublic, sqlLooksPublic } from './public-looking.ts';
