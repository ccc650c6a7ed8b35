import { html } from 'hono/html';
import { assetUrl } from './assets.ts';
import { Alert } from './components/alert.tsx';
import { ConfirmButton } from './components/form.tsx';
import { LinkButton } from './components/page-header.tsx';
import { BottomBar, CompanySwitcher, MainLinks, ThemeChoice, UserMenu } from './navigation.tsx';
import { type Children, cx, newCompanyLabel, PATHS, type ViewContext } from './view.ts';

/** What the first line of every page is set in: asked for at once, so that figures do not move when it comes. */
const FONTS = ['source-sans-3.woff2', 'source-serif-4.woff2', 'narrow-space.woff2'];

/** Scripts that a page may ask for besides the one of every page. */
export type Script = 'drop.js';

interface Props {
  view: ViewContext;
  /** the page's own title, without the product's name */
  title: string;
  /** `narrow` for a question or a text to read, `wide` for large tables */
  width?: 'narrow' | 'normal' | 'wide';
  scripts?: readonly Script[];
  /** pages that are read before any account exists show no navigation */
  bare?: boolean;
  children?: Children;
}

/** A whole page: everything a browser needs, nothing from elsewhere. */
export function Page({ view, title, width = 'normal', scripts = [], bare = false, children }: Props) {
  const page = (
    <html lang="fr" data-bs-theme={view.theme === 'auto' ? undefined : view.theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={view.theme === 'auto' ? 'light dark' : view.theme} />
        <meta name="robots" content="noindex" />
        <title>{`${title} · Quitus`}</title>
        <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
        {FONTS.map((name) => (
          <link rel="preload" href={assetUrl(name)} as="font" type="font/woff2" crossorigin="anonymous" />
        ))}
        <link rel="stylesheet" href={assetUrl('tabler.css')} />
        <link rel="stylesheet" href={assetUrl('quitus.css')} />
        <script type="module" src={assetUrl('page.js')} />
        {scripts.map((name) => (
          <script type="module" src={assetUrl(name)} />
        ))}
      </head>
      <body class={cx(bare && 'q-bare')}>
        <a class="q-skip" href="#contenu">
          Aller au contenu
        </a>
        <header class="q-top">
          <div class="q-top-inner">
            <a class="q-brand" href={PATHS.today} aria-label="Quitus, accueil">
              Quitus
            </a>
            {!bare && <MainLinks view={view} />}
            <div class="q-top-tools">
              {!bare && <CompanySwitcher view={view} />}
              <ThemeChoice view={view} />
              {view.user && <UserMenu view={view} email={view.user.email} />}
            </div>
          </div>
        </header>
        {!bare && view.tenant?.demo && <DemoBanner view={view} />}
        <main id="contenu" class={`q-main q-main-${width}`} tabindex={-1}>
          {view.flash && (
            <Alert tone={view.flash.tone} live>
              <p>{view.flash.text}</p>
            </Alert>
          )}
          {children}
        </main>
        <footer class="q-foot">
          <div class="q-foot-inner">
            <p>Quitus {view.version}</p>
            <p>Logiciel libre AGPL</p>
            <p>
              <a href={PATHS.sources}>D’où vient le droit</a>
            </p>
          </div>
        </footer>
        {!bare && <BottomBar view={view} />}
      </body>
    </html>
  );
  return html`<!doctype html>${page}`;
}

/** On every page of the demo company: what it is, how to leave it. */
function DemoBanner({ view }: { view: ViewContext }) {
  return (
    <aside class="q-demo" aria-label="Entreprise de démonstration">
      <div class="q-demo-inner">
        <p>
          <strong>Entreprise de démonstration</strong> — données inventées
        </p>
        <div class="q-demo-actions">
          <LinkButton href={PATHS.newCompany} icon="add" weight="plain">
            {newCompanyLabel(view)}
          </LinkButton>
          <ConfirmButton
            view={view}
            action={PATHS.removeDemo}
            label="Supprimer la démonstration"
            question="Les dossiers inventés et leurs documents seront effacés. Vos propres entreprises ne changent pas."
            confirm="Supprimer la démonstration"
            icon="remove"
          />
        </div>
      </div>
    </aside>
  );
}
