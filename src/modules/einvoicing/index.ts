/** What the platforms of e-invoicing say of our invoices: life-cycle messages, attached and told. */
export { attachWaiting } from './attaching.ts';
export { listWaiting, type ReceivedStatus, receiveStatus, setWaitingAside, type WaitingStatus } from './statuses.ts';
export { receivedWords, statusesSummary } from './words.ts';
