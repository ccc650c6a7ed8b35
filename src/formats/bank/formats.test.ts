import assert from 'node:assert/strict';
import { test } from 'node:test';
import iconv from 'iconv-lite';
import { camt, camtHead, camtTail, cfonb, type MadeStatement } from '../../../test/support/bank-files.ts';
import { readStatementFile, type StatementEntry, type StatementFile, type StatementOptions } from './index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function read(content: string | Uint8Array, name = 'releve.txt', options: StatementOptions = {}): Promise<StatementFile> {
  const result = await readStatementFile(typeof content === 'string' ? bytes(content) : content, name, options);
  assert.ok(result.ok, result.ok ? '' : `${result.refusal.code}: ${result.refusal.message}`);
  return result.value;
}

async function entries(
  content: string | Uint8Array,
  name?: string,
  options?: StatementOptions,
): Promise<readonly StatementEntry[]> {
  return (await read(content, name, options)).statements.flatMap((s) => s.entries);
}

async function refusal(
  content: string | Uint8Array,
  name = 'releve.txt',
  options: StatementOptions = {},
): Promise<{ code: string; message: string }> {
  const result = await readStatementFile(typeof content === 'string' ? bytes(content) : content, name, options);
  assert.ok(!result.ok, 'expected a refusal');
  return result.refusal;
}

const MADE: MadeStatement = {
  bank: '30002',
  branch: '00447',
  number: '12345678901',
  iban: 'FR7630006000011234567890189',
  openingCents: 100_00n,
  from: '2026-03-01',
  to: '2026-03-02',
  entries: [
    { cents: 1200_00n, bookedOn: '2026-03-02', valueOn: '2026-03-02', name: 'BRASSERIE', text: 'VIR F-1', reference: 'F-1' },
  ],
};

// camt ------------------------------------------------------------------------------------------------------------------------------------

const ntry = (inside: string): string =>
  `${camtHead(8)}<Stmt><Id>1</Id><Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>${inside}</Stmt>${camtTail(8)}`;
const pay = (amount: string, name: string, more = ''): string =>
  `<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><Amt Ccy="EUR">${amount}</Amt><RltdPties><Dbtr><Pty><Nm>${name}</Nm></Pty></Dbtr></RltdPties>${more}</TxDtls>`;
const REFERENCE = '<RmtInf><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>';

test('camt: a batch keeps its payments, each with its amount and its payer', async () => {
  const [batch] = await entries(
    ntry(
      `<Ntry><Amt Ccy="EUR">300.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt>
       <NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>${pay('100', 'A', REFERENCE)}${pay('200', 'B')}</NtryDtls></Ntry>`,
    ),
  );
  assert.equal(batch?.amount, '300.00');
  assert.deepEqual(
    batch?.payments.map((p) => [p.amount, p.name, p.reference]),
    [
      ['100.00', 'A', 'RF18539007547034'],
      ['200.00', 'B', null],
    ],
  );
  assert.equal(batch?.name, null);
});

test('camt: a returned payment says why, a pending one is not counted, prefixes do not matter', async () => {
  const text = ntry(
    `<Bal><Tp><CdOrPrtry><Cd>PRCD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-01</Dt></Dt></Bal>
     <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">70</Amt><CdtDbtInd>DBIT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>
     <Ntry><Amt Ccy="EUR">120</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts><Cd>BOOK</Cd></Sts>
       <NtryDtls>${pay('120', 'A', '<RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf>')}</NtryDtls></Ntry>
     <Ntry><Amt Ccy="EUR">5</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts></Ntry>`,
  )
    .replace(/<(\/?)(?=[A-Z])/g, '<$1n:')
    .replace('xmlns=', 'xmlns:n=');
  const [statement] = (await read(text)).statements;
  assert.deepEqual([statement?.opening, statement?.closing, statement?.warnings], ['50.00', '-70.00', []]);
  assert.deepEqual(
    statement?.entries.map((e) => [e.amount, e.status, e.returnReason, e.name]),
    [
      ['-120.00', 'booked', 'AM04', 'A'],
      ['5.00', 'pending', null, null],
    ],
  );
});

test('camt: what does not add up is said, to the cent', async () => {
  const [statement] = (await read(camt([MADE], 8).replace('<Amt Ccy="EUR">1200.00', '<Amt Ccy="EUR">1199.99'))).statements;
  assert.deepEqual(
    statement?.warnings.map((w) => w.code),
    ['balance-mismatch'],
  );
  assert.match(statement?.warnings[0]?.message ?? '', /écart 0,01\u00a0€/);
});

test('camt: hostile and foreign XML is refused', async () => {
  const whole = camt([MADE], 8);
  const cases: [string, string][] = [
    [
      whole.replace('<Document', '<!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><Document'),
      'xml-doctype',
    ],
    [whole.replace('<Id>S</Id>', '<a>'.repeat(60)), 'xml-too-deep'],
    [whole.replace('</Ntry>', '</Ntri>'), 'xml-not-well-formed'],
    [whole.replace('<Ntry>', `<Ntry>${'<x/>'.repeat(6000)}`), 'entry-too-large'],
    [whole.replace('1200.00', '1e9'), 'bad-value'],
    [whole.replace('1200.00', '-1200.00'), 'bad-value'],
    [whole.replace('1200.00', `${'9'.repeat(19)}.00`), 'bad-value'],
    [whole.replace('<CdtDbtInd>CRDT</CdtDbtInd><Sts>', '<Sts>'), 'bad-value'],
    [whole.replace('<Dt>2026-03-02</Dt></BookgDt>', '<Dt>2026-02-30</Dt></BookgDt>'), 'bad-value'],
    [
      '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn/></Document>',
      'not-a-statement',
    ],
  ];
  for (const [text, code] of cases) assert.equal((await refusal(text)).code, code, text.slice(0, 120));
  assert.match((await refusal(whole.replace('1200.00', '12,00'))).message, /ligne \d+, le montant «\u00a012,00\u00a0»/);
});

// CFONB -----------------------------------------------------------------------------------------------------------------------------------

const at = (text: string, position: number, field: string): string =>
  text.slice(0, position) + field + text.slice(position + field.length);

test('CFONB: the decimals field, the old French characters, a name, an IBAN and a reject', async () => {
  const [opening = '', movement = '', name = '', reference = '', closing = ''] = cfonb([MADE]).split('\n');
  const three = [opening, movement, closing].map((line) => at(line, 19, '3'));
  const [statement] = (await read(three.join('\n'))).statements;
  assert.deepEqual(
    [statement?.opening, statement?.entries[0]?.amount, statement?.closing, statement?.warnings],
    ['10.00', '120.00', '130.00', []],
  );
  const none = [opening, movement, closing].map((line) => at(line, 19, '0'));
  assert.equal((await read(none.join('\n'))).statements[0]?.opening, '10000.00');
  const old = [opening, movement, name, reference, closing]
    .map((line) => at(line, 103, line[103] === '{' ? 'é' : (line[103] ?? '')))
    .join('\n');
  assert.equal((await read(iconv.encode(old, 'windows-1252'))).statements[0]?.opening, '100.00');
  const negative = [at(opening, 90, '0000000001000è'), closing].join('\n');
  assert.equal((await read(iconv.encode(negative, 'windows-1252'))).statements[0]?.opening, '-100.00');
  const account = at(name, 45, `CPY${'FR7630006000011234567890189'.padEnd(70)}`);
  const [entry] = await entries([opening, at(movement, 40, '21'), name, reference, account, closing].join('\n'));
  assert.deepEqual(
    [entry?.name, entry?.reference, entry?.iban, entry?.returnReason],
    ['BRASSERIE', 'F-1', 'FR7630006000011234567890189', '21'],
  );
});

test('CFONB: records out of order, of another account, with wrong values or lengths are refused', async () => {
  const lines = cfonb([MADE]).trimEnd().split('\n');
  const [opening = '', movement = '', name = '', reference = '', closing = ''] = lines;
  const cases: [readonly string[], string][] = [
    [[opening, movement, name, reference], 'broken-statement'],
    [[movement, closing], 'broken-statement'],
    [[opening, closing, movement], 'broken-statement'],
    [[opening, name, closing], 'broken-statement'],
    [[opening, at(movement, 21, '99999999999'), closing], 'broken-statement'],
    [[opening, movement, at(closing, 21, '99999999999')], 'broken-statement'],
    [[opening, `02${movement.slice(2)}`, closing], 'broken-statement'],
    [[opening, `${movement}${'x'.repeat(30)}`, closing], 'broken-statement'],
    [[opening, at(movement, 103, '0'), closing], 'bad-value'],
    [[opening, at(movement, 95, 'X'), closing], 'bad-value'],
    [[opening, at(movement, 34, '310226'), closing], 'bad-value'],
    [[opening, at(movement, 19, 'X'), closing], 'bad-value'],
  ];
  for (const [records, code] of cases) assert.equal((await refusal(records.join('\n'))).code, code, records.join('\n'));
  assert.match((await refusal([opening, at(movement, 103, '0'), closing].join('\n'))).message, /ligne 2, le montant/);
});

// MT940, MT942 ----------------------------------------------------------------------------------------------------------------------------

const MT = (movement: string, details: string, closing = '62F:C260302EUR1300,00'): string =>
  `{1:F01BANKFRPPAXXX0000000000}{2:O9400000000000BANKFRPP}{4:\r\n:20:REF\r\n:25:FR7630006000011234567890189\r\n:28C:1/1\r\n:60F:C260301EUR100,00\r\n:61:${movement}\r\n:86:${details}\r\n:${closing}\r\n-}\r\n`;

test('MT940: frames, words between slashes, the year of the booking day, reversals', async () => {
  const [statement] = (
    await read(
      MT(
        '2512310102C1200,00NTRFF-1//BANK1\r\nSUPPLEMENT',
        '/TRTP/SEPA/IBAN/NL91ABNA0417164300/NAME/BRASSERIE/REMI/USTD//F-1/EREF/E2E-1',
      ),
    )
  ).statements;
  assert.deepEqual([statement?.account, statement?.warnings], ['FR7630006000011234567890189', []]);
  assert.deepEqual(
    statement?.entries.map((e) => [e.valueOn, e.bookedOn, e.name, e.iban, e.text, e.reference, e.bankReference]),
    [['2025-12-31', '2026-01-02', 'BRASSERIE', 'NL91ABNA0417164300', 'SUPPLEMENT F-1', 'E2E-1', 'BANK1']],
  );
  const signs = [
    ['RC', '-10.00', 'booked'],
    ['RD', '10.00', 'booked'],
    ['EC', '10.00', 'pending'],
    ['ED', '-10.00', 'pending'],
    ['DR', '-10.00', 'booked'],
  ] as const;
  for (const [mark, amount, status] of signs) {
    const [entry] = await entries(MT(`260302${mark}10,NTRFNONREF`, 'X'));
    assert.deepEqual([entry?.amount, entry?.status, entry?.reference], [amount, status, null], mark);
  }
});

test('MT942 during the day has no balance; wrong movements and endless lines are refused', async () => {
  const file = await read(
    ':20:A\n:25:123\n:28C:1\n:34F:EURD0,\n:13D:2603021200+0100\n:61:260302C12,34NTRFX\n:86:TEXT\n:90C:1EUR12,34\n-\n',
  );
  assert.deepEqual([file.format, file.statements[0]?.entries[0]?.amount], ['mt942', '12.34']);
  const cases: [string, string][] = [
    [MT('260332C10,NTRF', 'X'), 'bad-value'],
    [MT('260302X10,NTRF', 'X'), 'bad-value'],
    [MT('260302C1,2,3NTRF', 'X'), 'bad-value'],
    [MT('260302C10,NTRF', 'X', '62F:C260302EUR'), 'bad-value'],
    [MT('260302C10,NTRF', 'x'.repeat(200_000)), 'line-too-long'],
    [MT('260302C10,NTRF', 'X\n'.repeat(300)), 'line-too-long'],
  ];
  for (const [text, code] of cases) assert.equal((await refusal(text)).code, code, text.slice(100, 200));
});

// OFX, QIF --------------------------------------------------------------------------------------------------------------------------------

const OFX = (
  transactions: string,
  end = '</OFX>',
): string => `OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nENCODING:USASCII\r\nCHARSET:1252\r\n\r\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>30002<BRANCHID>00447<ACCTID>12345678901<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST>${transactions}</BANKTRANLIST><LEDGERBAL><BALAMT>+10,50<DTASOF>20260302</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1>${end}`;

test('OFX 1: unclosed tags, commas, entities, accents; cut or hostile files are refused', async () => {
  const text = OFX(
    '<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260302120000[+1:CET]<TRNAMT>1200,50<FITID>42<NAME>CAFÉ A &amp; B<MEMO>Facture F-1</STMTTRN>',
  );
  const [statement] = (await read(iconv.encode(text, 'windows-1252'), 'r.ofx')).statements;
  assert.deepEqual(
    [statement?.account, statement?.closing, statement?.closingOn],
    ['300020044712345678901', '10.50', '2026-03-02'],
  );
  assert.deepEqual(
    statement?.entries.map((e) => [e.bookedOn, e.amount, e.name, e.text, e.bankReference]),
    [['2026-03-02', '1200.50', 'CAFÉ A & B', 'CAFÉ A & B Facture F-1', '42']],
  );
  const one = '<STMTTRN><DTPOSTED>20260302<TRNAMT>1</STMTTRN>';
  const cases: [string, string][] = [
    [OFX(one, ''), 'broken-statement'],
    [OFX(one).replace('</STMTTRN>', '<STMTTRN>'), 'broken-statement'],
    [OFX(one.replace('20260302', '20260231')), 'bad-value'],
    [OFX(one.replace('<TRNAMT>1', '<TRNAMT>1,2,3')), 'bad-value'],
    [OFX(one).replace('<OFX>', '<!DOCTYPE OFX SYSTEM "x"><OFX>'), 'xml-doctype'],
    ['OFXHEADER:100\n\n<OFX><SIGNONMSGSRSV1></SIGNONMSGSRSV1></OFX>', 'no-statement'],
  ];
  for (const [content, code] of cases) assert.equal((await refusal(content)).code, code, content.slice(-200));
});

test('QIF: French dates and amounts; doubts about the order of days are said', async () => {
  const french = '!Type:Bank\nD31/01/2026\nT-1 234,56\nPEDF\nMFacture\n^\nD02/02/26\nT10,00\nPX\n^\n';
  const [statement] = (await read(french)).statements;
  assert.deepEqual(
    statement?.entries.map((e) => [e.bookedOn, e.amount]),
    [
      ['2026-01-31', '-1234.56'],
      ['2026-02-02', '10.00'],
    ],
  );
  const doubtful = "!Type:Bank\nD3/4'26\nT1.00\n^\n";
  assert.deepEqual(
    (await read(doubtful)).statements[0]?.warnings.map((w) => w.code),
    ['day-order-guessed', 'no-balances'],
  );
  assert.equal((await entries(doubtful, 'a.qif', { dayOrder: 'mdy' }))[0]?.bookedOn, '2026-03-04');
  for (const [text, code] of [
    ['!Type:Invst\nD3/4/26\n^\n', 'not-a-statement'],
    ['!Type:Bank\nD31/01/2026\nT1\n', 'broken-statement'],
    ['!Type:Bank\nD31/01/2026\nTabc\n^\n', 'bad-value'],
    ['!Type:Cat\nNFood\n^\n', 'no-statement'],
  ] as const) {
    assert.equal((await refusal(text)).code, code, text);
  }
});

test('other files are refused by what they are', async () => {
  for (const [content, code] of [
    ['', 'empty-file'],
    ['%PDF-1.7\n', 'unsupported-type'],
    ['bonjour', 'unsupported-type'],
    [new Uint8Array([0, 1, 2, 7, 8]), 'unsupported-type'],
    ['<html><body>Connexion</body></html>', 'unsupported-type'],
  ] as const) {
    assert.equal((await refusal(content)).code, code);
  }
  assert.equal((await refusal(cfonb([MADE]), 'a', { maxBytes: 100 })).code, 'too-large');
});
