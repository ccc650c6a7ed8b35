import { z } from 'zod';
import { ACTIONS } from '#core/advice/actions.ts';
import type { AdviceClaim, Caps, FileStrength, History } from '#core/advice/claim.ts';
import { centsOf } from '#core/advice/claim.ts';
import { EVENT_NAMES } from '#core/advice/events.ts';
import { type Dating, legalFactsOf, withRatesOf } from '#core/advice/legal.ts';
import { DEFAULT_PARAMS, type DecisionParams, withUserValues } from '#core/advice/params.ts';
import { checkClaim, type LegalFacts } from '#core/advice/problem.ts';
import { parseDay } from '#core/kernel/day.ts';
import { type Result, refuse } from '#core/kernel/result.ts';
import { PARTY_QUALITIES } from '#core/law/parties.ts';

/** A claim as programs write it: amounts in euros, age in days, everything else optional. */
const euros = z
  .number()
  .nonnegative()
  .refine((x) => Math.abs(x * 100 - Math.round(x * 100)) < 1e-6, 'au plus deux décimales');
const count = z.number().int().nonnegative();
const day = z.string().transform((text, context) => {
  const value = parseDay(text);
  if (value) return value;
  context.addIssue({ code: 'custom', message: 'il faut un jour, par exemple 2026-11-21' });
  return z.NEVER;
});

/** The counters of a history; `ref` is the short name that programs give to `refere`. */
const history = z.strictObject({
  emails: count.optional(),
  calls: count.optional(),
  waits: count.optional(),
  med: z.boolean().optional(),
  silent: count.optional(),
  signal: z.enum(['promise', 'dispute']).optional(),
  plan: z.enum(['refused', 'broken']).optional(),
  credit: z.boolean().optional(),
  mediation: z.boolean().optional(),
  agency: z.boolean().optional(),
  psr: z.boolean().optional(),
  ip: z.enum(['rejected', 'opposed', 'title']).optional(),
  refere: z.enum(['failed', 'title']).optional(),
  ref: z.enum(['failed', 'title']).optional(),
  suit: z.literal('title').optional(),
});

const form = z.strictObject({
  id: z.string().optional(),
  amount: euros,
  ageDays: z.number(),
  b2b: z.boolean().optional(),
  vat: z.enum(['franchise', 'encaissements', 'debits']).optional(),
  vatRate: z.number().optional(),
  lateRate: z.number().optional(),
  solvency: z.enum(['good', 'unknown', 'fragile', 'bad', 'published']).optional(),
  evidence: z.literal([0, 1, 2]).optional(),
  hist: history.optional(),
  disputeFounded: z.boolean().optional(),
  customer: z.strictObject({ invoices: count, late: count }).optional(),
  events: z.array(z.enum(EVENT_NAMES)).optional(),
  prior: z.array(z.number()).optional(),
  forbid: z.array(z.enum(ACTIONS)).optional(),
  caps: z.strictObject({ outlay: euros.optional(), loss: euros.optional() }).optional(),
  vulnerable: z.boolean().optional(),
  lastContactDays: count.optional(),
  hourlyRate: z.number().nonnegative().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  asOf: day.optional(),
  performedOn: day.optional(),
  creditor: z.enum(PARTY_QUALITIES as readonly [string, ...string[]]).optional(),
  debtor: z.enum(PARTY_QUALITIES as readonly [string, ...string[]]).optional(),
});
type Form = z.infer<typeof form>;

/** What a line asks: the claim, what the law must know of it, and the figures to use. */
export interface Asked {
  readonly id?: string;
  readonly claim: AdviceClaim;
  readonly legal: LegalFacts;
  readonly params: DecisionParams;
}

/** Reads a claim; refuses one that is malformed, with the field to correct (`advice.claim-malformed`). */
export function readClaim(value: unknown): Result<Asked> {
  const parsed = form.safeParse(value);
  if (!parsed.success) return malformed(parsed.error.issues[0]);
  const given = parsed.data;
  const dating = datingOf(given);
  // Facts out of range are refused before the law counts days with them.
  const checked = checkClaim(claimOf(given));
  if (!checked.ok) return checked;
  const claim = checked.value;
  const base = dating.asOf ? withRatesOf(DEFAULT_PARAMS, dating.asOf) : DEFAULT_PARAMS;
  const own = { ...given.params, ...(given.hourlyRate !== undefined && { hourlyRate: given.hourlyRate }) };
  const params = Object.keys(own).length > 0 ? withUserValues(base, own) : { ok: true as const, value: base };
  if (!params.ok) return params;
  return {
    ok: true,
    value: { claim, legal: legalFactsOf(claim, dating), params: params.value, ...(given.id !== undefined && { id: given.id }) },
  };
}

function malformed(issue: z.core.$ZodIssue | undefined): Result<never> {
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.');
  const why = unknown === undefined ? whyOf(issue) : 'ce champ n’existe pas';
  return refuse('advice.claim-malformed', field === '' ? `${why}.` : `${field}\u202f: ${why}.`, { field });
}

const KINDS: Readonly<Record<string, string>> = {
  number: 'il faut un nombre',
  int: 'il faut un nombre entier',
  boolean: 'il faut true ou false',
  string: 'il faut un texte',
  array: 'il faut une liste',
  object: 'il faut un objet JSON',
  record: 'il faut un objet JSON',
};

function whyOf(issue: z.core.$ZodIssue | undefined): string {
  if (!issue) return 'valeur inattendue';
  if (issue.code === 'invalid_type') return KINDS[issue.expected] ?? 'valeur inattendue';
  if (issue.code === 'invalid_value') return `il faut l’une de ces valeurs\u202f: ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small') return 'il faut un nombre positif ou nul';
  if (issue.code === 'custom') return issue.message;
  return 'valeur inattendue';
}

function claimOf(given: Form): AdviceClaim {
  return {
    principal: centsOf(given.amount),
    ageDays: given.ageDays,
    vat: { regime: given.vat ?? 'franchise', rate: given.vatRate ?? 0.2 },
    business: given.b2b ?? given.debtor !== 'consumer',
    solvency: given.solvency ?? 'unknown',
    file: (given.evidence ?? 1) satisfies FileStrength,
    history: historyOf(given.hist ?? {}),
    ...defined({
      disputeFounded: given.disputeFounded,
      customer: given.customer,
      events: given.events,
      lateRate: given.lateRate,
      prior: given.prior,
      forbid: given.forbid,
      lastContactDays: given.lastContactDays,
      vulnerable: given.vulnerable,
    }),
    ...(given.caps && { caps: capsOf(given.caps) }),
  };
}

const historyOf = ({ ref, refere, ...rest }: NonNullable<Form['hist']>): History =>
  defined<History>({ ...rest, refere: refere ?? ref });

const capsOf = (caps: NonNullable<Form['caps']>): Caps =>
  defined<Caps>({
    outlay: caps.outlay === undefined ? undefined : centsOf(caps.outlay),
    loss: caps.loss === undefined ? undefined : centsOf(caps.loss),
  });

function datingOf(given: Form): Dating {
  return defined<Dating>({
    asOf: given.asOf,
    performedOn: given.performedOn,
    creditor: PARTY_QUALITIES.find((quality) => quality === given.creditor),
    debtor: PARTY_QUALITIES.find((quality) => quality === given.debtor),
  });
}

/** Drops what was not given. */
function defined<T extends object>(value: { readonly [K in keyof T]?: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}
