import { z } from 'zod';
import type { VatRegime } from '#core/advice/claim.ts';
import { withRatesOf } from '#core/advice/legal.ts';
import type { ParamId } from '#core/advice/numbers.ts';
import { DEFAULT_PARAMS, type DecisionParams, PARAM_IDS, withUserValues } from '#core/advice/params.ts';
import type { Json } from '#core/kernel/canonical.ts';
import type { Day } from '#core/kernel/day.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { PARTY_QUALITIES, type PartyQuality } from '#core/law/parties.ts';
import { readCreditor } from '#modules/companies/index.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { jsonText } from '#platform/db/json.ts';
import type { Deps } from '#platform/deps.ts';
import { invalidForm, parseForm, type Typed } from '#platform/form.ts';
import { optionalAmount } from './answers.ts';

/** A figure of the company's own, in place of a starting one. */
export interface OwnFigure {
  readonly value: Json;
  readonly note: string;
}

/** What the advice knows of a company. Absent: not said. */
export interface CompanyAdvice {
  readonly vatRegime?: VatRegime;
  /** said by the user, or plain from the legal form */
  readonly quality?: PartyQuality;
  readonly turnover?: bigint;
  readonly outlayCap?: bigint;
  readonly lossCap?: bigint;
  readonly own: ReadonlyMap<ParamId, OwnFigure>;
}

/** What a legal form says of its company before the courts. A sole trader may be a merchant, an artisan or a professional: asked. */
const QUALITY_OF_FORM: Readonly<Record<string, PartyQuality>> = {
  EURL: 'company',
  SARL: 'company',
  SASU: 'company',
  SAS: 'company',
  SA: 'company',
  SNC: 'company',
  SCOP: 'company',
  SELARL: 'company',
  SCI: 'civil-company',
  Association: 'association',
};

/** What a company said for its advice. */
export async function companyAdvice(tx: Tx, tenantId: string): Promise<CompanyAdvice> {
  const row = await tx.selectFrom('advice_settings').selectAll().where('tenant_id', '=', tenantId).executeTakeFirst();
  const figures = await tx.selectFrom('advice_figures').selectAll().where('tenant_id', '=', tenantId).orderBy('figure').execute();
  const { legalForm } = await readCreditor(tx, tenantId);
  const quality = PARTY_QUALITIES.find((one) => one === row?.quality) ?? QUALITY_OF_FORM[legalForm ?? ''];
  return {
    ...(row?.vat_regime && { vatRegime: row.vat_regime }),
    ...(quality && { quality }),
    ...(row?.turnover_cents != null && { turnover: row.turnover_cents }),
    ...(row?.outlay_cap_cents != null && { outlayCap: row.outlay_cap_cents }),
    ...(row?.loss_cap_cents != null && { lossCap: row.loss_cap_cents }),
    own: new Map(
      figures.flatMap(({ figure, value, note }) => {
        const id = PARAM_IDS.find((known) => known === figure);
        return id ? [[id, { value, note }] as const] : [];
      }),
    ),
  };
}

/** The figures that count on a day: the starting ones, the law's rates of the day, then the company's own and those of one question. */
export function paramsFor(
  company: CompanyAdvice,
  on: Day,
  besides: Readonly<Record<string, unknown>> = {},
): Result<DecisionParams> {
  const base = withRatesOf(DEFAULT_PARAMS, on);
  const own = Object.fromEntries([...company.own].map(([id, { value }]) => [id, value]));
  const all = { ...own, ...besides };
  return Object.keys(all).length === 0 ? ok(base) : withUserValues(base, all, `${base.version}+${JSON.stringify(all)}`);
}

const SettingsForm = z.object({
  vatRegime: z.enum(['franchise', 'encaissements', 'debits'], 'Choisissez votre régime de TVA.'),
  quality: z.enum(PARTY_QUALITIES as readonly [PartyQuality, ...PartyQuality[]], 'Choisissez ce que vous êtes.'),
  turnover: optionalAmount,
  outlayCap: optionalAmount,
  lossCap: optionalAmount,
});

/** Keeps what the company is for the advice. Refusal `form.invalid`. */
export async function saveCompanyAdvice(deps: Pick<Deps, 'db' | 'clock'>, tenantId: string, typed: Typed): Promise<Result<void>> {
  const form = parseForm(SettingsForm, typed);
  if (!form.ok) return form;
  const { vatRegime, quality, turnover, outlayCap, lossCap } = form.value;
  await deps.db.tenant(tenantId, async (tx) => {
    const at = deps.clock.now();
    const values = {
      vat_regime: vatRegime,
      quality,
      turnover_cents: turnover || null,
      outlay_cap_cents: outlayCap ?? null,
      loss_cap_cents: lossCap ?? null,
      updated_at: at,
    };
    await tx
      .insertInto('advice_settings')
      .values({ tenant_id: tenantId, ...values })
      .onConflict((c) => c.column('tenant_id').doUpdateSet(values))
      .execute();
    const text = (cents: bigint | undefined): string | null => (cents === undefined ? null : `${cents}`);
    const payload = { vatRegime, quality, turnover: text(turnover), outlayCap: text(outlayCap), lossCap: text(lossCap) };
    await appendJournal(tx, tenantId, { kind: 'advice-settings-set', on: deps.clock.today(), at, actor: 'user', payload });
  });
  return ok(undefined);
}

/** The numbers of a figure, one after the other: a scalar has one. */
export const flatNumbers = (value: unknown): readonly number[] =>
  Array.isArray(value) ? value.flatMap(flatNumbers) : [Number(value)];

/** The same shape with other numbers in it. */
function reshaped(like: unknown, numbers: number[]): Json {
  return Array.isArray(like) ? like.map((part) => reshaped(part, numbers)) : (numbers.shift() ?? Number.NaN);
}

/** A number as people type it: « 0,65 », "0.65", « 65 % ». */
export function typedNumber(text: string | undefined): number | undefined {
  const bare = (text ?? '').replace(/[\s€]/gu, '').replace(',', '.');
  const percent = bare.endsWith('%');
  const value = bare === '' ? Number.NaN : Number(percent ? bare.slice(0, -1) : bare);
  if (!Number.isFinite(value)) return undefined;
  return percent ? value / 100 : value;
}

/**
 * Puts a company's own figure in place of the starting one, with its note: fields `v0`, `v1`… in order, and `note`. The journal keeps
 * each value. Refusals `form.invalid`, `advice.param-invalid`.
 */
export async function setFigure(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  figure: ParamId,
  typed: Typed,
): Promise<Result<void>> {
  const like = DEFAULT_PARAMS.values[figure].value;
  const fields: Record<string, string> = {};
  const numbers = flatNumbers(like).map((_, i) => {
    const value = typedNumber(typed[`v${i}`]);
    if (value === undefined) fields[`v${i}`] = 'Écrivez un nombre, par exemple 0,65 ou 65 %.';
    return value ?? Number.NaN;
  });
  const note = (typed.note ?? '').trim();
  if (note === '') fields.note = 'Dites d’où vient ce chiffre.';
  if (note.length > 500) fields.note = 'Ce texte est trop long (500 caractères au plus).';
  if (Object.keys(fields).length > 0) return invalidForm(fields);
  const value = reshaped(like, [...numbers]);
  return deps.db.tenant(tenantId, async (tx) => {
    const company = await companyAdvice(tx, tenantId);
    const checked = paramsFor(company, deps.clock.today(), { [figure]: value });
    if (!checked.ok) return checked;
    const at = deps.clock.now();
    const values = { value: jsonText(value), note, updated_at: at };
    await tx
      .insertInto('advice_figures')
      .values({ tenant_id: tenantId, figure, ...values })
      .onConflict((c) => c.columns(['tenant_id', 'figure']).doUpdateSet(values))
      .execute();
    // The journal holds whole numbers only: a figure is told as text.
    const payload = { figure, value: JSON.stringify(value), note };
    await appendJournal(tx, tenantId, { kind: 'advice-figure-set', on: deps.clock.today(), at, actor: 'user', payload });
    return ok(undefined);
  });
}

/** Goes back to the starting figure. Refusal `advice.param-unknown` when there was none of one's own. */
export async function resetFigure(deps: Pick<Deps, 'db' | 'clock'>, tenantId: string, figure: ParamId): Promise<Result<void>> {
  return deps.db.tenant(tenantId, async (tx) => {
    const gone = await tx
      .deleteFrom('advice_figures')
      .where('tenant_id', '=', tenantId)
      .where('figure', '=', figure)
      .executeTakeFirst();
    if (gone.numDeletedRows === 0n) return refuse('advice.param-unknown', 'Ce chiffre est déjà celui de départ.');
    const at = deps.clock.now();
    await appendJournal(tx, tenantId, {
      kind: 'advice-figure-reset',
      on: deps.clock.today(),
      at,
      actor: 'user',
      payload: { figure },
    });
    return ok(undefined);
  });
}
