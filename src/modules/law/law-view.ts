import type { Json } from '#core/kernel/canonical.ts';
import { type Day, daysBetween } from '#core/kernel/day.ts';
import { frenchDay, frenchDays } from '#core/kernel/french.ts';
import { formatCents } from '#core/kernel/money.ts';
import type { Certainty, Outcome, TraceStep } from '#core/kernel/outcome.ts';
import { formatDecimal, formatPercent, type Ratio } from '#core/kernel/ratio.ts';
import { type Result, refuse } from '#core/kernel/result.ts';
import { type LawBook, seriesOf } from '#core/law/book.ts';
import { citation, citationLabels } from '#core/law/citations.ts';
import { OPEN_QUESTIONS } from '#core/law/open-questions.ts';
import type { Rule } from '#core/law/registry/define.ts';
import type { Field, Fields } from '#core/law/registry/fields.ts';
import { type SeriesUnit, valueOn } from '#core/law/series.ts';
import { expiries } from '#core/law/status.ts';

export const CERTAINTY_WORDS: Readonly<Record<Certainty, string>> = {
  official: 'texte officiel lu',
  secondary: 'sources secondaires',
  memory: 'de mémoire, à vérifier',
  reading: 'notre lecture',
};

const fieldJson = (field: Field<unknown, boolean>): Json => ({
  type: field.type,
  required: !field.optional,
  meaning: field.meaning,
  ...(field.unit && { unit: field.unit }),
  ...(field.choices && { choices: field.choices }),
  ...(field.fields && { fields: fieldsJson(field.fields) }),
});

const fieldsJson = (fields: Fields): Json =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldJson(field)]));

/** A rule for programs. */
export const ruleJson = (rule: Rule): Json => ({
  name: rule.name,
  title: rule.title,
  inputs: fieldsJson(rule.inputs),
  articles: rule.articles.map((key) => ({ key, label: citation(key)?.label ?? key, link: citation(key)?.link ?? null })),
  certainty: rule.certainty,
  formula: rule.formula,
  example: rule.example,
});

/** The list of rules for people. */
export function rulesText(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map((rule) => rule.name.length));
  return rules
    .map((rule) => `${rule.name.padEnd(width)}  ${rule.title}  [${citationLabels(rule.articles.slice(0, 2))}]`)
    .join('\n');
}

/** One rule for people: what it wants, what it says, an example. */
export function ruleText(rule: Rule): string {
  const inputs = Object.entries(rule.inputs).map(([name, field]) => {
    const choices = field.choices ? ` (${field.choices.join(' | ')})` : '';
    return `  --${kebab(name)}${field.optional ? '' : ' *'}  ${field.meaning}${choices}${field.unit ? `, ${field.unit}` : ''}`;
  });
  return [
    `${rule.name}\u202f: ${rule.title}`,
    rule.formula,
    `Articles\u202f: ${citationLabels(rule.articles)}. Certitude\u202f: ${CERTAINTY_WORDS[rule.certainty]}.`,
    'Faits (* obligatoires)\u202f:',
    ...inputs,
    `Exemple\u202f: ${JSON.stringify(rule.example)}`,
    '',
  ].join('\n');
}

const stepJson = (step: TraceStep): Json => ({
  rule: step.rule,
  cites: step.cites,
  articles: step.cites.map((key) => citationLabels([key])),
  certainty: step.certainty,
  says: step.says,
  ...(step.values && { values: step.values }),
});

/** The answer to one line: the outcome, or the error of that line. */
export function answerLine(answer: Result<Outcome<Json>>): Json {
  if (!answer.ok) return { error: { code: answer.refusal.code, message: answer.refusal.message } };
  const { value: outcome } = answer;
  if (outcome.status === 'computed') return { status: 'computed', value: outcome.value, trace: outcome.trace.map(stepJson) };
  if (outcome.status === 'missing') return { status: 'missing', facts: outcome.facts, reason: outcome.reason };
  if (outcome.status === 'not-applicable')
    return { status: 'not-applicable', reason: outcome.reason, trace: outcome.trace.map(stepJson) };
  return { status: 'not-encoded', reason: outcome.reason };
}

/** An answer for people: the value, then the reasons with their articles and how sure they are. */
export function answerText(outcome: Outcome<Json>): string {
  if (outcome.status !== 'computed') return outcome.reason;
  const value = typeof outcome.value === 'object' ? JSON.stringify(outcome.value, null, 2) : String(outcome.value);
  const because = outcome.trace.map((step) => {
    const articles = step.cites.length > 0 ? ` [${citationLabels(step.cites)}]` : '';
    return `  • ${step.says}${articles} (${CERTAINTY_WORDS[step.certainty]})`;
  });
  return [value, '', ...because].join('\n');
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Facts given as options: `--due-on 2026-03-31` is dueOn; lists and objects are written in JSON. */
export function factsOfFlags(rule: Rule, flags: readonly string[]): Result<Record<string, Json>> {
  const facts: Record<string, Json> = {};
  const rest = [...flags];
  for (let flag = rest.shift(); flag !== undefined; flag = rest.shift()) {
    const [option = '', inline] = flag.split(/=(.*)/s);
    const name = Object.keys(rule.inputs).find((one) => `--${kebab(one)}` === option);
    const field = name === undefined ? undefined : rule.inputs[name];
    if (!name || !field)
      return refuse('law.facts-unknown', `La règle ${rule.name} ne connaît pas l’option ${option}.\n\n${ruleText(rule)}`);
    const bare = field.type === 'boolean' && inline === undefined && (rest[0] ?? '--').startsWith('--');
    const text = bare ? 'true' : (inline ?? rest.shift());
    if (text === undefined) return refuse('law.facts-malformed', `L’option ${option} attend une valeur.`);
    const value = valueOfFlag(field, text);
    if (value === undefined) return refuse('law.facts-malformed', `${option}\u202f: « ${text} » ne se lit pas.`);
    facts[name] = value;
  }
  return { ok: true, value: facts };
}

const PLAIN = new Set(['day', 'amount', 'percent', 'choice', 'text']);

function valueOfFlag(field: Field<unknown, boolean>, text: string): Json | undefined {
  if (PLAIN.has(field.type)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const isRatio = (value: unknown): value is Ratio => typeof value === 'object' && value !== null && 'n' in value && 'd' in value;

/** A value of a series as a decimal string: percents, points, a multiple, or euros. */
function seriesValue(unit: SeriesUnit, value: unknown): string {
  if (typeof value === 'bigint') return formatCents(value);
  if (!isRatio(value)) throw new TypeError(`no decimal form for a value in ${unit}`);
  return unit === 'multiple' ? formatDecimal(value) : formatPercent(value);
}

const UNIT_WORDS: Readonly<Record<SeriesUnit, string>> = {
  percent: '\u00a0%',
  points: '\u00a0points',
  multiple: '\u00a0fois',
  cents: '\u00a0€',
};

const seriesWords = (unit: SeriesUnit, value: unknown): string =>
  `${seriesValue(unit, value).replace('.', ',')}${UNIT_WORDS[unit]}`;

/** What the law data knows on a day, for programs. */
export function statusJson(law: LawBook, on: Day): Json {
  return {
    asOf: on.toString(),
    series: seriesOf(law).map((series) => {
      const now = valueOn(series, on);
      return {
        id: series.id,
        title: series.title,
        unit: series.unit,
        value: now ? seriesValue(series.unit, now.value) : null,
        from: now ? now.from.toString() : null,
        source: now?.source ?? null,
        certainty: now?.certainty ?? null,
        note: now?.note ?? null,
        knownUntil: series.knownUntil?.toString() ?? null,
      };
    }),
    expiries: expiries(law).map((one) => ({
      id: one.id,
      title: one.title,
      knownUntil: one.knownUntil.toString(),
      daysLeft: daysBetween(on, one.knownUntil),
    })),
    openQuestions: OPEN_QUESTIONS.map((one) => ({ id: one.id, rules: one.rules, says: one.says })),
  };
}

/** What the law data knows on a day, for people. */
export function statusText(law: LawBook, on: Day): string {
  const known = seriesOf(law).map((series) => {
    const now = valueOn(series, on);
    const value = now
      ? `${seriesWords(series.unit, now.value)}, depuis le ${frenchDay(now.from)}, ${CERTAINTY_WORDS[now.certainty]} (${now.source})`
      : 'inconnue à cette date';
    return `  • ${series.title}\u202f: ${value}${now?.note ? `\u202f; ${now.note}` : ''}`;
  });
  const soon = expiries(law).map((one) => {
    const left = daysBetween(on, one.knownUntil);
    return `  • ${frenchDay(one.knownUntil)}\u202f: ${one.title} (${left < 0 ? 'dépassé' : `dans ${frenchDays(left)}`})`;
  });
  return [
    `Données de droit au ${frenchDay(on)}`,
    '',
    'Valeurs',
    ...known,
    '',
    'Connues jusqu’au',
    ...soon,
    '',
    'Non confirmé',
    ...OPEN_QUESTIONS.map((one) => `  • ${one.says}`),
  ].join('\n');
}
