import { Buffer } from 'node:buffer';

/** A movement of an invented bank account. */
export interface Movement {
  /** ISO day */
  readonly on: string;
  /** signed: "1200.00", "-35.10" */
  readonly amount: string;
  readonly name?: string;
  readonly iban?: string;
  readonly text: string;
  /** a reference of the bank's own */
  readonly id?: string;
}

const ACCOUNT = 'FR7630006000011234567890189';
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A camt.053 of one statement: what a bank sends. `opening` and `closing` are its two days. */
export function camt053(
  movements: readonly Movement[],
  { from, until, account = ACCOUNT }: { readonly from: string; readonly until: string; readonly account?: string },
): Uint8Array {
  const cents = (text: string): bigint => BigInt(text.replace('.', ''));
  const amount = (value: bigint): string => {
    const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
    return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
  };
  // An account that never holds the same twice: balances chain only where a test wants them to.
  const opening = BigInt(from.replaceAll('-', ''));
  const sum = movements.reduce((total, m) => total + cents(m.amount), opening);
  const balance = (code: string, value: bigint, on: string) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount(value)}</Amt><CdtDbtInd>${value < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`;
  const entries = movements.map((m) => {
    const out = m.amount.startsWith('-');
    const party = `${m.name ? `<${out ? 'Cdtr' : 'Dbtr'}><Nm>${escaped(m.name)}</Nm></${out ? 'Cdtr' : 'Dbtr'}>` : ''}${m.iban ? `<${out ? 'CdtrAcct' : 'DbtrAcct'}><Id><IBAN>${m.iban}</IBAN></Id></${out ? 'CdtrAcct' : 'DbtrAcct'}>` : ''}`;
    return `<Ntry><Amt Ccy="EUR">${amount(cents(m.amount))}</Amt><CdtDbtInd>${out ? 'DBIT' : 'CRDT'}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${m.on}</Dt></BookgDt><ValDt><Dt>${m.on}</Dt></ValDt>${m.id ? `<AcctSvcrRef>${m.id}</AcctSvcrRef>` : ''}<BkTxCd><Prtry><Cd>X</Cd></Prtry></BkTxCd><NtryDtls><TxDtls><RltdPties>${party}</RltdPties><RmtInf><Ustrd>${escaped(m.text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
  });
  const xml = `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>m</MsgId><CreDtTm>${until}T20:00:00</CreDtTm></GrpHdr><Stmt><Id>s-${from}-${until}</Id><CreDtTm>${until}T20:00:00</CreDtTm><Acct><Id><IBAN>${account}</IBAN></Id><Ccy>EUR</Ccy></Acct>${balance('OPBD', opening, from)}${balance('CLBD', sum, until)}${entries.join('')}</Stmt></BkToCstmrStmt></Document>`;
  return Buffer.from(xml);
}

/** The same movements as a bank's website exports them. */
export function bankCsv(movements: readonly Movement[]): Uint8Array {
  const rows = movements.map(
    (m) => `${m.on.split('-').reverse().join('/')};${[m.name, m.text].filter(Boolean).join(' ')};${m.amount.replace('.', ',')}`,
  );
  return Buffer.from(['Date;Libellé;Montant', ...rows, ''].join('\n'));
}
