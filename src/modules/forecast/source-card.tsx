import { NEEDED_FOR_HAZARD, NEEDED_TO_CHOOSE, type TrackRecord } from '#core/forecast/own.ts';
import { fr } from '#core/letters/typography.ts';
import { Card, type Column, DataTable, Disclosure } from '#ui/components/index.ts';
import { count, NBSP } from '#ui/format.ts';
import type { Report } from './runs.ts';
import { MODEL_WORDS, share } from './words.ts';

const PUBLISHED = fr`Courbe publiée : 48,7 % des entreprises paient au plus tard à l’échéance, 7,6 % ont plus de trente jours de retard, 13 jours de retard en moyenne (Altares 2024). Ces trois points sont publiés ; la forme entre eux est à dire d’expert, pour des factures à trente jours.`;

const number = (x: number, decimals: number): string => x.toFixed(decimals).replace('.', ',').replace('-', '\u2212');

/** Where the figures come from: the method kept, against which others, and what past forecasts were worth. */
export function SourceCard({ report: { choice } }: { report: Report }) {
  const { settled, chosen, contests, record } = choice;
  return (
    <Card title="Ce que vaut cette prévision" icon="calculator" id="methode">
      {contests.length === 0 ? (
        <>
          <p>
            {fr`Quitus connaît ${count(settled, 'facture payée', 'factures payées')} chez vous. Il en faut ${NEEDED_TO_CHOOSE} pour comparer des méthodes sur votre propre passé. D’ici là, la prévision part d’une courbe publiée, que chaque facture payée corrige.`}
          </p>
          <p class="q-note">{PUBLISHED}</p>
        </>
      ) : (
        <>
          <p>
            <strong>{MODEL_WORDS[chosen]}</strong>
            {fr` : la méthode retenue sur vos ${count(settled, 'facture payée', 'factures payées')}, parmi ${contests.length}. ${
              chosen === choice.incumbent
                ? 'Aucune autre ne l’a battue nettement.'
                : `Elle a battu nettement « ${MODEL_WORDS[choice.incumbent]} », la méthode de départ.`
            }`}
          </p>
          {record && <Record of={record} />}
          <Disclosure summary="Les méthodes comparées sur votre passé">
            <Contests choice={choice} />
          </Disclosure>
          {(chosen === 'prior' || choice.incumbent === 'prior') && <p class="q-note">{PUBLISHED}</p>}
        </>
      )}
    </Card>
  );
}

function Record({ of }: { of: TrackRecord }) {
  const columns: readonly Column<TrackRecord['reliability'][number]>[] = [
    { header: 'Chance de retard annoncée', title: true, cell: (r) => `${Math.round(r.from * 100)} à ${share(r.to)}` },
    { header: 'Factures', align: 'end', tight: true, cell: (r) => String(r.n) },
    { header: 'Annoncé en moyenne', align: 'end', tight: true, cell: (r) => share(r.announced) },
    { header: 'Payées en retard', align: 'end', tight: true, cell: (r) => share(r.observed) },
  ];
  return (
    <>
      <p>
        {fr`Sur vos ${count(of.n, 'dernière facture', 'dernières factures')} dont la suite est connue, la prévision faite le jour où chacune est arrivée annonçait ${share(of.announced)} de retards ; il y en a eu ${share(of.observed)}. `}
        {of.paid > 0 &&
          fr`La date du paiement est tombée dans la fourchette ${Math.round(of.covered * 100)} fois sur 100 (80 annoncées), et une fois sur deux à moins de ${count(Math.max(1, Math.round(of.medianMiss)), 'jour')} de la date probable.`}
      </p>
      <Disclosure summary="Annoncé et arrivé, par tranche">
        <DataTable caption="Retards annoncés et retards arrivés" captionHidden columns={columns} rows={of.reliability} />
      </Disclosure>
    </>
  );
}

function Contests({ choice: { contests, chosen, incumbent } }: { choice: Report['choice'] }) {
  type Row = (typeof contests)[number];
  const columns: readonly Column<Row>[] = [
    {
      header: 'Méthode',
      title: true,
      cell: (c) => (c.id === chosen ? <strong>{MODEL_WORDS[c.id]} (retenue)</strong> : MODEL_WORDS[c.id]),
    },
    { header: 'Perte logarithmique', align: 'end', tight: true, cell: (c) => number(c.logLoss, 3) },
    {
      header: 'Gain sur celle de départ',
      align: 'end',
      tight: true,
      cell: (c) =>
        c.id === incumbent ? 'départ' : `${number(c.gain, 3)}${c.error === null ? '' : `${NBSP}±${NBSP}${number(c.error, 3)}`}`,
    },
  ];
  return (
    <>
      <DataTable
        caption="Plus la perte est basse, plus la chance de retard annoncée était juste"
        columns={columns}
        rows={[...contests].sort((a, b) => a.logLoss - b.logLoss)}
      />
      <p class="q-note">
        {fr`Six fois, on a coupé votre passé à une date : chaque méthode n’a appris que de ce qui était connu la veille, puis a été jugée sur les factures suivantes. Celle de départ reste, sauf si une autre gagne plus que l’incertitude de la mesure. À partir de ${NEEDED_FOR_HAZARD} factures payées, le départ est le risque période après période.`}
      </p>
    </>
  );
}
