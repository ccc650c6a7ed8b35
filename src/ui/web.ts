import type { Context, Hono } from 'hono';
import type { Refusal } from '#core/kernel/result.ts';
import type { Deps } from '#platform/deps.ts';
import type { AlertTone, Flash, ViewContext } from './view.ts';

/** What the web shell puts beside each request for the pages of the modules. */
export interface WebEnv {
  Variables: {
    view: ViewContext;
    /** shown on the next page */
    flash?: Flash;
    /** the company that this browser looks at from the next page on */
    company?: string;
    /** the reference under which a failure was logged */
    reference?: string;
    /** why the request is refused, for the error page */
    refusal?: Refusal;
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

/** A path of ours to come back to, from what a form or an address holds; "/" for anything that could lead elsewhere. */
export function localPath(text: unknown): string {
  return typeof text === 'string' && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(text) ? text : '/';
}
