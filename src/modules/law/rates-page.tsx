import { ruleNamed } from '#core/claim/rules.ts';
import type { Day } from '#core/kernel/day.ts';
import { weakest } from '#core/kernel/outcome.ts';
import type { Ratio } from '#core/kernel/ratio.ts';
import type { LawBook } from '#core/law/book.ts';
import { OPEN_QUESTIONS } from '#core/law/open-questions.ts';
import { rateTable } from '#core/law/rates.ts';
import { type DatedValue, type Series, valueOn } from '#core/law/series.ts';
import { fr } from '#core/letters/typography.ts';
import {
  Alert,
  Card,
  CertaintyMark,
  Cites,
  type Column,
  DataTable,
  Disclosure,
  LinkButton,
  PageHeader,
} from '#ui/components/index.ts';
import { count, euros, longDay, percent, relativeDay, shortDay } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import type { ViewContext } from '#ui/view.ts';
import { guidePath, ownValuesPath, rulePath } from './paths.ts';

/** A series as the page shows it: what it is for, in one sentence, and how its values are written. */
interface Shown<T> {
  readonly series: Series<T>;
  /** the rule that reads it */
  readonly rule: string;
  readonly title: string;
  readonly use: string;
  readonly write: (value: T) => string;
}

/** The rates of a law, the user's own figures included. */
function ratesOf(law: LawBook): readonly Shown<Ratio>[] {
  const rates = rateTable(law);
  return [
    {
      series: rates.business,
      rule: 'default-rate',
      title: 'Retard entre professionnels',
      use: 'Le taux des pénalités de retard quand ni le contrat ni les conditions de vente n’en fixent un autre. Il change chaque semestre.',
      write: percent,
    },
    {
      series: rates.public,
      rule: 'default-rate',
      title: 'Retard d’un acheteur public',
      use: fr`Celui du semestre où les intérêts commencent à courir : il vaut ensuite pour tout le retard.`,
      write: percent,
    },
    {
      series: law.legalRate.other,
      rule: 'legal-rate',
      title: 'Taux légal, créancier professionnel',
      use: 'Ce qu’un particulier doit à un professionnel, à partir de la mise en demeure.',
      write: percent,
    },
    {
      series: law.legalRate.individual,
      rule: 'legal-rate',
      title: 'Taux légal, créancier particulier',
      use: fr`Seulement quand le créancier est un particulier qui n'agit pas pour son activité : une entreprise n'y a jamais droit.`,
      write: percent,
    },
    {
      series: rates.clauseFloor,
      rule: 'clause-floor',
      title: 'Plancher d’une clause entre professionnels',
      use: fr`Trois fois le taux légal : une clause ne peut pas prévoir moins. Ce n'est pas un taux par défaut.`,
      write: percent,
    },
    {
      series: law.ecbMainRefinancing,
      rule: 'ecb-rate',
      title: 'Taux de refinancement de la BCE',
      use: fr`La base des deux premiers taux : sa valeur au 1er janvier et au 1er juillet compte pour tout le semestre.`,
      write: percent,
    },
  ];
}

const indemnityOf = (law: LawBook): Shown<bigint> => ({
  series: law.recoveryIndemnity,
  rule: 'recovery-indemnity',
  title: 'Indemnité forfaitaire de recouvrement',
  use: 'Due de plein droit pour chaque facture payée en retard par un professionnel ou un acheteur public, jamais par un particulier.',
  write: euros,
});

interface PageProps {
  view: ViewContext;
  law: LawBook;
  /** how many figures of its own the company uses */
  own: number;
}

/** « Le droit »: every dated value, what it is today, where it comes from, how sure it is, and until when it is known. */
export function RatesPage({ view, law, own }: PageProps) {
  const rates = ratesOf(law);
  const indemnity = indemnityOf(law);
  return (
    <Page view={view} title="Le droit">
      <PageHeader
        title="Le droit que Quitus applique"
        subtitle={fr`Chaque chiffre, avec sa source, son degré de certitude et la date jusqu'à laquelle il est connu. Au-delà, Quitus ne calcule pas : il le dit.`}
        action={
          <LinkButton href={guidePath} icon="question">
            Comprendre
          </LinkButton>
        }
      />
      <Summary today={view.today} rates={rates} indemnity={indemnity} />
      {view.tenant && (
        <p>
          {own > 0 && (
            <>
              {count(own, 'valeur saisie', 'valeurs saisies')} par {view.tenant.name} s’y ajoutent.{' '}
            </>
          )}
          <a href={ownValuesPath}>{own > 0 ? 'Voir et changer vos valeurs' : 'Saisir un taux ou un tarif qu’on vous a donné'}</a>
        </p>
      )}
      {rates.map((shown) => (
        <SeriesCard shown={shown} today={view.today} />
      ))}
      <SeriesCard shown={indemnity} today={view.today} />
      <Card title="Ce que nous n’avons pas pu confirmer" id="incertitudes">
        <p>Sur ces points, les sources manquent ou se contredisent. Quitus le signale quand un calcul en dépend.</p>
        <ul>
          {OPEN_QUESTIONS.map(({ says, rules }) => (
            <li>
              {says}{' '}
              {rules.map((rule, i) => (
                <>
                  {i > 0 && ', '}
                  <a href={rulePath(rule)}>{ruleNamed(rule)?.title ?? rule}</a>
                </>
              ))}
            </li>
          ))}
        </ul>
      </Card>
      <Card title="D’où viennent ces chiffres" id="sources">
        <p>
          Les textes officiels (Légifrance, service-public.fr, BOFiP) d’abord ; à défaut, plusieurs sources qui concordent. Le
          texte officiel l’emporte toujours. Quitus informe et calcule : il ne remplace pas le conseil d’un avocat.
        </p>
        <ul class="q-choices-list">
          {(['official', 'secondary', 'reading', 'memory'] as const).map((certainty) => (
            <li>
              <CertaintyMark of={certainty} explained />
            </li>
          ))}
        </ul>
      </Card>
    </Page>
  );
}

interface SummaryRow {
  readonly shown: { readonly title: string; readonly series: Series<unknown> };
  readonly now: string;
  readonly value: DatedValue<unknown> | undefined;
}

interface SummaryProps {
  today: Day;
  rates: readonly Shown<Ratio>[];
  indemnity: Shown<bigint>;
}

function Summary({ today, rates, indemnity }: SummaryProps) {
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
  const ending = rates.flatMap((r) => r.series.knownUntil ?? []).sort(Temporal.PlainDate.compare)[0];
  return (
    <Card title={`En vigueur le ${longDay(today)}`} flush>
      <DataTable
        caption="Chiffres en vigueur aujourd’hui"
        captionHidden
        columns={columns}
        rows={[...rates.map(row), row(indemnity)]}
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
      <p>
        <a href={rulePath(shown.rule)}>Comprendre ce chiffre</a>
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
