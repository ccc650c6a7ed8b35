import { ACTION_WORDS } from '#core/advice/actions.ts';
import { type ChoiceRecord, type ClosedChoice, choiceRecords, type PairRecord, pairRecords } from '#core/history/decided.ts';
import { rateSentence } from '#core/history/sentences.ts';
import { money } from '#core/kernel/money.ts';
import { fr } from '#core/letters/typography.ts';
import { Amount, Card, type Column, DataTable, Disclosure } from '#ui/components/index.ts';
import { NBSP } from '#ui/format.ts';

const COUNTS: readonly Column<ChoiceRecord>[] = [
  { header: 'Fois', align: 'end', tight: true, cell: (r) => `${r.times}${NBSP}fois` },
  { header: 'A tout réglé', cell: (r) => rateSentence({ ...r, cases: r.times, successes: r.settled }) },
  { header: 'Encaissé ensuite', align: 'end', tight: true, cell: (r) => <Amount of={money(r.receivedCents)} /> },
];

const FOLLOWED: readonly Column<ChoiceRecord>[] = [
  { header: 'Vous avez', title: true, cell: (r) => (r.followed ? 'Suivi le conseil' : 'Choisi autre chose') },
  ...COUNTS,
];

const PAIRS: readonly Column<PairRecord>[] = [
  { header: 'Proposé', title: true, cell: (r) => ACTION_WORDS[r.proposed].title },
  { header: 'Choisi', cell: (r) => (r.chosen === undefined ? 'Rien pour l’instant' : ACTION_WORDS[r.chosen].title) },
  ...COUNTS,
];

/** What came of the advice followed, and of other choices. Nothing when no closed case holds a choice. */
export function ChoicesCard({ choices }: { choices: readonly ClosedChoice[] }) {
  if (choices.length === 0) return null;
  return (
    <Card title="Quand vous suivez le conseil, et quand vous faites autrement" icon="check" flush>
      <DataTable caption="Ce qui a suivi vos décisions" captionHidden columns={FOLLOWED} rows={choiceRecords(choices)} />
      <div class="q-card-body">
        <p class="q-note">
          {fr`Une décision a tout réglé quand l'argent reçu avant la suivante solde le dossier. Ce ne sont pas les mêmes dossiers de part et d'autre : ces chiffres ne disent pas que suivre le conseil fait payer.`}
        </p>
        <Disclosure summary="Par étape proposée et choisie">
          <DataTable caption="Par étape proposée et choisie" captionHidden columns={PAIRS} rows={pairRecords(choices)} />
        </Disclosure>
      </div>
    </Card>
  );
}
