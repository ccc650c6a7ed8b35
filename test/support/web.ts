import { randomBytes } from 'node:crypto';
import { type Day, day } from '#core/kernel/day.ts';
import { clockOn } from '#platform/clock.ts';
import type { Deps } from '#platform/deps.ts';
import { createApp, type WebOptions } from '#surfaces/web/app.tsx';

/** The web application around given modules, without a server: for tests of pages. */

export const DEMO = { id: '01990000-0000-7000-8000-00000000000d', name: 'Studio Lanterne', demo: true } as const;
export const OWN = { id: '01990000-0000-7000-8000-000000000001', name: 'Cabinet Verdier', demo: false } as const;

/** Dependencies of pages that touch neither the store nor the files: reaching for those throws. */
export function depsWithoutStore(today: Day = day('2026-11-21'), host = '127.0.0.1'): Deps {
  const absent = (what: string): never =>
    new Proxy(
      {},
      {
        get: () => {
          throw new Error(`this test has no ${what}`);
        },
      },
    ) as never;
  return {
    db: absent('database'),
    files: absent('file store'),
    clock: clockOn(today),
    config: {
      dataDir: '',
      host,
      port: 0,
      allowedHosts: ['quitus.example'],
      limits: { fileBytes: 2_000_000, filesPerUpload: 50, requestBytes: 5_000_000 },
    },
  };
}

/** An application with invented companies; anything can be given instead. */
export function testApp(options: Partial<WebOptions> = {}): ReturnType<typeof createApp> {
  return createApp({
    modules: [],
    deps: depsWithoutStore(),
    version: '0.0.0',
    secret: randomBytes(32),
    companies: () => Promise.resolve([OWN, DEMO]),
    log: () => undefined,
    ...options,
  });
}

/** A browser in miniature: keeps cookies, sends forms as one does, with the token of the last page. */
export function client(app: ReturnType<typeof createApp>, host = '127.0.0.1:4747') {
  const cookies = new Map<string, string>();
  let token = '';

  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has('host')) headers.set('host', host);
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const answer = await app.request(path, { ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const found = /name="_csrf" value="([^"]+)"/.exec(await answer.clone().text());
    token = found?.[1] ?? token;
    return answer;
  }

  return {
    cookies,
    get token() {
      return token;
    },
    get: (path: string, headers: Record<string, string> = {}) => send(path, { headers }),
    /** Sends a form. Opens a page first if none was. */
    async post(path: string, fields: Record<string, string> | FormData = {}, headers: Record<string, string> = {}) {
      if (token === '') await send('/');
      const body = fields instanceof FormData ? fields : new URLSearchParams({ _csrf: token, ...fields });
      if (body instanceof FormData && !body.has('_csrf')) body.set('_csrf', token);
      return send(path, {
        method: 'POST',
        body,
        headers: { origin: `http://${host}`, 'sec-fetch-site': 'same-origin', ...headers },
      });
    },
    send,
  };
}
