import { Hono } from 'hono';
import { PATHS } from '#ui/view.ts';
import { viewOf, type WebEnv, type WebModule } from '#ui/web.ts';
import { RatesPage } from './rates-page.tsx';

/** « Le droit »: what the program knows of the law, open to all. */
export const lawWeb: WebModule = {
  routes: () => new Hono<WebEnv>().get(PATHS.law, (c) => c.html(<RatesPage view={viewOf(c)} />)),
};
