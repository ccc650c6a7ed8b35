import { randomBytes } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Clock } from '#platform/clock.ts';
import type { AlertTone, CompanyChoice, Flash, Theme } from '#ui/view.ts';
import { viewOf, type WebContext, type WebEnv } from '#ui/web.ts';
import { mac, seal, unseal } from './sealed.ts';

export const COOKIES = {
  /** a random name for this browser: form tokens are tied to it */
  browser: 'quitus_browser',
  theme: 'quitus_theme',
  company: 'quitus_company',
  flash: 'quitus_flash',
  session: 'quitus_session',
} as const;

/** How long a browser's choices are kept: the longest that browsers accept. */
const LONG_SECONDS = 400 * 24 * 3600;

/** Writes a cookie of ours. Where the browser came by TLS (a proxy ends it), the cookie never travels in clear. */
export function writeCookie(
  c: WebContext,
  name: string,
  value: string,
  keep: { until: Temporal.Instant } | { seconds: number },
): void {
  setCookie(c, name, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: c.req.header('x-forwarded-proto') === 'https',
    ...('until' in keep ? { expires: new Date(keep.until.epochMilliseconds) } : { maxAge: keep.seconds }),
  });
}

export const rememberLong = (c: WebContext, name: string, value: string): void =>
  writeCookie(c, name, value, { seconds: LONG_SECONDS });

export const forget = (c: WebContext, name: string): string | undefined => deleteCookie(c, name, { path: '/' });

/** Gives this browser a new name, and so new form tokens: done when someone logs in or out. */
export function renewBrowser(c: WebContext): string {
  const id = randomBytes(18).toString('base64url');
  rememberLong(c, COOKIES.browser, id);
  return id;
}

interface Options {
  readonly secret: Uint8Array;
  readonly clock: Clock;
  readonly version: string;
}

/** Knows the browser: its name, theme and waiting message. After the page, keeps the message meant for the next one. */
export function visitor({ secret, clock, version }: Options): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const known = getCookie(c, COOKIES.browser);
    const browser = known !== undefined && /^[\w-]{24}$/.test(known) ? known : renewBrowser(c);
    const flash = readFlash(unseal(secret, 'flash', getCookie(c, COOKIES.flash)));
    const { pathname, search } = new URL(c.req.url);
    c.set('view', {
      companies: [],
      theme: readTheme(getCookie(c, COOKIES.theme)),
      path: `${pathname}${search}`,
      today: clock.today(),
      csrf: mac(secret, 'csrf', browser),
      version,
      ...(flash ? { flash } : {}),
    });
    await next();
    const later = c.get('flash');
    if (later) writeCookie(c, COOKIES.flash, seal(secret, 'flash', JSON.stringify(later)), { seconds: 300 });
    else if (flash && c.res.headers.get('content-type')?.startsWith('text/html')) forget(c, COOKIES.flash);
  };
}

/** Knows which company is looked at: the cookie's choice, or the first. A company that is not in the list is never looked at. */
export function companyOf(companies: (user?: string) => Promise<readonly CompanyChoice[]>): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const view = viewOf(c);
    const all = await companies(view.user?.email);
    const chosen = getCookie(c, COOKIES.company);
    const picked = all.find((company) => company.id === chosen);
    const own = all.find((company) => !company.demo);
    const tenant = picked ?? own ?? all[0];
    c.set('view', { ...view, companies: all, ...(tenant ? { tenant } : {}), ...(picked || own ? {} : { undecided: true }) });
    await next();
    const company = c.get('company');
    if (company !== undefined) rememberLong(c, COOKIES.company, company);
  };
}

const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];
export const readTheme = (text: unknown): Theme => THEMES.find((t) => t === text) ?? 'auto';

const TONES: readonly AlertTone[] = ['good', 'info', 'soon', 'late'];

function readFlash(text: string | undefined): Flash | undefined {
  if (text === undefined) return undefined;
  const { tone, text: words } = JSON.parse(text) as Record<string, unknown>;
  const known = TONES.find((t) => t === tone);
  return known && typeof words === 'string' ? { tone: known, text: words } : undefined;
}
