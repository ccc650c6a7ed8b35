import { z } from 'zod';
import type { Claim } from '#core/claim/claim.ts';
import { statementOfAccount } from '#core/claim/statement.ts';
import { type Day, parseDay } from '#core/kernel/day.ts';
import { type Money, parseAmount } from '#core/kernel/money.ts';
import { parsePercent, type Ratio } from '#core/kernel/ratio.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { FormalNoticeFacts } from '#core/letters/facts.ts';

/*
 * The facts of a formal notice in a JSON file, for whoever writes letters without the store. Amounts are decimal strings, days
 * ISO. What is absent is not a mistake here: the composition says what it needs. What is misspelt is.
 */

const read = <T>(parse: (text: string) => T | undefined, expected: string) =>
  z.string().transform((text, context): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `«\u202f${text}\u202f»\u202f: ${expected}` });
    return z.NEVER;
  });

const DayText = read<Day>(parseDay, 'il faut un jour, par exemple 2026-03-31');
const AmountText = read<Money>((text) => {
  const amount = parseAmount(text);
  return amount && amount.cents > 0n ? amount : undefined;
}, 'il faut un montant positif entre guillemets, par exemple "4800.00"');
const PercentText = read<Ratio>(parsePercent, 'il faut un taux annuel entre guillemets, par exemple "8.5"');

const Address = z.strictObject({
  lines: z.array(z.string()).default([]),
  postcode: z.string().default(''),
  city: z.string().default(''),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'il faut un code de pays à deux lettres, par exemple BE')
    .optional(),
});
const NOWHERE = { lines: [], postcode: '', city: '' };

const Creditor = z.strictObject({
  name: z.string().default(''),
  soleTrader: z.boolean().default(false),
  tradeName: z.string().optional(),
  legalForm: z.string().optional(),
  capital: AmountText.optional(),
  siren: z.string().optional(),
  register: z.string().optional(),
  vatNumber: z.string().optional(),
  address: Address.default(NOWHERE),
  email: z.string().optional(),
  phone: z.string().optional(),
  website: z.string().optional(),
  accountHolder: z.string().optional(),
  iban: z.string().optional(),
  bic: z.string().optional(),
  signatory: z.strictObject({ name: z.string(), title: z.string().optional() }).optional(),
});

const Debtor = z.strictObject({
  kind: z.enum(['business', 'consumer', 'public']),
  name: z.string().default(''),
  siren: z.string().optional(),
  contact: z.string().optional(),
  reference: z.string().optional(),
  address: Address.default(NOWHERE),
});

const Credits = z.array(z.strictObject({ on: DayText, amount: AmountText, reference: z.string().optional() })).default([]);

const Invoice = z.strictObject({
  number: z.string().min(1),
  issuedOn: DayText.optional(),
  dueOn: DayText,
  amount: AmountText,
  payments: Credits,
  creditNotes: Credits,
  subject: z.string().optional(),
  origins: z
    .array(
      z.strictObject({ kind: z.enum(['contract', 'quote', 'order']), number: z.string().optional(), on: DayText.optional() }),
    )
    .default([]),
});

/** The shape of the file; docs/reference shows an example. */
const FactsFile = z.strictObject({
  creditor: Creditor,
  debtor: Debtor,
  invoices: z.array(Invoice).min(1),
  contractRate: PercentText.optional(),
  noticeReceivedOn: DayText.optional(),
  insolvencyOpenedOn: DayText.optional(),
  reference: z.string().default(''),
  place: z.string().optional(),
  date: DayText.optional(),
  deadline: DayText.optional(),
  story: z.array(z.string()).default([]),
  instalments: z.boolean().default(true),
  mediation: z.boolean().default(false),
  enclosures: z.array(z.string()).default([]),
});

/** What the command line may say instead of the file. */
export interface FactsOverrides {
  readonly date?: Day;
  readonly deadline?: Day;
}

/**
 * Reads the facts of a notice from JSON text; the statement of account is made on the day of the letter. Refusals: `facts.json`
 * (not JSON), `facts.invalid` (one French line for each field), `facts.not-computable` (the law data do not answer).
 */
export function factsFromJson(text: string, today: Day, overrides: FactsOverrides = {}): Result<FormalNoticeFacts> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return refuse(
      'facts.json',
      `Le fichier de faits n’est pas du JSON\u202f: ${error instanceof Error ? error.message : error}.`,
    );
  }
  const parsed = FactsFile.safeParse(json, { error: z.locales.fr().localeError });
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'le fichier'}\u202f: ${issue.message}`);
    return refuse('facts.invalid', lines.join('\n'), { lines });
  }
  return factsOfFile(parsed.data, overrides.date ?? parsed.data.date ?? today, overrides.deadline ?? parsed.data.deadline);
}

function factsOfFile(file: z.output<typeof FactsFile>, date: Day, deadline: Day | undefined): Result<FormalNoticeFacts> {
  const { debtor, contractRate, noticeReceivedOn, insolvencyOpenedOn } = file;
  const invoices = file.invoices.map((invoice, i) => ({ ...invoice, id: String(i) }));
  const claim: Claim = withoutUndefined({
    debtor: debtor.kind,
    contractRate,
    noticeReceivedOn,
    insolvencyOpenedOn,
    invoices: invoices.map(({ id, number, issuedOn, dueOn, amount, payments, creditNotes }) =>
      withoutUndefined({
        id,
        number,
        issuedOn,
        dueOn,
        amount,
        credits: [
          ...payments.map((credit) => withoutUndefined({ ...credit, kind: 'payment' as const })),
          ...creditNotes.map((credit) => withoutUndefined({ ...credit, kind: 'credit-note' as const })),
        ],
      }),
    ),
  });
  const statement = statementOfAccount(claim, date);
  if (statement.status !== 'computed') return refuse('facts.not-computable', statement.reason);
  const { kind, ...party } = debtor;
  return ok(
    withoutUndefined({
      creditor: withoutUndefined({
        ...file.creditor,
        address: withoutUndefined(file.creditor.address),
        signatory: file.creditor.signatory && withoutUndefined(file.creditor.signatory),
      }),
      debtor: withoutUndefined({ ...party, address: withoutUndefined(party.address) }),
      statement: statement.value,
      contractRate,
      insolvencyOpenedOn,
      invoices: invoices.map(({ id, subject, origins }) =>
        withoutUndefined({ invoiceId: id, subject, origins: origins.map(withoutUndefined) }),
      ),
      reference: file.reference,
      place: file.place,
      date,
      deadline,
      story: file.story,
      instalments: file.instalments,
      mediation: file.mediation,
      enclosures: file.enclosures,
    }),
  );
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Absent is absent: a key whose value is undefined is left out. */
const withoutUndefined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Defined<T>;
