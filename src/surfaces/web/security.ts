import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { isLoopback } from '#platform/config.ts';
import { CSRF_FIELD } from '#ui/components/form.tsx';
import { fileSize } from '#ui/format.ts';
import { problem, sentFields } from '#ui/problem.tsx';
import { viewOf, type WebContext, type WebEnv } from '#ui/web.ts';
import { sameText } from './sealed.ts';

/** docs/adr/0201-web-security.md says why each of these is as it is. */

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // Tabler draws ticks and arrows with images written in its style sheet
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  // the invoice beside the form that confirms it
  "frame-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-frame-options': 'DENY',
};

/** A form refused: the page holds what was typed. */
const REFUSED = 422;

/**
 * The header of every answer, unless it set its own (`sendDocument`). What is not an asset is never kept by a cache, but a refused form:
 * only the browser holds what was typed in it, and coming back to it would otherwise show an error instead. Leaving the session clears it.
 */
export const securityHeaders: MiddlewareHandler<WebEnv> = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  if (!c.res.headers.has('cache-control'))
    c.res.headers.set('cache-control', c.res.status === REFUSED ? 'private, no-cache' : 'no-store');
};

/**
 * Refuses a request for a name that is not ours: a page elsewhere can make its own name point to this machine (DNS rebinding), but it
 * cannot change the name that the browser sends. An IP address is always itself, so it is always accepted.
 */
export function hostCheck(host: string, allowedHosts: readonly string[]): MiddlewareHandler<WebEnv> {
  const names = new Set(['localhost', host, ...allowedHosts].map((name) => name.toLowerCase()));
  return async (c, next) => {
    const asked = hostName(c.req.header('host'));
    if (asked !== undefined && (isIP(asked) !== 0 || names.has(asked))) return next();
    return problem(c, 421, {
      code: 'web.host',
      message: `Quitus ne répond pas sous le nom «\u00a0${asked ?? ''}\u00a0». Utilisez l’adresse affichée au démarrage, ou ajoutez ce nom à QUITUS_ALLOWED_HOSTS puis relancez Quitus.`,
    });
  };
}

/** The name of a Host header, in lower case, without port and brackets; undefined when it is not one. */
export function hostName(header: string | undefined): string | undefined {
  const m = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(header ?? '');
  return (m?.[1] ?? m?.[2])?.toLowerCase().replace(/\.$/, '');
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const isUnsafe = (c: WebContext): boolean => !SAFE.has(c.req.method);

/** Refuses a change asked by a page that is not ours, by what the browser says of its origin. Reads no body. */
export const sameOrigin: MiddlewareHandler<WebEnv> = async (c, next) => {
  if (!isUnsafe(c) || comesFromUs(c)) return next();
  return problem(c, 403, {
    code: 'web.cross-origin',
    message: 'Cette demande vient d’un autre site\u202f: elle n’a pas été exécutée. Rien n’a changé.',
  });
};

function comesFromUs(c: WebContext): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = c.req.header('origin');
  if (origin === undefined) return true;
  // Scheme aside: behind a proxy that ends TLS, the browser says https and Quitus hears http.
  return URL.canParse(origin) && new URL(origin).host === (c.req.header('host') ?? '').toLowerCase();
}

/** Refuses a change without the token of this browser, from a form field or, for scripts, the header `x-quitus-csrf`. */
export const tokenCheck: MiddlewareHandler<WebEnv> = async (c, next) => {
  if (!isUnsafe(c)) return next();
  const given = c.req.header('x-quitus-csrf') ?? (await formToken(c));
  if (given !== undefined && sameText(given, viewOf(c).csrf)) return next();
  return problem(
    c,
    403,
    {
      code: 'web.token',
      message:
        'Cette page était ouverte depuis trop longtemps, ou votre navigateur refuse les cookies de Quitus. Rien n’a changé\u202f: envoyez de nouveau.',
    },
    { sent: await sentFields(c) },
  );
};

async function formToken(c: WebContext): Promise<string | undefined> {
  const type = c.req.header('content-type') ?? '';
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/.test(type)) return undefined;
  const token = await c.req.formData().then(
    (form) => form.get(CSRF_FIELD),
    () => undefined,
  );
  return typeof token === 'string' ? token : undefined;
}

/** Usual forms are small. */
const FORM_BYTES = 1024 * 1024;

/** Stops a body that is too large, before it fills the memory: forms, and on the paths of `uploads`, files. */
export function bodyLimits(uploads: readonly string[], requestBytes: number): MiddlewareHandler<WebEnv> {
  const limit = (maxSize: number) =>
    bodyLimit({
      maxSize,
      onError: (c) =>
        problem(c as WebContext, 413, {
          code: 'web.too-large',
          message: `Cet envoi dépasse ${fileSize(maxSize)}. Envoyez moins de fichiers à la fois, ou des fichiers plus légers.`,
        }),
    });
  const forms = limit(FORM_BYTES);
  const files = limit(requestBytes);
  const patterns = uploads.map((path) => new RegExp(`^${path.replace(/:[^/]+/g, '[^/]+')}$`));
  return (c, next) => (patterns.some((p) => p.test(c.req.path)) ? files : forms)(c, next);
}

/** True when anyone beyond this machine can reach the address: accounts are then required. */
export const needsAccounts = (host: string): boolean => !isLoopback(host);
