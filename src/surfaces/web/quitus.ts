import type { Accounts } from '#modules/accounts/index.ts';
import { adviceOnCase, adviceWeb } from '#modules/advice/advice.pages.tsx';
import { adviceWitness, advisedSteps } from '#modules/advice/index.ts';
import { casesWeb } from '#modules/cases/cases.pages.tsx';
import { companiesWeb } from '#modules/companies/companies.pages.tsx';
import { listCompanies } from '#modules/companies/index.ts';
import { exportsWeb } from '#modules/exports/exports.pages.tsx';
import { expectedCard, forecastWeb } from '#modules/forecast/forecast.pages.tsx';
import { importsWeb } from '#modules/imports/imports.pages.tsx';
import { insightsWeb } from '#modules/insights/insights.pages.tsx';
import { timingWeb } from '#modules/insights/timing.pages.tsx';
import { countPending } from '#modules/intake/index.ts';
import { intakeWeb } from '#modules/intake/intake.pages.tsx';
import { lawWeb } from '#modules/law/law.pages.tsx';
import { lettersWeb } from '#modules/letters/letters.pages.tsx';
import { freshness } from '#modules/payments/index.ts';
import { paymentsWeb } from '#modules/payments/payments.pages.tsx';
import type { Deps } from '#platform/deps.ts';
import type { WebModule } from '#ui/web.ts';
import { createApp } from './app.tsx';
import { loadWebSecret } from './secret.ts';

/** The pages of Quitus. */
const MODULES: readonly WebModule[] = [
  casesWeb({
    pendingDocuments: (deps, tenantId) => deps.db.tenant(tenantId, (tx) => countPending(tx, tenantId)),
    bank: async (deps, tenantId) => {
      const { waitingLines, reason } = await deps.db.tenant(tenantId, (tx) => freshness(tx, tenantId, deps.clock.today()));
      return { toLookAt: waitingLines, stale: reason };
    },
    adviceOnCase: async (...of) => {
      const { card, ...news } = await adviceOnCase(...of);
      return { card: [card, await expectedCard(...of)], ...news };
    },
    advisedSteps,
    witness: adviceWitness,
  }),
  adviceWeb,
  insightsWeb,
  forecastWeb,
  timingWeb,
  lettersWeb,
  importsWeb,
  intakeWeb,
  paymentsWeb,
  exportsWeb,
  companiesWeb,
  lawWeb,
];

/**
 * The whole web application on a store: what `npm start` serves and what the browser tests drive. `accounts` is required when Quitus
 * listens on more than loopback.
 */
export async function quitusApp(deps: Deps, version: string, accounts?: Accounts) {
  return createApp({
    modules: MODULES,
    deps,
    version,
    secret: await loadWebSecret(deps.config.dataDir),
    companies: () => listCompanies(deps),
    ...(accounts ? { accounts } : {}),
  });
}
