/** Makes bank files, to be read back: what is written here is what the reader must say. */

export interface MadeEntry {
  /** signed, in cents */
  readonly cents: bigint;
  readonly bookedOn: string;
  readonly valueOn: string;
  readonly name: string;
  readonly text: string;
  readonly reference: string;
}

export interface MadeStatement {
  readonly bank: string;
  readonly branch: string;
  readonly number: string;
  readonly iban: string;
  readonly openingCents: bigint;
  readonly from: string;
  readonly to: string;
  readonly entries: readonly MadeEntry[];
}

export const closingOf = ({ openingCents, entries }: MadeStatement): bigint =>
  entries.reduce((sum, e) => sum + e.cents, openingCents);

const abs = (cents: bigint): bigint => (cents < 0n ? -cents : cents);
const decimal = (cents: bigint): string => `${abs(cents) / 100n}.${(abs(cents) % 100n).toString().padStart(2, '0')}`;
const sign = (cents: bigint): string => (cents < 0n ? 'DBIT' : 'CRDT');
const escaped = (text: string): string => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);

const camtBalance = (type: string, cents: bigint, on: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${decimal(cents)}</Amt><CdtDbtInd>${sign(cents)}</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`;

/** One Ntry of camt.053. Version 8 and later put the status and the parties one level deeper. */
export function camtEntry(e: MadeEntry, version: number): string {
  const role = e.cents < 0n ? 'Cdtr' : 'Dbtr';
  const party = version >= 8 ? `<Pty><Nm>${escaped(e.name)}</Nm></Pty>` : `<Nm>${escaped(e.name)}</Nm>`;
  return (
    `<Ntry><Amt Ccy="EUR">${decimal(e.cents)}</Amt><CdtDbtInd>${sign(e.cents)}</CdtDbtInd><Sts>${version >= 8 ? '<Cd>BOOK</Cd>' : 'BOOK'}</Sts>` +
    `<BookgDt><Dt>${e.bookedOn}</Dt></BookgDt><ValDt><DtTm>${e.valueOn}T00:00:00+01:00</DtTm></ValDt>` +
    `<NtryDtls><TxDtls><Refs><EndToEndId>${escaped(e.reference)}</EndToEndId></Refs><RltdPties><${role}>${party}</${role}></RltdPties>` +
    `<RmtInf><Ustrd>${escaped(e.text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`
  );
}

export function camtOpen(s: MadeStatement, closing = closingOf(s)): string {
  return (
    `<Stmt><Id>S</Id><Acct><Id><IBAN>${s.iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>` +
    camtBalance('OPBD', s.openingCents, s.from) +
    camtBalance('CLBD', closing, s.to)
  );
}

export const camtHead = (version: number): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${String(version).padStart(2, '0')}">` +
  `<BkToCstmrStmt${version === 1 ? 'V01' : ''}><GrpHdr><MsgId>M</MsgId></GrpHdr>`;

export const camtTail = (version: number): string => `</BkToCstmrStmt${version === 1 ? 'V01' : ''}></Document>`;

export const camt = (statements: readonly MadeStatement[], version: number): string =>
  camtHead(version) +
  statements.map((s) => `${camtOpen(s)}${s.entries.map((e) => camtEntry(e, version)).join('')}</Stmt>`).join('') +
  camtTail(version);

const compact = (iso: string): string => `${iso.slice(8, 10)}${iso.slice(5, 7)}${iso.slice(2, 4)}`;

/** Fourteen characters, the last digit and the sign in one. */
export function overpunched(cents: bigint): string {
  const digits = abs(cents).toString().padStart(14, '0');
  const last = Number(digits.at(-1));
  return digits.slice(0, -1) + ((cents < 0n ? '}JKLMNOPQR' : '{ABCDEFGHI')[last] ?? '');
}

/** A record of 120 characters with its fields at their places. */
function record(code: string, s: MadeStatement, fields: Readonly<Record<number, string>>): string {
  const base: Record<number, string> = { 0: code, 2: s.bank, 11: s.branch, 16: 'EUR2', 21: s.number, ...fields };
  let text = ' '.repeat(120);
  for (const [at, field] of Object.entries(base))
    text = text.slice(0, Number(at)) + field + text.slice(Number(at) + field.length);
  return text.slice(0, 120);
}

export const cfonbEntry = (s: MadeStatement, e: MadeEntry): string[] => [
  record('04', s, {
    32: '05',
    34: compact(e.bookedOn),
    42: compact(e.valueOn),
    48: e.text.slice(0, 31),
    90: overpunched(e.cents),
  }),
  record('05', s, { 32: '05', 34: compact(e.bookedOn), 45: e.cents < 0n ? 'NBE' : 'NPY', 48: e.name.slice(0, 70) }),
  record('05', s, { 32: '05', 34: compact(e.bookedOn), 45: 'RCN', 48: e.reference.slice(0, 35) }),
];

export const cfonbOpen = (s: MadeStatement): string => record('01', s, { 34: compact(s.from), 90: overpunched(s.openingCents) });
export const cfonbClose = (s: MadeStatement, cents = closingOf(s)): string =>
  record('07', s, { 34: compact(s.to), 90: overpunched(cents) });

/** `lineEnd` may be empty: records then follow one another without a break. */
export const cfonb = (statements: readonly MadeStatement[], lineEnd = '\n'): string =>
  statements
    .flatMap((s) => [cfonbOpen(s), ...s.entries.flatMap((e) => cfonbEntry(s, e)), cfonbClose(s)])
    .map((line) => line + lineEnd)
    .join('');
