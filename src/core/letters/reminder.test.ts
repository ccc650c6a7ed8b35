import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../kernel/day.ts';
import { money } from '../kernel/money.ts';
import { composeReminder, type ReminderFacts } from './reminder.ts';

const bill = (number: string, cents: bigint, left = cents): ReminderFacts['invoices'][number] => ({
  number,
  issuedOn: day('2026-03-01'),
  dueOn: day('2026-03-31'),
  amount: money(cents),
  left: money(left),
});
const FACTS: ReminderFacts = {
  creditor: { name: 'Atelier des Brumes', signatory: 'Camille Moreau', iban: 'FR7630006000011234567890189' },
  reference: 'D-2026-0007',
  invoices: [bill('F-12', 480_000n)],
  earlier: 0,
};
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

test('the first reminder asks what is in the way', () => {
  const { subject, body } = composeReminder(FACTS);
  assert.equal(plain(subject), 'Facture F-12 : où en est le paiement ?');
  assert.equal(
    plain(body),
    [
      'Bonjour,',
      'Sauf erreur, la facture F-12 du 1er mars 2026, de 4 800,00 €, échue le 31 mars 2026 n’est pas encore réglée.',
      'Est-elle bien arrivée, et quelque chose en retarde-t-il le paiement ?',
      'Si le virement est déjà parti, merci d’en donner la date et de ne pas tenir compte de ce message.',
      'Pour le virement : IBAN FR76 3000 6000 0112 3456 7890 189, référence D-2026-0007.',
      'Bien cordialement,',
      'Camille Moreau\nAtelier des Brumes',
    ].join('\n\n'),
  );
});

test('the next ones ask for a day, with what is left of each invoice', () => {
  const { subject, body } = composeReminder({
    ...FACTS,
    creditor: { name: 'Atelier des Brumes' },
    invoices: [bill('F-12', 480_000n, 120_050n), bill('F-14', 10_000n)],
    earlier: 2,
  });
  assert.equal(plain(subject), 'Factures F-12 et F-14 : rappel');
  assert.match(
    plain(body),
    /réglées :\n– F-12 du 1er mars 2026, de 4 800,00 €, dont il reste 1 200,50 €, échue le 31 mars 2026\n– F-14 /,
  );
  assert.match(plain(body), /le jour où le paiement arrivera, ou ce qui l’empêche.*en plusieurs fois/s);
  assert.doesNotMatch(body, /IBAN/, 'no account is given, none is written');
});

test('a subject names three invoices, and counts the others', () => {
  const invoices = ['F-1', 'F-2', 'F-3', 'F-4', 'F-5'].map((number) => bill(number, 10_000n));
  assert.equal(plain(composeReminder({ ...FACTS, invoices, earlier: 1 }).subject), 'Factures F-1, F-2, F-3 et 2 autres : rappel');
});

test('no reminder threatens', () => {
  for (const earlier of [0, 1, 5])
    assert.doesNotMatch(
      composeReminder({ ...FACTS, earlier }).body,
      /poursui|tribunal|huissier|commissaire|pénalit|contentieux|défaut/i,
    );
  assert.throws(() => composeReminder({ ...FACTS, invoices: [] }), RangeError);
});
