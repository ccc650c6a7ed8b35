/** Accounts and sessions of a server that other machines can reach. On loopback nobody signs in. */
export { type Accounts, type Credentials, openAccounts, type Session, type SignedIn } from './accounts.ts';
