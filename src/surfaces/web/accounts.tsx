import type { IncomingMessage } from 'node:http';
import { Hono, type MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Accounts, Session } from '#modules/accounts/index.ts';
import { fieldErrors } from '#platform/form.ts';
import { Alert, ErrorSummary, Field, Form, PageHeader, Submit } from '#ui/components/index.ts';
import { Page } from '#ui/layout.tsx';
import { problem, wantsJson } from '#ui/problem.tsx';
import { type Children, PATHS } from '#ui/view.ts';
import { localPath, typedIn, viewOf, type WebContext, type WebEnv } from '#ui/web.ts';
import { COOKIES, forget, renewBrowser, writeCookie } from './visitor.ts';

/** Where the visitor connects from: wrong passwords are counted by place. */
function placeOf(c: WebContext): string {
  const env = c.env as { incoming?: IncomingMessage } | undefined;
  return env?.incoming?.socket.remoteAddress ?? 'unknown';
}

/** Lets in whoever has a session; the others meet the first account, or the log-in page, and come back where they were going. */
export function requireSession(accounts: Accounts): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const token = getCookie(c, COOKIES.session);
    const user = token === undefined ? undefined : await accounts.session(token);
    if (user) {
      c.set('view', { ...viewOf(c), user: { email: user.email } });
      return next();
    }
    if (c.req.path === PATHS.logIn || c.req.path === PATHS.firstAccount) return next();
    if (wantsJson(c)) return problem(c, 401, { code: 'web.session', message: 'Connectez-vous pour continuer.' });
    if (!(await accounts.hasAdministrator())) return c.redirect(PATHS.firstAccount, 303);
    const back = c.req.method === 'GET' ? viewOf(c).path : '/';
    return c.redirect(back === '/' ? PATHS.logIn : `${PATHS.logIn}?retour=${encodeURIComponent(back)}`, 303);
  };
}

/** The pages of logging in, of the first account, and the way out. */
export function accountRoutes(accounts: Accounts): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();

  routes.get(PATHS.logIn, async (c) => {
    if (!(await accounts.hasAdministrator())) return c.redirect(PATHS.firstAccount, 303);
    return c.html(<LogIn c={c} typed={{ retour: c.req.query('retour') ?? '/' }} />);
  });
  routes.post(PATHS.logIn, async (c) => {
    const typed = await typedIn(c);
    const answer = await accounts.logIn({ email: typed.email ?? '', password: typed.password ?? '' }, placeOf(c));
    if (!answer.ok) {
      return c.html(<LogIn c={c} typed={typed} errors={fieldErrors(answer.refusal)} message={answer.refusal.message} />, 422);
    }
    return enter(c, answer.value, typed.retour);
  });

  routes.get(PATHS.firstAccount, async (c) => {
    if (await accounts.hasAdministrator()) return c.redirect(PATHS.logIn, 303);
    return c.html(<FirstAccount c={c} typed={{}} />);
  });
  routes.post(PATHS.firstAccount, async (c) => {
    if (await accounts.hasAdministrator()) return c.redirect(PATHS.logIn, 303);
    const typed = await typedIn(c);
    const { email = '', password = '', setupCode = '' } = typed;
    const answer = await accounts.createAdministrator({ email, password }, setupCode, placeOf(c));
    if (!answer.ok) {
      return c.html(
        <FirstAccount c={c} typed={typed} errors={fieldErrors(answer.refusal)} message={answer.refusal.message} />,
        422,
      );
    }
    return enter(c, answer.value, '/');
  });

  routes.post(PATHS.logOut, async (c) => {
    const token = getCookie(c, COOKIES.session);
    if (token !== undefined) await accounts.logOut(token);
    forget(c, COOKIES.session);
    renewBrowser(c);
    // Forms that were refused are held by the browser: whoever comes next must not go back to them.
    c.header('clear-site-data', '"cache"');
    return c.redirect(PATHS.logIn, 303);
  });
  return routes;
}

/** The form tokens of before are worth nothing after: a page prepared by someone else for this browser cannot act in the session. */
function enter(c: WebContext, { token, expiresAt }: Session, back: string | undefined): Response {
  writeCookie(c, COOKIES.session, token, { until: expiresAt });
  renewBrowser(c);
  return c.redirect(localPath(back), 303);
}

interface FormProps {
  c: WebContext;
  typed: Readonly<Record<string, string>>;
  errors?: Readonly<Record<string, string>>;
  /** why the whole was refused, when no field is to blame */
  message?: string;
}

function AccountPage({
  c,
  title,
  subtitle,
  errors = {},
  message,
  children,
}: Omit<FormProps, 'typed'> & { title: string; subtitle: string; children: Children }) {
  return (
    <Page view={viewOf(c)} title={title} width="narrow" bare>
      <ErrorSummary errors={errors} />
      {message && Object.keys(errors).length === 0 && (
        <Alert tone="late" live>
          <p>{message}</p>
        </Alert>
      )}
      <PageHeader title={title} subtitle={subtitle} />
      {children}
    </Page>
  );
}

function Email({ typed, errors = {} }: FormProps) {
  return (
    <Field
      name="email"
      label="Adresse électronique"
      type="email"
      autocomplete="username"
      value={typed.email}
      error={errors.email}
      width="medium"
    />
  );
}

function LogIn(props: FormProps) {
  const { c, typed, errors = {} } = props;
  return (
    <AccountPage
      {...props}
      title="Connexion"
      subtitle="Quitus est ouvert à d’autres machines que la sienne&#8239;: dites qui vous êtes."
    >
      <Form view={viewOf(c)} action={PATHS.logIn}>
        <input type="hidden" name="retour" value={localPath(typed.retour)} />
        <Email {...props} />
        <Field
          name="password"
          label="Mot de passe"
          type="password"
          autocomplete="current-password"
          error={errors.password}
          width="medium"
        />
        <div class="q-actions">
          <Submit icon="logIn">Se connecter</Submit>
        </div>
      </Form>
    </AccountPage>
  );
}

function FirstAccount(props: FormProps) {
  const { c, typed, errors = {} } = props;
  return (
    <AccountPage
      {...props}
      title="Créer le premier compte"
      subtitle="Ce compte administre Quitus. Personne n’entre avant qu’il existe."
    >
      <Form view={viewOf(c)} action={PATHS.firstAccount}>
        <Field
          name="setupCode"
          label="Code de mise en route"
          hint="Il est écrit dans la fenêtre où Quitus a démarré."
          autocomplete="one-time-code"
          value={typed.setupCode}
          error={errors.setupCode}
          width="short"
        />
        <Email {...props} />
        <Field
          name="password"
          label="Mot de passe"
          hint="Au moins 12 caractères. Une phrase facile à retenir convient très bien."
          type="password"
          autocomplete="new-password"
          error={errors.password}
          width="medium"
        />
        <div class="q-actions">
          <Submit>Créer le compte</Submit>
        </div>
      </Form>
    </AccountPage>
  );
}
