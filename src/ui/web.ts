import type { Context, Hono } from 'hono';
import type { Deps } from '#platform/deps.ts';
import { CSRF_FIELD } from './components/form.tsx';
import { type AlertTone, type Flash, PATHS, type ViewContext } from './view.ts';

/** What the web shell puts beside each request for the pages of the modules. */
export interface WebEnv {
  Variables: {
    view: ViewContext;
    /** shown on the next page */
    flash?: Flash;
    /** the company that this browser looks at from the next page on */
    company?: string;
  };
}

export type WebContext = Context<WebEnv>;

/** The pages of a module: what it exports for the web shell to mount at the root. */
export interface WebModule {
  /** its router, with whole paths ("/dossiers/:id") */
  readonly routes: (deps: Deps) => Hono<WebEnv>;
  /** paths that receive files: the limit of requests with files holds there, a much lower one elsewhere */
  readonly uploads?: readonly string[];
}

/** What the page knows of its visitor. */
export const viewOf = (c: WebContext): ViewContext => c.get('view');

/** After a form did its work: a message for the next page, and where to go. Reloading that page repeats nothing. */
export function redirectWith(c: WebContext, to: string, text: string, tone: AlertTone = 'good'): Response {
  c.set('flash', { tone, text });
  return c.redirect(to, 303);
}

/** The company of the page, or undefined before the first one exists. */
export const tenantOf = (c: WebContext): string | undefined => viewOf(c).tenant?.id;

/** The answer to a page that belongs to a company: without one, the visitor is led to the first choice. */
export function forCompany(
  work: (c: WebContext, tenantId: string) => Response | Promise<Response>,
): (c: WebContext) => Response | Promise<Response> {
  return (c) => {
    const tenantId = tenantOf(c);
    return tenantId === undefined ? c.redirect(PATHS.welcome, 303) : work(c, tenantId);
  };
}

/** A path of ours to come back to, from what a form or an address holds; "/" for anything that could lead elsewhere. */
export function localPath(text: unknown): string {
  return typeof text === 'string' && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(text) ? text : '/';
}

/** The text fields of a sent form, without the token: what use cases parse. A name sent twice keeps its last value. */
export async function typedIn(c: WebContext): Promise<Readonly<Record<string, string>>> {
  const typed: Record<string, string> = {};
  for (const [name, value] of await c.req.formData()) {
    // Nobody types a NUL, and PostgreSQL keeps none.
    if (typeof value === 'string' && name !== CSRF_FIELD) typed[name] = value.replaceAll('\0', '').replaceAll('\r\n', '\n');
  }
  return typed;
}

/** The files of a sent form under a name, empty ones left out: a browser sends one when nothing was chosen. */
export async function filesIn(c: WebContext, name: string): Promise<File[]> {
  const given = (await c.req.formData()).getAll(name);
  return given.filter((value): value is File => typeof value !== 'string' && (value.size > 0 || value.name !== ''));
}

/** Where a kept document may be shown: by itself, or inside our own pages. */
interface Shown {
  readonly mediaType: string;
  /** the name it is saved under */
  readonly name: string;
  /** inside a frame of our own pages */
  readonly framed?: boolean;
}

/** Types that a browser shows as they are. Anything else, an XML first of all, is shown as plain text: it can neither draw nor act. */
const SHOWN_AS_IS = new Set(['application/pdf', 'image/png', 'image/jpeg']);

/**
 * Answers with a document that came from outside. It is nobody's page: it can run nothing, load nothing and be framed by our pages
 * only, where asked. Never guessed to be of another type (nosniff, on every answer).
 */
export function sendDocument(
  c: WebContext,
  bytes: Uint8Array<ArrayBuffer>,
  { mediaType, name, framed = false }: Shown,
): Response {
  const type = SHOWN_AS_IS.has(mediaType) ? mediaType : 'text/plain; charset=utf-8';
  // A browser shows a PDF in a viewer of its own, which a sandbox would forbid.
  const sandbox = type === 'application/pdf' ? '' : '; sandbox';
  const ancestors = framed ? "'self'" : "'none'";
  c.header('content-type', type);
  c.header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, hex)}`);
  c.header('content-security-policy', `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors ${ancestors}${sandbox}`);
  if (framed) c.header('x-frame-options', 'SAMEORIGIN');
  return c.body(bytes);
}

const hex = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
