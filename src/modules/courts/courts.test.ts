import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { day } from '#core/kernel/day.ts';
import { money } from '#core/kernel/money.ts';
import { PARTY_QUALITIES } from '#core/law/parties.ts';
import type { CourtArea } from '#formats/courts/directory.ts';
import { freshDatabase } from '../../../test/support/database.ts';
import { courtOfCase } from './case-court.ts';
import { communeOf } from './communes.ts';
import { type CourtQuestion, casesOf, type Party, qualityOfForm } from './courts.ts';

/** From a commune and two qualities to a court: the rule is the core's, the names the list's, and none is invented. */

const PLACES = { nantes: '44109', paris: '75056', strasbourg: '67482', saintDenis: '97411', boulogne: '92012', noumea: '98818' };

function asked(
  insee: string,
  debtor: Party,
  creditor: Party = 'company',
  euros = 4800n,
  more: Partial<CourtQuestion> = {},
): CourtQuestion {
  const commune = communeOf(insee);
  assert.ok(commune, insee);
  return { commune, debtor, creditor, amount: money(euros * 100n), procedure: 'payment-order', asOf: day('2026-11-21'), ...more };
}

const AREA: CourtArea = {
  insee: '',
  name: 'X',
  appealCourt: 'Cour d’appel d’Essai',
  judicialCourt: 'Tribunal judiciaire d’Essai',
  proximityCourt: 'Tribunal de proximité d’Essai',
  labourCourt: null,
};

/** « kind: name / name (proximity) » of each court of each case. */
const told = (question: CourtQuestion, areas: readonly CourtArea[] = []) =>
  casesOf(question, areas).map(({ answer }) =>
    answer.status === 'computed'
      ? answer.value.courts
          .map((court) => [court.kind, court.names.join('/'), court.proximity.join('/')].filter(Boolean).join(' '))
          .join(' | ')
      : answer.status,
  );

test('the kind follows the qualities and the place', () => {
  assert.deepEqual(told(asked(PLACES.nantes, 'company')), ['commercial']);
  assert.deepEqual(told(asked(PLACES.nantes, 'consumer')), ['judicial']);
  assert.deepEqual(told(asked(PLACES.nantes, 'public-body')), ['administrative']);
  assert.deepEqual(told(asked(PLACES.nantes, 'company', 'liberal')), ['commercial | judicial']);
  assert.deepEqual(told(asked(PLACES.strasbourg, 'company')), ['commercial-chamber']);
  assert.deepEqual(told(asked(PLACES.saintDenis, 'company')), ['mixed-commercial']);
  assert.deepEqual(told(asked(PLACES.noumea, 'company')), ['not-encoded']);
});

test('a name is that of the list, or of an experimental court that sits in the very commune; the commune never lends its own', () => {
  assert.deepEqual(told(asked(PLACES.paris, 'company')), ['economic-activities Tribunal des activités économiques de Paris']);
  assert.deepEqual(told(asked(PLACES.paris, 'company', 'company', 4800n, { asOf: day('2029-01-01') })), ['commercial']);
  assert.deepEqual(told(asked(PLACES.boulogne, 'company'), [AREA]), ['commercial']);
  assert.deepEqual(told(asked(PLACES.nantes, 'consumer'), [AREA]), [
    'judicial Tribunal judiciaire d’Essai Tribunal de proximité d’Essai',
  ]);
  assert.deepEqual(told(asked(PLACES.nantes, 'consumer', 'company', 12_000n), [AREA]), ['judicial Tribunal judiciaire d’Essai']);
  assert.deepEqual(told(asked(PLACES.strasbourg, 'company'), [AREA]), [
    'commercial-chamber Chambre commerciale, Tribunal judiciaire d’Essai',
  ]);
  assert.deepEqual(told(asked(PLACES.nantes, 'consumer'), [AREA, { ...AREA, judicialCourt: 'Tribunal judiciaire d’Ailleurs' }]), [
    'judicial Tribunal judiciaire d’Essai/Tribunal judiciaire d’Ailleurs Tribunal de proximité d’Essai',
  ]);
});

test('« a business » is told apart only where it changes the court', () => {
  const cases = casesOf(asked(PLACES.nantes, 'business'), []);
  assert.deepEqual(
    cases.map(({ when }) => when?.slice(0, 33)),
    ['si votre client est une société c', 'si votre client est un profession'],
  );
  const both = casesOf(asked(PLACES.nantes, 'business', 'business'), []);
  assert.equal(both.length, 3);
  assert.match(both[1]?.when ?? '', /si votre client est une société .*, et si vous êtes un professionnel libéral/u);
  assert.deepEqual(
    casesOf(asked(PLACES.nantes, 'consumer', 'business'), []).map(({ when }) => when),
    [undefined],
  );
  assert.deepEqual(
    casesOf(asked(PLACES.noumea, 'business', 'business'), []).map(({ when }) => when),
    [undefined],
  );
});

test('whatever the qualities, the place and the amount: at least one case, its courts and its reasons, or a reason why not', () => {
  const parties: readonly Party[] = ['business', ...PARTY_QUALITIES];
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(PLACES)),
      fc.constantFrom(...parties),
      fc.constantFrom(...parties),
      fc.bigInt({ min: 0n, max: 1_000_000n }),
      fc.constantFrom('payment-order', 'merits', 'interim'),
      fc.constantFrom([], [AREA]),
      (insee, debtor, creditor, euros, procedure, areas) => {
        const cases = casesOf(asked(insee, debtor, creditor, euros, { procedure }), areas);
        assert.ok(cases.length > 0 && cases.length <= 4);
        assert.ok(cases.length === 1 || cases.every((one) => one.when));
        for (const { answer } of cases) {
          if (answer.status !== 'computed') assert.match('reason' in answer ? answer.reason : '', /\.$/u);
          else assert.ok(answer.value.courts.length > 0 && answer.trace.length > 0);
        }
      },
    ),
  );
});

test('the card of a case: abroad, no address, a postcode to choose in, a choice that no longer stands', async (t) => {
  const db = await freshDatabase(t);
  const facts = {
    debtor: 'business',
    postcode: '44000',
    city: 'Nantes',
    country: 'FR',
    legalForm: 'SAS',
    amount: money(480_000n),
    asOf: day('2026-11-21'),
    insee: undefined,
    addressHref: '/x',
  } as const;
  const show = async (more: Partial<Parameters<typeof courtOfCase>[1]>) => courtOfCase({ db }, { ...facts, ...more });
  assert.equal((await show({})).show, 'courts');
  assert.equal((await show({ country: 'BE' })).show, 'abroad');
  assert.deepEqual(await show({ postcode: null }), { show: 'no-address', href: '/x', postcode: null });
  assert.deepEqual(await show({ postcode: '00000' }), { show: 'no-address', href: '/x', postcode: '00000' });
  const several = await show({ postcode: '01400', city: 'Ailleurs' });
  assert.ok(several.show === 'choose' && several.communes.length > 5);
  const chosen = await show({ postcode: '01400', city: null, insee: several.communes[2]?.insee });
  assert.ok(chosen.show === 'courts');
  assert.equal(chosen.answer.commune.insee, several.communes[2]?.insee);
  assert.equal((await show({ postcode: '01400', city: null, insee: '44109' })).show, 'choose');
});

test('the quality of a legal form, where it tells', () => {
  assert.deepEqual(['SAS', 'EI', 'SCI', 'Association', 'SELARL', 'SCIC', null].map(qualityOfForm), [
    'company',
    'business',
    'civil-company',
    'association',
    'business',
    'business',
    'business',
  ]);
});

test('quitus courts find: for people, for programs, and what to mend', async (t) => {
  const { url } = await freshDatabase(t);
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const run = (...args: string[]) => {
    const child = spawnSync(process.execPath, ['--import', './tools/tsx-hook.mjs', 'src/main.ts', 'courts', 'find', ...args], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: url, QUITUS_TODAY: '2026-11-21' },
      encoding: 'utf8',
    });
    return { code: child.status, out: child.stdout, err: child.stderr };
  };
  const found = run('--postcode', '44000', '--debtor', 'company', '--creditor', 'company', '--amount', '4800,00', '--json');
  assert.equal(found.code, 0, found.err);
  const answer = JSON.parse(found.out) as {
    commune: { insee: string };
    cases: { courts: { kind: string }[] }[];
    directory: null;
  };
  assert.deepEqual([answer.commune.insee, answer.cases[0]?.courts[0]?.kind, answer.directory], ['44109', 'commercial', null]);
  const text = run('--postcode', '44000', '--debtor', 'business');
  assert.match(text.out, /Si votre client est une société commerciale.*tribunal de commerce \(nom inconnu\).*lannuaire/su);
  const several = run('--postcode', '01400', '--debtor', 'consumer');
  assert.deepEqual(
    [several.code, /--commune/.test(several.out), /01093 {2}Châtillon-sur-Chalaronne/u.test(several.out)],
    [1, true, true],
  );
  assert.equal(run('--postcode', '01400', '--city', 'Châtillon sur Chalaronne', '--debtor', 'consumer').code, 0);
  assert.equal(run('--postcode', '00000', '--debtor', 'consumer').code, 1);
  assert.deepEqual([run('--debtor', 'nobody').code, run('--postcode', '44000').code], [2, 2]);
});
