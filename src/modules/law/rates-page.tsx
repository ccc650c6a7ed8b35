import type { Day } from '#core/kernel/day.ts';
import { weakest } from '#core/kernel/outcome.ts';
import type { Ratio } from '#core/kernel/ratio.ts';
import { currentLaw } from '#core/law/book.ts';
import { rateTable } from '#core/law/rates.ts';
import { type DatedValue, type Series, valueOn } from '#core/law/series.ts';
import { Alert, Card, CertaintyMark, Cites, type Column, DataTable, Disclosure, PageHeader } from '#ui/components/index.ts';
import { euros, longDay, percent, relativeDay, shortDay } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import type { ViewContext } from '#ui/view.ts';
import { UNCONFIRMED } from './unconfirmed.ts';

/** A series as the page shows it: what it is for, in one sentence, and how its values are written. */
interface Shown<T> {
  readonly series: Series<T>;
  readonly title: string;
  readonly use: string;
  readonly write: (value: T) => string;
}

const rates = rateTable(currentLaw);

const RATES: readonly Shown<Ratio>[] = [
  {
    series: rates.business,
    title: 'Retard entre professionnels',
    use: 'Le taux des pénalités de retard quand ni le contrat ni les conditions de vente n’en fixent un autre. Il change chaque semestre.',
    write: percent,
  },
  {
    series: rates.public,
    title: 'Retard d’un acheteur public',
    use: 'Celui du semestre où les intérêts commencent à courir : il vaut ensuite pour tout le retard.',
    write: percent,
  },
  {
    series: currentLaw.legalRate.other,
    title: 'Taux légal, créancier professionnel',
    use: 'Ce qu’un particulier doit à un professionnel, à partir de la mise en demeure.',
    write: percent,
  },
  {
    series: currentLaw.legalRate.individual,
    title: 'Taux légal, créancier particulier',
    use: 'Seulement quand le créancier est un particulier qui n’agit pas pour son activité : une entreprise n’y a jamais droit.',
    write: percent,
  },
  {
    series: rates.clauseFloor,
    title: 'Plancher d’une clause entre professionnels',
    use: 'Trois fois le taux légal : une clause ne peut pas prévoir moins. Ce n’est pas un taux par défaut.',
    write: percent,
  },
  {
    series: currentLaw.ecbMainRefinancing,
    title: 'Taux de refinancement de la BCE',
    use: 'La base des deux premiers taux : sa valeur au 1er janvier et au 1er juillet compte pour tout le semestre.',
    write: percent,
  },
];

const INDEMNITY: Shown<bigint> = {
  series: currentLaw.recoveryIndemnity,
  title: 'Indemnité forfaitaire de recouvrement',
  use: 'Due de plein droit pour chaque facture payée en retard par un professionnel ou un acheteur public, jamais par un particulier.',
  write: euros,
};

/** « Le droit »: every dated value, what it is today, where it comes from, how sure it is, and until when it is known. */
export function RatesPage({ view }: { view: ViewContext }) {
  return (
    <Page view={view} title="Le droit">
      <PageHeader
        title="Le droit que Quitus applique"
        subtitle="Chaque chiffre, avec sa source, son degré de certitude et la date jusqu’à laquelle il est connu. Au-delà, Quitus ne calcule pas : il le dit."
      />
      <Summary today={view.today} />
      {RATES.map((shown) => (
        <SeriesCard shown={shown} today={view.today} />
      ))}
      <SeriesCard shown={INDEMNITY} today={view.today} />
      <Card title="Ce que nous n’avons pas pu confirmer" id="incertitudes">
        <p>Sur ces points, les sources manquent ou se contredisent. Quitus le signale quand un calcul en dépend.</p>
        <ul>
          {UNCONFIRMED.map((point) => (
            <li>{point}</li>
          ))}
        </ul>
      </Card>
      <Card title="D’où viennent ces chiffres" id="sources">
        <p>
          Les textes officiels (Légifrance, service-public.fr, BOFiP) d’abord ; à défaut, plusieurs sources qui concordent. Le
          texte officiel l’emporte toujours. Quitus informe et calcule : il ne remplace pas le conseil d’un avocat.
        </p>
        <dl class="q-certainty-list">
          {(['official', 'secondary', 'reading', 'memory'] as const).map((certainty) => (
            <dt>
              <CertaintyMark of={certainty} explained />
            </dt>
          ))}
        </dl>
      </Card>
    </Page>
  );
}

interface SummaryRow {
  readonly shown: { readonly title: string; readonly series: Series<unknown> };
  readonly now: string;
  readonly value: DatedValue<unknown> | undefined;
}

function Summary({ today }: { today: Day }) {
  const row = <T,>(shown: Shown<T>): SummaryRow => {
    const value = valueOn(shown.series, today);
    return { shown, now: value ? shown.write(value.value) : 'inconnu', value };
  };
  const columns: readonly Column<SummaryRow>[] = [
    { header: 'Chiffre', title: true, cell: (r) => r.shown.title },
    { header: 'Aujourd’hui', align: 'end', cell: (r) => <strong>{r.now}</strong> },
    { header: 'Certitude', cell: (r) => (r.value ? <CertaintyMark of={r.value.certainty} /> : '—') },
    {
      header: 'Connu jusqu’au',
      cell: (r) => (r.shown.series.knownUntil ? shortDay(r.shown.series.knownUntil) : 'sans terme annoncé'),
    },
  ];
  const ending = RATES.flatMap((r) => r.series.knownUntil ?? []).sort(Temporal.PlainDate.compare)[0];
  return (
    <Card title={`En vigueur le ${longDay(today)}`} flush>
      <DataTable
        caption="Chiffres en vigueur aujourd’hui"
        captionHidden
        columns={columns}
        rows={[...RATES.map(row), row(INDEMNITY)]}
        href={(r) => `#${r.shown.series.id}`}
      />
      {ending && (
        <Alert tone="info">
          <p>
            Les taux du semestre sont connus jusqu’au {longDay(ending)} ({relativeDay(ending, today)}). Ceux du semestre suivant
            paraissent fin juin et fin décembre : une mise à jour de Quitus les apporte.
          </p>
        </Alert>
      )}
    </Card>
  );
}

function SeriesCard<T>({ shown, today }: { shown: Shown<T>; today: Day }) {
  const { series, write } = shown;
  const values = series.values.toReversed();
  const columns: readonly Column<DatedValue<T>>[] = [
    { header: 'Période', title: true, cell: (v) => `${shortDay(v.from)} – ${v.to ? shortDay(v.to) : 'depuis'}` },
    { header: 'Valeur', align: 'end', cell: (v) => write(v.value) },
    { header: 'Certitude', cell: (v) => <CertaintyMark of={v.certainty} /> },
    {
      header: 'Source',
      cell: (v) => (
        <>
          {v.source}
          {v.note && <small class="q-note">{v.note}</small>}
        </>
      ),
    },
  ];
  const now = valueOn(series, today);
  return (
    <Card title={shown.title} id={series.id} aside={now && <strong>{write(now.value)}</strong>}>
      <p>{shown.use}</p>
      <p>
        <Cites keys={series.cites} />
      </p>
      <Disclosure
        summary={`Toutes les valeurs depuis ${values.at(-1)?.from.year ?? ''} (certitude la plus faible : ${WORDS[weakest(values.map((v) => v.certainty))]})`}
      >
        <DataTable caption={`Valeurs : ${shown.title}`} captionHidden columns={columns} rows={values} />
      </Disclosure>
    </Card>
  );
}

const WORDS = { official: 'officielle', secondary: 'secondaire', reading: 'notre lecture', memory: 'à vérifier' } as const;
