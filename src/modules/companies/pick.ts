import type { Deps } from '#platform/deps.ts';
import { PlatformFailure } from '#platform/failure.ts';
import { type Company, listCompanies } from './companies.ts';

/**
 * Opens the store for a command, finds the company meant (by its name, or the only one of the user's own, or the only one), and closes
 * the store whatever happens. Throws a PlatformFailure `company.unknown` that lists the names when it cannot tell.
 */
export async function inCompany<T>(
  open: () => Promise<Deps>,
  name: string | undefined,
  work: (deps: Deps, tenantId: string) => Promise<T>,
): Promise<T> {
  const deps = await open();
  try {
    const companies = await listCompanies(deps);
    const company = meant(companies, name);
    if (company) return await work(deps, company.id);
    const names = companies.map((c) => `«\u00a0${c.name}\u00a0»`).join(', ') || 'aucune';
    throw new PlatformFailure(
      'company.unknown',
      `dites de quelle entreprise il s’agit avec --company. Entreprises présentes\u202f: ${names}.`,
    );
  } finally {
    await deps.db.close();
  }
}

function meant(companies: readonly Company[], name: string | undefined): Company | undefined {
  if (name !== undefined) return companies.find((c) => c.name.toLowerCase() === name.toLowerCase());
  const own = companies.filter((c) => !c.demo);
  if (own.length === 1) return own[0];
  return companies.length === 1 ? companies[0] : undefined;
}
