import type { Action } from '#core/advice/actions.ts';
import type { ClosedCase, ClosedStep } from '#core/history/closed-case.ts';
import { type Day, day, daysBetween } from '#core/kernel/day.ts';
import { parseAmount } from '#core/kernel/money.ts';
import { ok, type Result } from '#core/kernel/result.ts';
import type { Mapping, Vocabulary } from '#formats/table/columns.ts';
import { type Row, readTable } from '#formats/table/table.ts';
import { decodeText } from '#formats/text/decode.ts';
import { N, quote, refuser } from '#formats/text/refusals.ts';
import { type DecimalSign, dayOrderOf, decimalSignOf, fold, readAmount, readDate } from '#formats/text/values.ts';

/** A table of closed cases: one row a step, the rows of a case sharing its number. */
const FIELDS = ['case', 'customer', 'segment', 'action', 'on', 'face', 'received', 'cost', 'minutes', 'hours'] as const;
export type ClosedCaseField = (typeof FIELDS)[number];
export const CLOSED_CASE_FIELDS: readonly ClosedCaseField[] = FIELDS;

const VOCABULARY: Vocabulary<ClosedCaseField> = {
  fields: FIELDS,
  headers: {
    case: [/^(n°?|numero|ref(erence)?|id)? ?(de |du )?(dossier|creance|facture|affaire|case)$/, /^(dossier|case id)$/],
    customer: [/^(code |numero )?(client|debiteur|customer)$/],
    segment: [/^(segment|secteur|type de client|categorie)$/],
    action: [/^(action|etape|relance|acte|step)$/],
    on: [/^(date|jour|le)( de l'?)?( ?(action|etape|acte))?$/, /^on$/],
    face: [/^(montant|principal|creance|du|total)( ?(ttc|du|initial))?$/, /^(face|amount)$/],
    received: [/^(encaisse|recu|recouvre|regle|paye|received)e?$/, /^montant (encaisse|recu|recouvre|regle)$/],
    cost: [/^(frais|cout|debours|cost)s?( ?avances?)?$/],
    minutes: [/^(minutes|temps (en )?min(utes)?|duree min(utes)?)$/],
    hours: [/^(heures|hours|temps( (en )?heures| passe)?)$/],
  },
};

/** How people call each step; the first that fits wins, so that a notice sent by mail is a notice. */
const ACTION_NAMES: readonly (readonly [RegExp, Action])[] = [
  [/mise en demeure|\bmed\b|lrar|recommande/, 'MED'],
  [/injonction|\bip\b/, 'IP'],
  [/refere/, 'REFERE'],
  [/petites? creances?|\bpsr\b/, 'PSR'],
  [/execution|saisie|huissier|commissaire de justice/, 'ENFORCE'],
  [/assignation|proces|au fond/, 'SUIT'],
  [/declaration/, 'DECLARE'],
  [/mediation|conciliation/, 'MEDIATION'],
  [/echeancier|echelonnement|\bplan\b/, 'PLAN'],
  [/avoir|remise|geste commercial/, 'CREDIT'],
  [/societe de recouvrement|agence|recouvrement/, 'AGENCY'],
  [/appel|telephone|\btel\b/, 'CALL'],
  [/attente|attendre/, 'WAIT'],
  [/abandon|perte|arret|cloture/, 'WRITEOFF'],
  [/mail|courriel|relance|rappel|lettre|courrier/, 'EMAIL'],
];

/** The step a cell names, in French or by its code; undefined when it is none. */
export function actionNamed(text: string): Action | undefined {
  const bare = fold(text).trim();
  const code = CODES.find((action) => action.toLowerCase() === bare);
  return code ?? ACTION_NAMES.find(([pattern]) => pattern.test(bare))?.[1];
}
const CODES: readonly Action[] = [...new Set(ACTION_NAMES.map(([, action]) => action))];

const MAX_ROWS = 200_000;

const refuse = refuser({
  'closed-cases-no-header': (f) =>
    `Aucune ligne de titres reconnue dans ${quote(f.file)}. Il faut une ligne par étape, avec le dossier, l’étape, la date, le montant dû et l’encaissé.`,
  'closed-cases-malformed': (f) =>
    `${quote(f.file)} est mal formé${f.line ? `, ligne ${String(f.line)}` : ''}${N}: un guillemet n’est pas fermé, sans doute. Exportez-le de nouveau en CSV.`,
  'closed-cases-too-many-rows': (f) => `${quote(f.file)} compte plus de ${String(f.limit)} lignes. Découpez-le.`,
  'closed-cases-unknown-column': (f) =>
    `${quote(f.file)} n’a pas de colonne ${quote(String(f.column))}. Colonnes${N}: ${String(f.headers)}.`,
  'closed-cases-missing-columns': (f) =>
    `Il manque à ${quote(f.file)} ${String(f.missing)}. Indiquez la colonne qui le contient.`,
  'closed-cases-none': (f) =>
    `Aucun dossier lisible dans ${quote(f.file)}${f.example ? `. Première ligne écartée${N}: ${String(f.example)}` : ''}.`,
});

/** The columns of a table, by title, and the one each field is read from: what a page asks to confirm. */
export interface ClosedCaseColumns {
  readonly headers: readonly string[];
  readonly used: Mapping<ClosedCaseField>;
}

/** The titles of a table of closed cases and what was recognised of them; undefined when none was. */
export function closedCaseColumns(bytes: Uint8Array, mapping: Mapping<ClosedCaseField> = {}): ClosedCaseColumns | undefined {
  const table = readTable(decodeText(bytes), VOCABULARY, mapping, MAX_ROWS);
  if ('problem' in table) return undefined;
  const { headers, columns } = table;
  return {
    headers: headers.filter((title) => title !== ''),
    used: Object.fromEntries([...columns].flatMap(([field, at]) => (headers[at] ? [[field, headers[at]]] : []))),
  };
}

/** What a table of closed cases holds. */
export interface ClosedCases {
  readonly cases: readonly ClosedCase[];
  /** rows that could not be read, by line of the file, with the reason in French; their whole case is left out */
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
}

interface ReadRow {
  readonly id: string;
  readonly customer: string;
  readonly segment: string;
  readonly action: Action;
  readonly on: Day;
  readonly face: bigint | undefined;
  readonly received: bigint;
  readonly cost: bigint;
  readonly minutes: number;
}

/**
 * Reads closed cases from a CSV, one row a step. Required: the case, the step, its date, what was received; the amount due on at least
 * one row of each case. A case with a row that cannot be read is left out whole: half a history would teach the wrong rate.
 */
export function readClosedCases(bytes: Uint8Array, file: string, mapping: Mapping<ClosedCaseField> = {}): Result<ClosedCases> {
  const table = readTable(decodeText(bytes), VOCABULARY, mapping, MAX_ROWS);
  if ('problem' in table) {
    switch (table.problem) {
      case 'malformed':
        return refuse('closed-cases-malformed', file, { line: table.line });
      case 'too-many-rows':
        return refuse('closed-cases-too-many-rows', file, { limit: MAX_ROWS });
      case 'no-header':
        return refuse('closed-cases-no-header', file);
      case 'unknown-column':
        return refuse('closed-cases-unknown-column', file, { column: table.column, headers: table.headers.join(', ') });
    }
  }
  const needed = {
    case: 'le dossier (case)',
    action: 'l’étape (action)',
    on: 'la date (on)',
    face: 'le montant dû (face)',
    received: 'l’encaissé (received)',
  };
  const missing = Object.entries(needed).filter(([field]) => !table.columns.has(field as ClosedCaseField));
  if (missing.length > 0)
    return refuse('closed-cases-missing-columns', file, { missing: missing.map(([, words]) => words).join(', ') });
  const cellOf = (row: Row, field: ClosedCaseField): string => row.cells[table.columns.get(field) ?? -1]?.trim() ?? '';
  const order = dayOrderOf(table.rows.map((row) => cellOf(row, 'on')));
  const sign =
    decimalSignOf(table.rows.flatMap((row) => (['face', 'received', 'cost'] as const).map((f) => cellOf(row, f)))) ?? ',';
  const rejected: { line: number; reason: string }[] = [];
  const spoilt = new Set<string>();
  const rows = new Map<string, ReadRow[]>();
  for (const row of table.rows) {
    const read = readRow(
      (field) => cellOf(row, field),
      (text) => readDate(text, order),
      sign,
    );
    if (typeof read === 'string') {
      rejected.push({ line: row.line, reason: read });
      spoilt.add(cellOf(row, 'case'));
    } else {
      const own = rows.get(read.id);
      if (own) own.push(read);
      else rows.set(read.id, [read]);
    }
  }
  const cases: ClosedCase[] = [];
  for (const [id, own] of rows) {
    if (spoilt.has(id)) continue;
    const built = caseOf(id, own);
    if (built) cases.push(built);
    else rejected.push({ line: 0, reason: `dossier ${id} sans montant dû` });
  }
  if (cases.length === 0) {
    const [first] = rejected;
    return refuse('closed-cases-none', file, first ? { example: `ligne ${first.line}, ${first.reason}` } : {});
  }
  return ok({ cases, rejected });
}

function readRow(
  cell: (field: ClosedCaseField) => string,
  dateOf: (text: string) => string | undefined,
  sign: DecimalSign,
): ReadRow | string {
  const id = cell('case');
  if (id === '') return 'sans numéro de dossier';
  const action = actionNamed(cell('action'));
  if (!action) return `étape inconnue ${quote(cell('action'))}`;
  const on = dateOf(cell('on'));
  if (on === undefined) return `date illisible ${quote(cell('on'))}`;
  const centsIn = (field: ClosedCaseField): bigint | undefined => {
    const text = cell(field);
    if (text === '') return undefined;
    const read = readAmount(text, sign);
    const amount = read === undefined ? undefined : parseAmount(read);
    return amount && amount.cents >= 0n ? amount.cents : -1n;
  };
  const [face, received, cost] = [centsIn('face'), centsIn('received'), centsIn('cost')];
  if (face === -1n || received === -1n || cost === -1n) return 'montant illisible ou négatif';
  const minutes = minutesOf(cell('minutes'), 1) ?? minutesOf(cell('hours'), 60);
  if (minutes !== undefined && Number.isNaN(minutes)) return 'temps passé illisible';
  return {
    ...{ id, customer: cell('customer'), segment: cell('segment'), action, on: day(on), face },
    ...{ received: received ?? 0n, cost: cost ?? 0n, minutes: minutes ?? 0 },
  };
}

/** Minutes, from "1,5" or "0:45" in the given unit; NaN when unreadable, undefined when blank. */
function minutesOf(text: string, unit: number): number | undefined {
  if (text === '') return undefined;
  const clock = /^(\d{1,3})[:h](\d{2})$/.exec(text);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  const plain = /^\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
  return Math.round(plain * unit);
}

function caseOf(id: string, rows: readonly ReadRow[]): ClosedCase | undefined {
  const faceCents = rows.find((r) => r.face !== undefined && r.face > 0n)?.face;
  if (faceCents === undefined) return undefined;
  const sorted = [...rows].sort((a, b) => daysBetween(b.on, a.on));
  const customer = rows.find((r) => r.customer !== '')?.customer;
  const segment = rows.find((r) => r.segment !== '')?.segment;
  const steps = sorted.map((r, i): ClosedStep => {
    const next = sorted[i + 1];
    const { action, cost, minutes, received } = r;
    return { action, costCents: cost, minutes, receivedCents: received, ...(next ? { days: daysBetween(r.on, next.on) } : {}) };
  });
  return { id, faceCents, steps, ...(customer ? { customer } : {}), ...(segment ? { segment } : {}) };
}
