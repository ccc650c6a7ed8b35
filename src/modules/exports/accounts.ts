import type { Certainty } from '#core/kernel/outcome.ts';
import { ok, type Result } from '#core/kernel/result.ts';
import type { Account } from '#formats/fec/index.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { AccountsTable } from '#platform/db/schema-exports.ts';
import type { Deps } from '#platform/deps.ts';
import { invalidForm, type Typed } from '#platform/form.ts';

export type AccountRole = AccountsTable['role'];

/** What an account is for, its usual number in the French chart, and how sure that number is: the user, or the accountant, corrects it. */
interface Usual extends Account {
  readonly use: string;
  readonly grade: Certainty;
}

/** The usual accounts. Those of doubtful and lost claims were seen in secondary sources; the others are noted from memory. */
export const USUAL_ACCOUNTS: Readonly<Record<AccountRole, Usual>> = {
  bank: { number: '512', label: 'Banques', use: 'L’argent reçu ou rendu', grade: 'memory' },
  customers: { number: '411', label: 'Clients', use: 'Ce que doivent les clients', grade: 'secondary' },
  doubtful: { number: '416', label: 'Clients douteux ou litigieux', use: 'Les créances devenues douteuses', grade: 'secondary' },
  suppliers: { number: '401', label: 'Fournisseurs', use: 'La dette éteinte par une compensation', grade: 'memory' },
  suspense: {
    number: '471',
    label: 'Compte d’attente',
    use: 'L’argent reçu pour une autre entreprise, jusqu’à ce qu’il soit rendu',
    grade: 'memory',
  },
  'bank-fees': {
    number: '627',
    label: 'Services bancaires',
    use: 'Les frais retenus par une banque sur un virement',
    grade: 'memory',
  },
  discounts: { number: '665', label: 'Escomptes accordés', use: 'L’escompte pris par un client et accepté', grade: 'memory' },
  interest: {
    number: '763',
    label: 'Revenus des autres créances',
    use: 'Les intérêts de retard, quand ils sont encaissés',
    grade: 'memory',
  },
  indemnity: {
    number: '7588',
    label: 'Autres produits divers de gestion courante',
    use: 'L’indemnité de 40\u00a0€, quand elle est encaissée',
    grade: 'memory',
  },
  allowance: {
    number: '491',
    label: 'Dépréciations des comptes de clients',
    use: 'La dépréciation d’une créance douteuse',
    grade: 'secondary',
  },
  'allowance-charge': {
    number: '68174',
    label: 'Dotations aux dépréciations des créances',
    use: 'La charge de cette dépréciation',
    grade: 'secondary',
  },
  'allowance-release': {
    number: '78174',
    label: 'Reprises sur dépréciations des créances',
    use: 'Sa reprise, quand le dossier se ferme ou qu’elle baisse',
    grade: 'memory',
  },
  loss: { number: '654', label: 'Pertes sur créances irrécouvrables', use: 'La créance perdue, hors taxes', grade: 'secondary' },
  vat: { number: '44571', label: 'TVA collectée', use: 'La TVA récupérée sur une créance perdue', grade: 'secondary' },
  'vat-on-receipt': {
    number: '4457',
    label: 'Taxes sur le chiffre d’affaires collectées',
    use: 'La TVA qui n’était pas encore due, d’une prestation taxée à l’encaissement',
    grade: 'memory',
  },
};

export const ACCOUNT_ROLES = Object.keys(USUAL_ACCOUNTS) as readonly AccountRole[];

/** The accounts a company books on. */
export type Chart = Readonly<Record<AccountRole, Account>>;

/** The accounts of a company: its own where it gave one, the usual ones otherwise. */
export async function chartOf(tx: Tx, tenantId: string): Promise<Chart> {
  const rows = await tx.selectFrom('accounts').select(['role', 'number', 'label']).where('tenant_id', '=', tenantId).execute();
  const own = Object.fromEntries(rows.map(({ role, number, label }) => [role, { number, label }]));
  return { ...USUAL_ACCOUNTS, ...own };
}

/**
 * Keeps the accounts typed, by role (`bank`, and `bank-label` for its name); an empty number goes back to the usual one. Refusal
 * `form.invalid`.
 */
export async function saveChart(deps: Pick<Deps, 'db' | 'clock'>, tenantId: string, typed: Typed): Promise<Result<void>> {
  const errors: Record<string, string> = {};
  const given = ACCOUNT_ROLES.map((role) => {
    const usual = USUAL_ACCOUNTS[role];
    const number = (typed[role] ?? '').replace(/\s/g, '').toUpperCase() || usual.number;
    const label = (typed[`${role}-label`] ?? '').trim() || usual.label;
    if (!/^[0-9A-Z]{3,12}$/.test(number)) errors[role] = 'Un numéro de compte a de 3 à 12 chiffres ou lettres.';
    if (label.length > 100) errors[`${role}-label`] = 'Ce nom est trop long (100 caractères au plus).';
    return { role, number, label, own: number !== usual.number || label !== usual.label };
  });
  if (Object.keys(errors).length > 0) return invalidForm(errors);
  return deps.db.tenant(tenantId, async (tx) => {
    const before = await chartOf(tx, tenantId);
    const changed = given.filter(({ role, number, label }) => before[role].number !== number || before[role].label !== label);
    if (changed.length === 0) return ok(undefined);
    const at = deps.clock.now();
    await tx.deleteFrom('accounts').where('tenant_id', '=', tenantId).execute();
    const own = given.filter((of) => of.own);
    if (own.length > 0)
      await tx
        .insertInto('accounts')
        .values(own.map(({ role, number, label }) => ({ tenant_id: tenantId, role, number, label, updated_at: at })))
        .execute();
    await appendJournal(tx, tenantId, {
      kind: 'accounts-set',
      on: deps.clock.today(),
      at,
      actor: 'user',
      payload: Object.fromEntries(changed.map(({ role, number, label }) => [role, `${number} ${label}`])),
    });
    return ok(undefined);
  });
}
