import { ACTION_WORDS } from '#core/advice/actions.ts';
import { learntSentence, NOT_CAUSAL, rateSentence } from '#core/history/sentences.ts';
import { money } from '#core/kernel/money.ts';
import { fr } from '#core/letters/typography.ts';
import { figurePath, portfolioPath } from '#modules/advice/index.ts';
import {
  Alert,
  Amount,
  Card,
  type Column,
  ConfirmButton,
  DataTable,
  Disclosure,
  EmptyState,
  FileDrop,
  Form,
  PageHeader,
  Status,
  Submit,
} from '#ui/components/index.ts';
import { count, NBSP } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import type { ViewContext } from '#ui/view.ts';
import { ChoicesCard } from './choices-card.tsx';
import type { OwnCases } from './own-cases.ts';
import type { OwnRate } from './own-rates.ts';
import { acceptPath, forgetImportedPath, historyPath, timingPath } from './paths.ts';

const percent = (share: number): string => `${Math.round(share * 100)}${NBSP}%`;

/** « 4 h 05 », « 20 min »: minutes as they were noted, not an estimate. */
function minutesWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest}${NBSP}min`;
  return `${hours}${NBSP}h${rest === 0 ? '' : `${NBSP}${String(rest).padStart(2, '0')}`}`;
}

const COLUMNS: readonly Column<OwnRate>[] = [
  { header: 'Étape', title: true, cell: ({ record }) => ACTION_WORDS[record.action].title },
  { header: 'Faite', align: 'end', tight: true, cell: ({ record }) => `${record.cases}${NBSP}fois` },
  { header: 'A tout réglé', cell: ({ record }) => rateSentence(record) },
  { header: 'Encaissé ensuite', align: 'end', tight: true, cell: ({ record }) => <Amount of={money(record.receivedCents)} /> },
  { header: 'Frais avancés', align: 'end', tight: true, cell: ({ record }) => <Amount of={money(record.costCents)} /> },
  { header: 'Votre temps', align: 'end', tight: true, cell: ({ record }) => minutesWords(record.minutes) },
];

interface Props {
  view: ViewContext;
  own: OwnCases;
  rates: readonly OwnRate[];
  maxBytes: number;
  error?: string;
}

/** « Vos dossiers clos »: what each step yielded and cost, and what the advice may learn of it. */
export function HistoryPage({ view, own, rates, maxBytes, error }: Props) {
  const { followed, imported } = own;
  return (
    <Page view={view} title="Vos dossiers clos" scripts={['drop.js']}>
      <PageHeader
        title="Vos dossiers clos"
        subtitle="Ce que chaque étape a rapporté et coûté chez vous, et ce que le conseil peut en apprendre."
        overline={view.tenant?.name ?? ''}
        back={{ href: portfolioPath, label: 'Où mettre votre temps' }}
      />
      {rates.length === 0 ? (
        <EmptyState icon="cases" title="Aucun dossier clos avec une étape">
          <p>Les dossiers que vous fermez dans Quitus compteront ici. Pour ceux d’avant, déposez un tableau ci-dessous.</p>
        </EmptyState>
      ) : (
        <Results rates={rates} followed={followed.length} imported={imported.length} view={view} />
      )}
      <p>
        <a href={timingPath}>Comparer deux délais de rappel</a>&#8239;: le seul moyen de savoir ce qui fait payer, c’est de tirer
        au sort.
      </p>
      <ChoicesCard choices={followed.flatMap((c) => c.choices ?? [])} />
      <Card title="Ajouter des dossiers d’avant Quitus" icon="upload" id="importer">
        <FileDrop
          view={view}
          action={historyPath}
          name="files"
          label="Un tableau CSV, une ligne par étape"
          hint={fr`Il faut le numéro du dossier, l’étape, sa date, le montant dû et l’encaissé. Le client, le secteur, les frais et le temps passé sont lus s’ils y sont. Rien n’est ajouté avant que vous ayez relu.`}
          accept=".csv,.txt,text/csv"
          maxBytes={maxBytes}
          multiple={false}
          submit="Relire le tableau"
          error={error}
        />
        {imported.length > 0 && (
          <ConfirmButton
            view={view}
            action={forgetImportedPath}
            label="Retirer les dossiers ajoutés"
            question={fr`Les dossiers ajoutés par tableau (${imported.length}) seront retirés de ces taux. Ceux que vous suivez dans Quitus restent, et vos tableaux peuvent être déposés de nouveau.`}
            confirm="Retirer"
            danger
          />
        )}
      </Card>
    </Page>
  );
}

function Results({
  view,
  rates,
  followed,
  imported,
}: {
  view: ViewContext;
  rates: readonly OwnRate[];
  followed: number;
  imported: number;
}) {
  const learnt = rates.filter((rate) => rate.learnt);
  const others = rates.filter((rate) => !rate.learnt);
  return (
    <>
      <Alert tone="info" title="Des taux, pas des causes">
        <p>{NOT_CAUSAL}</p>
      </Alert>
      <Card title="Ce que chaque étape a donné" icon="cases" flush>
        <DataTable
          caption={fr`${count(followed, 'dossier clos', 'dossiers clos')} dans Quitus, ${count(imported, 'dossier ajouté', 'dossiers ajoutés')} par tableau. Une étape a réussi quand l’argent reçu avant la suivante solde le dossier.`}
          columns={COLUMNS}
          rows={rates}
        />
      </Card>
      {learnt.length > 0 && (
        <Card title="Ce que le conseil peut en apprendre" icon="interest">
          <p class="q-note">
            {fr`Peu de dossiers disent peu de chose : chaque taux part de celui de Quitus et ne s’en éloigne qu’autant que vos dossiers le portent. Le taux par défaut est celui que les chiffres de départ auraient donné à ces mêmes étapes. Rien ne change tant que vous ne l’avez pas décidé.`}
          </p>
          <ul class="q-insight-rates">
            {learnt.map((rate) => (
              <Learnt view={view} of={rate} />
            ))}
          </ul>
        </Card>
      )}
      {others.length > 0 && learnt.length > 0 && (
        <p class="q-note">
          {fr`Sans chiffre à en tirer : ${others.map((rate) => ACTION_WORDS[rate.record.action].title.toLowerCase()).join(', ')}. Leur issue dépend de plusieurs étapes à la fois.`}
        </p>
      )}
    </>
  );
}

function Learnt({ view, of: { record, learnt, segments, inUse } }: { view: ViewContext; of: OwnRate }) {
  if (!learnt) return null;
  const { rate, value, figure } = learnt;
  const title = ACTION_WORDS[record.action].title;
  return (
    <li>
      <h3 class="q-advice-h">{title}</h3>
      <p class="q-insight-sentence">{learntSentence(rate)}</p>
      <p class="q-note">{fr`Neuf chances sur dix que le taux soit entre ${percent(rate.low)} et ${percent(rate.high)}.`}</p>
      {segments.length > 0 && (
        <Disclosure summary={`Par secteur (${segments.length})`}>
          <ul>
            {segments.map((one) => (
              <li>{learntSentence(one.rate)}</li>
            ))}
          </ul>
        </Disclosure>
      )}
      {inUse ? (
        <p>
          <Status tone="good">Repris par le conseil</Status> <a href={figurePath(figure)}>Voir ou rétablir le chiffre</a>
        </p>
      ) : value ? (
        <Form view={view} action={acceptPath}>
          <input type="hidden" name="action" value={record.action} />
          <Submit weight="plain">
            Reprendre ce taux<span class="visually-hidden">{`${NBSP}: ${title}`}</span>
          </Submit>
        </Form>
      ) : (
        <p class="q-note">Aucune valeur du modèle ne mène à ce taux&#8239;: il n’est pas proposé.</p>
      )}
    </li>
  );
}
