import { Hono } from 'hono';
import { problem } from '#ui/problem.tsx';
import { PATHS } from '#ui/view.ts';
import { localPath, viewOf, type WebEnv } from '#ui/web.ts';
import { COOKIES, readTheme, rememberLong } from './visitor.ts';

/** What a browser remembers of its user's choices: the look, and the company looked at. */
export function preferenceRoutes(): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .post(PATHS.theme, async (c) => {
      const form = await c.req.formData();
      rememberLong(c, COOKIES.theme, readTheme(form.get('theme')));
      return c.redirect(localPath(form.get('back')), 303);
    })
    .post(PATHS.chooseCompany, async (c) => {
      const id = (await c.req.formData()).get('company');
      const company = viewOf(c).companies.find((one) => one.id === id);
      if (!company) return problem(c, 404, { code: 'web.company', message: 'Cette entreprise n’existe pas, ou plus.' });
      rememberLong(c, COOKIES.company, company.id);
      // The page one was on speaks of the other company: start from the first one.
      return c.redirect(PATHS.today, 303);
    });
}
