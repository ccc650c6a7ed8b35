import { CsrfField } from './components/form.tsx';
import { Icon, type IconName } from './icons.tsx';
import { cx, newCompanyLabel, PATHS, type Theme, type ViewContext } from './view.ts';

interface Link {
  readonly href: string;
  readonly label: string;
  readonly icon: IconName;
  /** where the whole word does not fit: under the thumb on a phone */
  readonly short?: string;
}

/** What is done day by day, then what is set once or looked up: on a phone, the latter are behind « Plus ». */
const DAILY: readonly Link[] = [
  { href: PATHS.today, label: 'Aujourd’hui', icon: 'today' },
  { href: PATHS.drop, label: 'Déposer', icon: 'drop' },
  { href: PATHS.money, label: 'Encaissements', icon: 'payment', short: 'Reçus' },
  { href: PATHS.cases, label: 'Dossiers', icon: 'cases' },
];
const SELDOM: readonly Link[] = [
  { href: PATHS.settings, label: 'Réglages', icon: 'settings' },
  { href: PATHS.law, label: 'Le droit', icon: 'law' },
];

/** "page" for the link of the very page, "true" for the section it lies in. */
function current(href: string, path: string): 'page' | 'true' | undefined {
  const bare = path.split('?')[0] ?? '/';
  if (bare === href) return 'page';
  return href !== '/' && bare.startsWith(`${href}/`) ? 'true' : undefined;
}

interface ViewProps {
  view: ViewContext;
}

/** The navigation of large screens, in the head of the page. */
export function MainLinks({ view }: ViewProps) {
  return (
    <nav class="q-nav" aria-label="Navigation principale">
      <ul>
        {[...DAILY, ...SELDOM].map(({ href, label, icon }) => (
          <li>
            <a href={href} aria-current={current(href, view.path)}>
              <Icon name={icon} />
              <span>{label}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The same on a phone, under the thumb; one of the two is displayed. */
export function BottomBar({ view }: ViewProps) {
  const within = SELDOM.some(({ href }) => current(href, view.path));
  return (
    <nav class="q-bottom" aria-label="Navigation principale">
      <ul>
        {DAILY.map(({ href, label, icon, short }) => (
          <li>
            <a href={href} aria-current={current(href, view.path)}>
              <Icon name={icon} />
              <span>{short ?? label}</span>
            </a>
          </li>
        ))}
        <li>
          <details class="q-menu q-more">
            <summary class={cx(within && 'q-more-here')}>
              <Icon name="more" />
              <span>Plus</span>
            </summary>
            <div class="q-menu-body">
              {SELDOM.map(({ href, label, icon }) => (
                <a class="q-menu-item" href={href} aria-current={current(href, view.path)}>
                  <Icon name={icon} />
                  <span>{label}</span>
                </a>
              ))}
            </div>
          </details>
        </li>
      </ul>
    </nav>
  );
}

/** Which company one looks at, and how to add one. */
export function CompanySwitcher({ view }: ViewProps) {
  const others = view.companies.filter((c) => c.id !== view.tenant?.id);
  return (
    <details class="q-menu">
      <summary>
        <Icon name={view.tenant?.demo ? 'demo' : 'company'} />
        <span class="q-menu-label">
          <span class="visually-hidden">Entreprise&#8239;: </span>
          {view.tenant?.name ?? 'Aucune entreprise'}
        </span>
        <Icon name="down" class="q-menu-mark" />
      </summary>
      <div class="q-menu-body">
        {others.length > 0 && (
          <form method="post" action={PATHS.chooseCompany}>
            <CsrfField view={view} />
            <p class="q-menu-title">Changer d’entreprise</p>
            {others.map((c) => (
              <button type="submit" name="company" value={c.id} class="q-menu-item">
                <Icon name={c.demo ? 'demo' : 'company'} />
                <span>
                  {c.name}
                  {c.demo && <span class="q-note">Démonstration</span>}
                </span>
              </button>
            ))}
          </form>
        )}
        <a class="q-menu-item" href={PATHS.newCompany}>
          <Icon name="add" />
          <span>{newCompanyLabel(view)}</span>
        </a>
      </div>
    </details>
  );
}

const THEMES: readonly { value: Theme; label: string; icon: IconName }[] = [
  { value: 'auto', label: 'Comme mon appareil', icon: 'auto' },
  { value: 'light', label: 'Clair', icon: 'light' },
  { value: 'dark', label: 'Sombre', icon: 'dark' },
];

/** Light, dark or as the system: a form, so that it works without script. */
export function ThemeChoice({ view }: ViewProps) {
  const now = THEMES.find((t) => t.value === view.theme) ?? THEMES[0];
  return (
    <details class="q-menu q-menu-small">
      <summary>
        <Icon name={now?.icon ?? 'auto'} label={`Apparence\u202f: ${now?.label.toLowerCase() ?? ''}`} />
      </summary>
      <div class="q-menu-body">
        <form method="post" action={PATHS.theme}>
          <CsrfField view={view} />
          <input type="hidden" name="back" value={view.path} />
          <p class="q-menu-title">Apparence</p>
          {THEMES.map((t) => (
            <button type="submit" name="theme" value={t.value} class="q-menu-item" aria-pressed={String(t.value === view.theme)}>
              <Icon name={t.icon} />
              <span>{t.label}</span>
              {t.value === view.theme && <Icon name="check" class="q-menu-tick" />}
            </button>
          ))}
        </form>
      </div>
    </details>
  );
}

/** Who is logged in, and the way out. */
export function UserMenu({ view, email }: ViewProps & { email: string }) {
  return (
    <details class="q-menu q-menu-small">
      <summary>
        <Icon name="person" label={`Compte\u202f: ${email}`} />
      </summary>
      <div class="q-menu-body">
        <p class="q-menu-title">{email}</p>
        <form method="post" action={PATHS.logOut}>
          <CsrfField view={view} />
          <button type="submit" class="q-menu-item">
            <Icon name="logOut" />
            <span>Se déconnecter</span>
          </button>
        </form>
      </div>
    </details>
  );
}
