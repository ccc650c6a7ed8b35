import type { Child } from 'hono/jsx';
import type { Day } from '#core/kernel/day.ts';

/** Anything that may stand inside a page. */
export type Children = Child;

/** A company whose claims the user follows. `demo` marks the one with invented data. */
export interface CompanyChoice {
  readonly id: string;
  readonly name: string;
  readonly demo: boolean;
}

/** What the user chose to see: `auto` follows the system. */
export type Theme = 'auto' | 'light' | 'dark';

/** The colour and icon of a message. The words say it too: no tone is told by colour alone. */
export type AlertTone = 'good' | 'info' | 'soon' | 'late';

/** A message shown once, on the next page. */
export interface Flash {
  readonly tone: AlertTone;
  readonly text: string;
}

/** What every page knows of its visitor. */
export interface ViewContext {
  /** the company being looked at; absent before the first one exists */
  readonly tenant?: CompanyChoice;
  readonly companies: readonly CompanyChoice[];
  /** a first visit: no company of one's own, and none picked; the first screen is then the choice of `PATHS.welcome` */
  readonly undecided?: true;
  readonly theme: Theme;
  /** path and query of the page, from the root: "/dossiers?page=2" */
  readonly path: string;
  readonly today: Day;
  readonly flash?: Flash;
  readonly user?: { readonly email: string };
  /** the token that each form of this visitor carries (docs/adr/0201-web-security.md) */
  readonly csrf: string;
  readonly version: string;
}

/** The addresses that the layout itself links to. Modules own the pages behind them. */
export const PATHS = {
  today: '/',
  drop: '/deposer',
  money: '/encaissements',
  cases: '/dossiers',
  balance: '/balance',
  exports: '/exports',
  settings: '/reglages',
  law: '/droit',
  welcome: '/bienvenue',
  newCompany: '/entreprises/nouvelle',
  chooseCompany: '/entreprises/choisir',
  removeDemo: '/demonstration/supprimer',
  theme: '/apparence',
  logIn: '/connexion',
  logOut: '/deconnexion',
  firstAccount: '/premier-compte',
  sources: '/droit#sources',
} as const;

/** Joins class names, leaving out what is absent. */
export const cx = (...names: readonly (string | false | undefined)[]): string => names.filter(Boolean).join(' ');

/** What the way to a new company is called: one's own, then one more. */
export const newCompanyLabel = ({ companies }: Pick<ViewContext, 'companies'>): string =>
  companies.some((company) => !company.demo) ? 'Ajouter une entreprise' : 'Créer mon entreprise';
