export { findOrCreateParty, type Party, PartyForm, type PartyInput, readParty, saveParty } from './parties.ts';
