import { type Command, InvalidArgumentError } from 'commander';
import type { Claim, Credit } from '#core/claim/claim.ts';
import { type DebtorKind, statementOfAccount } from '#core/claim/statement.ts';
import { type Day, isAfter, parseDay } from '#core/kernel/day.ts';
import { frenchDay } from '#core/kernel/french.ts';
import { type Money, parseAmount } from '#core/kernel/money.ts';
import { parsePercent, type Ratio } from '#core/kernel/ratio.ts';
import { statementJson, statementText } from './statement-view.ts';

interface OwedOptions {
  readonly amount: Money;
  readonly due: Day;
  readonly asOf?: Day;
  readonly debtor: DebtorKind;
  readonly paid: readonly Credit[];
  readonly credit: readonly Credit[];
  readonly rate?: Ratio;
  readonly notice?: Day;
  readonly principalFirst?: boolean;
  readonly individualCreditor?: boolean;
  readonly insolvency?: Day;
  readonly json?: boolean;
}

/** Adds `quitus owed`: what one invoice owes on a day, with its décompte. Wrong options leave by commander's error (exit 2). */
export function registerOwed(program: Command, { today }: { readonly today: () => Day }): void {
  program
    .command('owed')
    .description('calcule ce que doit une facture à une date, selon la loi, ligne par ligne')
    .requiredOption('--amount <montant>', 'montant TTC de la facture, par exemple 4800.00', amountOf('--amount'))
    .requiredOption('--due <jour>', 'échéance de la facture, par exemple 2026-03-31', dayOf('--due'))
    .option('--as-of <jour>', 'jour du décompte (aujourd’hui par défaut)', dayOf('--as-of'))
    .requiredOption('--debtor <qui>', 'qui doit : business, consumer ou public', debtorKind)
    .option(
      '--paid <jour:montant>',
      'paiement reçu, par exemple 2026-08-01:1000.00 (à répéter)',
      credits('--paid', 'payment'),
      [],
    )
    .option(
      '--credit <jour:montant>',
      'avoir émis, par exemple 2026-08-01:100.00 (à répéter)',
      credits('--credit', 'credit-note'),
      [],
    )
    .option('--rate <pourcentage>', 'taux annuel de la clause de pénalités, par exemple 8.5', percentage)
    .option('--notice <jour>', 'jour où le débiteur a reçu la mise en demeure', dayOf('--notice'))
    .option('--principal-first', 'les paiements s’imputent d’abord sur le principal (il faut l’accord du créancier)')
    .option('--individual-creditor', 'le créancier est un particulier hors de tout besoin professionnel')
    .option('--insolvency <jour>', 'jour du jugement d’ouverture d’une procédure collective', dayOf('--insolvency'))
    .option('--json', 'répond en JSON')
    .action((options: OwedOptions) => {
      const asOf = options.asOf ?? today();
      for (const { on } of [...options.paid, ...options.credit].filter((credit) => isAfter(credit.on, asOf)))
        console.error(
          `Le décompte s’arrête au ${frenchDay(asOf)}\u202f: ce qui est daté du ${frenchDay(on)} n’y est pas compté.`,
        );
      const answer = statementOfAccount(claimOf(options), asOf);
      if (answer.status === 'computed') {
        console.log(options.json ? JSON.stringify(statementJson(answer.value)) : statementText(answer.value));
        return;
      }
      if (options.json) console.log(JSON.stringify({ status: answer.status, reason: answer.reason }));
      console.error(answer.reason);
      process.exitCode = 1;
    });
}

function claimOf(options: OwedOptions): Claim {
  return {
    debtor: options.debtor,
    invoices: [
      {
        id: 'facture',
        // Sentences say « La facture … »: this one has no number.
        number: `à échéance du ${frenchDay(options.due)}`,
        dueOn: options.due,
        amount: options.amount,
        credits: [...options.paid, ...options.credit],
      },
    ],
    ...(options.rate && { contractRate: options.rate }),
    ...(options.notice && { noticeReceivedOn: options.notice }),
    ...(options.principalFirst && { imputation: 'principal-first' }),
    ...(options.individualCreditor && { creditorIsConsumer: true }),
    ...(options.insolvency && { insolvencyOpenedOn: options.insolvency }),
  };
}

const dayOf =
  (option: string) =>
  (text: string): Day => {
    const value = parseDay(text);
    if (!value)
      throw new InvalidArgumentError(`${option}\u202f: « ${text} » n’est pas un jour\u202f; écrivez par exemple 2026-03-31.`);
    return value;
  };

const amountOf =
  (option: string) =>
  (text: string): Money => {
    const value = parseAmount(text);
    if (value && value.cents > 0n) return value;
    throw new InvalidArgumentError(
      `${option}\u202f: « ${text} » n’est pas un montant positif\u202f; écrivez par exemple 4800.00.`,
    );
  };

function percentage(text: string): Ratio {
  const value = /^\d{1,3}(\.\d{1,6})?$/.test(text) ? parsePercent(text) : undefined;
  if (value && value.n <= value.d) return value;
  throw new InvalidArgumentError(
    `--rate\u202f: « ${text} » n’est pas un taux annuel entre 0 et 100\u202f; écrivez par exemple 8.5.`,
  );
}

const KINDS: readonly DebtorKind[] = ['business', 'consumer', 'public'];

function debtorKind(text: string): DebtorKind {
  const found = KINDS.find((kind) => kind === text);
  if (found) return found;
  throw new InvalidArgumentError(`--debtor\u202f: « ${text} » n’est pas connu\u202f; choisissez business, consumer ou public.`);
}

const credits =
  (option: string, kind: Credit['kind']) =>
  (text: string, before: readonly Credit[]): readonly Credit[] => {
    const [on = '', amount = '', rest] = text.split(':');
    if (rest !== undefined || amount === '') {
      throw new InvalidArgumentError(
        `${option}\u202f: « ${text} » n’est pas de la forme jour:montant, par exemple 2026-08-01:1000.00.`,
      );
    }
    return [...before, { on: dayOf(option)(on), amount: amountOf(option)(amount), kind }];
  };
