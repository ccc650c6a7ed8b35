import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Refusal } from '#core/kernel/result.ts';
import { CSRF_FIELD, Form, Submit } from './components/form.tsx';
import { LinkButton, PageHeader } from './components/page-header.tsx';
import { Page } from './layout.tsx';
import { PATHS } from './view.ts';
import { viewOf, type WebContext } from './web.ts';

/** What was being sent when it failed, as text fields in order. */
export type Sent = readonly (readonly [name: string, value: string])[];

interface Options {
  /** the name under which the failure was logged */
  readonly reference?: string;
  /** what the form held, to be sent again by one press */
  readonly sent?: Sent;
}

const TITLES: Partial<Record<number, string>> = {
  400: 'Demande mal formée',
  401: 'Connexion nécessaire',
  403: 'Demande refusée',
  404: 'Page introuvable',
  409: 'Les choses ont changé entre-temps',
  413: 'Envoi trop volumineux',
  421: 'Adresse inconnue',
  422: 'À corriger',
  500: 'Une erreur s’est produite',
  503: 'Quitus est indisponible',
};

/** True for programs, which read problems as JSON (RFC 9457), and for our own scripts. */
export function wantsJson(c: WebContext): boolean {
  const accept = c.req.header('accept') ?? '';
  return /application\/(problem\+)?json/.test(accept) && !accept.includes('text/html');
}

/** Answers that something did not work: what, where, what to do; as a page, or as problem JSON for programs. */
export function problem(
  c: WebContext,
  status: ContentfulStatusCode,
  refusal: Refusal,
  options: Options = {},
): Response | Promise<Response> {
  const title = TITLES[status] ?? 'Demande refusée';
  const { reference, sent } = options;
  if (wantsJson(c)) {
    const body = { type: `urn:quitus:${refusal.code}`, title, status, detail: refusal.message, code: refusal.code, reference };
    return c.json(body, status, { 'content-type': 'application/problem+json; charset=utf-8' });
  }
  const view = viewOf(c);
  const posted = c.req.method === 'POST';
  return c.html(
    <Page view={view} title={title} width="narrow">
      <PageHeader title={title} subtitle={refusal.message} />
      {reference && (
        <p>
          Référence de l’erreur&#8239;: <strong>{reference}</strong>. Le détail est écrit sous cette référence dans le journal
          technique de Quitus.
        </p>
      )}
      {posted && sent && sent.length > 0 && (
        <Form view={view} action={c.req.path}>
          <p>Ce que vous avez saisi n’est pas perdu&#8239;: vous pouvez l’envoyer de nouveau.</p>
          {sent.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <div class="q-actions">
            <Submit>Envoyer de nouveau</Submit>
          </div>
        </Form>
      )}
      {posted && !sent?.length && <p>Le bouton «&#160;Précédent&#160;» de votre navigateur ramène à la page où vous étiez.</p>}
      <p>
        <LinkButton href={PATHS.today} weight="plain" icon="today">
          Revenir à l’accueil
        </LinkButton>
      </p>
    </Page>,
    status,
  );
}

/** What a form held, if it can be sent again: text only, no secret, no file. */
export async function sentFields(c: WebContext): Promise<Sent> {
  if (!(c.req.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded')) return [];
  const entries = [...(await c.req.formData().catch(() => new FormData()))].filter(([name]) => name !== CSRF_FIELD);
  if (entries.some(([name, value]) => typeof value !== 'string' || /password|secret|code/i.test(name))) return [];
  return entries.map(([name, value]) => [name, String(value)] as const);
}
