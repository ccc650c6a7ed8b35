import type { Json } from '#core/kernel/canonical.ts';
import { day } from '#core/kernel/day.ts';
import { money, parseAmount } from '#core/kernel/money.ts';
import type { Outcome } from '#core/kernel/outcome.ts';
import { parsePercent } from '#core/kernel/ratio.ts';
import { Alert, type Column, DataTable, DescriptionList, ReasonList } from '#ui/components/index.ts';
import { euros, integer, longDay, percent, shortDay } from '#ui/format.ts';
import type { Children } from '#ui/view.ts';
import { FIGURES, LISTS, partWords, TOLD_BY_TRACE, wordOf } from './words.ts';

type Kind = (typeof FIGURES)[string];
type Part = { readonly [name: string]: Json };

const isPart = (value: Json | undefined): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value);

/** One value of an answer, as a person reads it; undefined when it is of another kind than expected. */
function written(as: Kind, name: string, value: Json, short = false): string | undefined {
  if (as === 'flag') return typeof value === 'boolean' ? (value ? 'oui' : 'non') : undefined;
  if (as === 'integer') return typeof value === 'number' ? integer(value) : undefined;
  if (typeof value !== 'string') return undefined;
  switch (as) {
    case 'amount': {
      const amount = parseAmount(value);
      return amount && euros(amount);
    }
    case 'cents':
      return euros(money(BigInt(value)));
    case 'percent': {
      const rate = parsePercent(value);
      return rate && percent(rate);
    }
    case 'day':
      return short ? shortDay(day(value)) : longDay(day(value));
    case 'choice':
      return wordOf(name, value);
    default:
      return value;
  }
}

/** What a rule answered: its value, then the reasons, each with its articles and how sure it is. */
export function Answer({ rule, outcome }: { rule: string; outcome: Outcome<Json> }) {
  if (outcome.status === 'computed') {
    return (
      <div class="q-answer">
        <Value rule={rule} value={outcome.value} />
        <ReasonList steps={outcome.trace} on={rule} />
      </div>
    );
  }
  const titles = {
    missing: 'Il manque un fait',
    'not-applicable': 'La règle ne s’applique pas',
    'not-encoded': 'Quitus ne le sait pas',
  } as const;
  return (
    <Alert tone="soon" title={titles[outcome.status]}>
      <p>{outcome.reason}</p>
      {outcome.status === 'not-applicable' && outcome.trace.length > 0 && <ReasonList steps={outcome.trace} on={rule} />}
    </Alert>
  );
}

function Value({ rule, value }: { rule: string; value: Json }): Children {
  const figure = FIGURES[rule];
  const said = figure && written(figure, rule, value);
  if (said !== undefined) return <p class="q-answer-figure">{said}</p>;
  if (TOLD_BY_TRACE.has(rule)) return null;
  if (Array.isArray(value)) return <Rows rule={rule} caption="Selon la source" rows={value.filter(isPart)} />;
  if (!isPart(value)) return null;
  const lists = Object.entries(value).flatMap(([name, inner]) => (Array.isArray(inner) && LISTS[name] ? [{ name, inner }] : []));
  const facts = factsIn(rule, value);
  return (
    <>
      {facts.length > 0 && <DescriptionList items={facts} />}
      {lists.map(({ name, inner }) => (
        <List rule={rule} caption={LISTS[name] ?? ''} values={inner} />
      ))}
    </>
  );
}

/** The single values of an answer, one a line; those of an inner object follow its own name. */
function factsIn(rule: string, value: Part, before = ''): { readonly term: string; readonly value: string }[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    const words = partWords(rule, name);
    if (!words) return [];
    const term = before ? `${before}\u202f: ${words.label.toLocaleLowerCase('fr')}` : words.label;
    if (words.as === 'nested') return isPart(inner) ? factsIn(rule, inner, term) : [];
    const said = written(words.as, name, inner);
    return said === undefined ? [] : [{ term, value: said }];
  });
}

function List({ rule, caption, values }: { rule: string; caption: string; values: readonly Json[] }) {
  const parts = values.filter(isPart);
  if (parts.length > 0) return <Rows rule={rule} caption={caption} rows={parts} />;
  const words = values.filter((one) => typeof one === 'string');
  if (words.length === 0) return null;
  return (
    <>
      <h3>{caption}</h3>
      <ul>
        {words.map((one) => (
          <li>{one}</li>
        ))}
      </ul>
    </>
  );
}

const NUMBERS: ReadonlySet<Kind> = new Set(['amount', 'percent', 'integer', 'cents']);

function Rows({ rule, caption, rows }: { rule: string; caption: string; rows: readonly Part[] }) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => partWords(rule, name));
  const columns = names.map((name, i): Column<Part> => {
    const { label, as } = partWords(rule, name) ?? { label: name, as: 'text' };
    const end = NUMBERS.has(as) ? ({ align: 'end' } as const) : {};
    return { header: label, title: i === 0, ...end, cell: (row) => written(as, name, row[name] ?? null, true) ?? '–' };
  });
  return columns.length === 0 ? null : <DataTable caption={caption} columns={columns} rows={rows} />;
}
