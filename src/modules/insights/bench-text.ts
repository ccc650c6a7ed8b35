import type { Interval } from '#core/forecast/bootstrap.ts';
import { CATALOGUE } from '#core/forecast/catalogue.ts';
import type { Evaluation, Score } from '#core/forecast/evaluate.ts';
import type { BenchReport } from './bench.ts';

const NB = '\u00a0';
const N = '\u202f';
const LABEL = 27;
const CELL = 26;

const number = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toFixed(digits).replace('.', ',').replace('-', '−') : '—';
const percent = (share: number): string => (Number.isFinite(share) ? `${number(share * 100, 1)}${NB}%` : '—');

/** "0,391 [0,356–0,428]" */
const interval = ({ value, low, high }: Interval, digits: number): string =>
  `${number(value, digits)}${Number.isFinite(low) ? ` [${number(low, digits)} ; ${number(high, digits)}]` : ''}`;

const line = (label: string, cells: readonly string[]): string =>
  `${label.padEnd(LABEL)}${cells.map((c) => c.padStart(CELL)).join('')}`.trimEnd();

const CHANCE_COLUMNS: readonly (readonly [Score, string, number])[] = [
  ['auc', 'AUC', 3],
  ['logLoss', 'log loss', 4],
  ['brier', 'Brier', 4],
  ['ece', 'ECE', 3],
];
const DATE_COLUMNS: readonly (readonly [Score, string, number])[] = [
  ['c', 'C', 3],
  ['mae', 'MAE jours', 2],
  ['maeLate', 'MAE retard', 2],
  ['coverage', `couverture 80${NB}%`, 3],
];

function table(models: readonly Evaluation[], columns: typeof CHANCE_COLUMNS, ofChances: boolean): string[] {
  const rows = models.map(({ id, scores }) => {
    const known = CATALOGUE[id].chances || !ofChances;
    return line(
      CATALOGUE[id].label,
      columns.map(([score, , digits]) => (known ? interval(scores[score], digits) : '—')),
    );
  });
  return [
    line(
      '',
      columns.map(([, title]) => title),
    ),
    ...rows,
  ];
}

function* gaps(models: readonly Evaluation[]): Generator<string> {
  yield line('gain sur la moyenne client', ['log loss', 'Brier', 'MAE jours']);
  for (const { id, gap } of models)
    if (gap) yield line(CATALOGUE[id].label, [interval(gap.logLoss, 4), interval(gap.brier, 4), interval(gap.mae, 2)]);
}

function* calibration(model: Evaluation): Generator<string> {
  yield `Fiabilité de «${NB}${CATALOGUE[model.id].label}${NB}» (retard annoncé, retard observé)${N}:`;
  for (const { from, to, n, announced, observed } of model.reliability)
    yield `  ${percent(from)} à ${percent(to)}`.padEnd(22) +
      `${String(n).padStart(6)} factures   annoncé ${percent(announced).padStart(7)}   observé ${percent(observed).padStart(7)}`;
}

function* rolling({ rolling: { contests, chosen }, origins }: BenchReport): Generator<string> {
  yield `Origine glissante, ${origins.length} dates (${origins.join(', ')})${N}:`;
  yield line('', ['log loss', 'gain sur le défaut', 'erreur type']);
  for (const { id, logLoss, gain, error } of contests)
    yield line(CATALOGUE[id].label, [number(logLoss, 4), number(gain, 4), number(error, 4)]);
  yield `Modèle retenu pour ces données${N}: ${CATALOGUE[chosen].label}.`;
}

function* cash(report: BenchReport): Generator<string> {
  if (report.cash.length === 0) return;
  yield '';
  yield `Encaissements, prévisions chaque semaine à partir du ${report.cut} (${report.cash[0]?.dates ?? 0} dates)${N}:`;
  yield line('', ['erreur 7 jours', 'erreur 30 jours', `bande 80${NB}% couvre`, 'largeur']);
  for (const { id, error7, error30, covered, width } of report.cash) {
    const band = CATALOGUE[id].chances ? [percent(covered), percent(width)] : ['—', '—'];
    yield line(CATALOGUE[id].label, [percent(error7), percent(error30), ...band]);
  }
  if (report.largestShare > 0.1)
    yield `Une seule facture fait ${percent(report.largestShare)} du total${N}: ces erreurs sont d’abord la sienne.`;
}

/** The report as people read it, in French. */
export function* benchLines(report: BenchReport): Generator<string> {
  const { cut, learnt, settledBeforeCut, tested, lateShare, models, random } = report;
  yield `Coupure au ${cut}${N}: ${learnt} factures apprises, dont ${settledBeforeCut} réglées avant la coupure${N}; ${tested} prévues, ${percent(lateShare)} en retard.`;
  yield `Chaque facture est prévue avec ce qui était connu le matin de son début. Intervalles à 90${NB}%, clients tirés au sort.`;
  yield '';
  yield* table(models, CHANCE_COLUMNS, true);
  yield '';
  yield* table(models, DATE_COLUMNS, false);
  yield '';
  yield* gaps(models);
  yield '';
  const best = models.find((m) => m.id === 'hazard');
  if (best) yield* calibration(best);
  yield '';
  yield* rolling(report);
  yield* cash(report);
  if (random) {
    yield '';
    yield `Attention${N}: avec une coupure au hasard, le même modèle afficherait AUC ${number(random.scores.auc.value, 3)} et log loss ${number(random.scores.logLoss.value, 4)}.`;
    yield 'Ce chiffre ne vaut rien pour l’avenir : le modèle aurait appris sur les mêmes mois que ceux qu’on lui demande.'.replace(
      ' :',
      `${N}:`,
    );
  }
  yield `Ces mesures portent sur des dates de paiement, pas sur l’effet d’une relance${N}: aucune action de recouvrement n’est dans le fichier.`;
}
