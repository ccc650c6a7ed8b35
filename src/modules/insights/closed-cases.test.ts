import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learntRate, stepRecords } from '#core/history/rates.ts';
import { actionNamed, readClosedCases } from './closed-cases.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const TABLE = `Historique 2025
Dossier;Client;Secteur;Étape;Date;Montant dû;Encaissé;Frais;Temps
D-1;C1;BTP;Mise en demeure par mail;10/03/2025;1 200,00;1 200,00;8,50;0h30
D-1;C1;BTP;relance;01/03/2025;1 200,00;;;0,1
D-2;C2;;Relance;05/03/2025;500,00;200,00;;0:06
D-2;C2;;Appel téléphonique;12/03/2025;;300,00;;0,5
D-3;C2;BTP;Injonction de payer;02/04/2025;3 000,00;0;134,00;2
`;

test('a French table of steps, in any order of rows, becomes cases with their steps in order', () => {
  const read = readClosedCases(bytes(TABLE), 'clos.csv');
  assert.ok(read.ok);
  assert.deepEqual(read.value.rejected, []);
  assert.deepEqual(read.value.cases[0], {
    id: 'D-1',
    customer: 'C1',
    segment: 'BTP',
    faceCents: 120_000n,
    steps: [
      { action: 'EMAIL', costCents: 0n, minutes: 6, receivedCents: 0n, days: 9 },
      { action: 'MED', costCents: 850n, minutes: 30, receivedCents: 120_000n },
    ],
  });
  const records = stepRecords(read.value.cases);
  const of = (action: string) => records.find((r) => r.action === action);
  // A part payment settles nothing; the call that brought the rest does.
  assert.deepEqual([of('EMAIL')?.successes, of('EMAIL')?.cases, of('EMAIL')?.receivedCents], [0, 2, 20_000n]);
  assert.deepEqual([of('CALL')?.successes, of('CALL')?.minutes], [1, 30]);
  assert.deepEqual([of('IP')?.costCents, of('IP')?.successes], [13_400n, 0]);
  assert.equal(learntRate(read.value.cases, 'MED', 0.4, { action: 20, customer: 3 }).user.successes, 1);
});

test('a case with a row that cannot be read is left out whole, and the row is named', () => {
  const read = readClosedCases(bytes(`${TABLE}D-3;C2;BTP;Danse de la pluie;03/04/2025;;;;\n`), 'clos.csv');
  assert.ok(read.ok);
  assert.deepEqual(
    read.value.cases.map((c) => c.id),
    ['D-1', 'D-2'],
  );
  assert.equal(read.value.rejected[0]?.line, 8);
  assert.match(read.value.rejected[0]?.reason ?? '', /Danse de la pluie/);
});

test('what is missing is asked for by name; a mapping answers', () => {
  const text = 'Dossier;Étape;Date;Montant dû;Rentré\nD-1;relance;01/03/2025;100,00;100,00\n';
  const refused = readClosedCases(bytes(text), 'x.csv');
  assert.ok(!refused.ok);
  assert.equal(refused.refusal.code, 'closed-cases-missing-columns');
  assert.match(refused.refusal.message, /l’encaissé \(received\)/);
  const mapped = readClosedCases(bytes(text), 'x.csv', { received: 'Rentré' });
  assert.ok(mapped.ok && mapped.value.cases[0]?.steps[0]?.receivedCents === 10_000n);
  const none = readClosedCases(bytes('Dossier;Étape;Date;Montant dû;Encaissé\nD-1;relance;le 3;100;0\n'), 'x.csv');
  assert.ok(!none.ok && none.refusal.code === 'closed-cases-none');
  const nothing = readClosedCases(bytes('bonjour'), 'x.csv');
  assert.ok(!nothing.ok && nothing.refusal.code === 'closed-cases-no-header');
});

test('steps as people call them', () => {
  const names = {
    'Relance mail n°2': 'EMAIL',
    'LRAR mise en demeure': 'MED',
    Téléphone: 'CALL',
    'Référé-provision': 'REFERE',
    'Société de recouvrement': 'AGENCY',
    'Saisie-attribution (huissier)': 'ENFORCE',
    'Passage en perte': 'WRITEOFF',
    IP: 'IP',
    mediation: 'MEDIATION',
    'Échéancier 3 fois': 'PLAN',
  };
  for (const [text, action] of Object.entries(names)) assert.equal(actionNamed(text), action, text);
  assert.equal(actionNamed('prière'), undefined);
});
