import { Hono } from 'hono';
import { adviceWitness } from '#modules/advice/index.ts';
import { type CaseView, OPENED, viewCase } from '#modules/cases/index.ts';
import { type Freshness, freshness } from '#modules/payments/index.ts';
import { invalidForm } from '#platform/form.ts';
import { isId } from '#platform/ids.ts';
import { fileSize } from '#ui/format.ts';
import { problem } from '#ui/problem.tsx';
import {
  filesIn,
  forCompany,
  redirectWith,
  sendDocument,
  typedIn,
  viewOf,
  type WebContext,
  type WebEnv,
  type WebModule,
} from '#ui/web.ts';
import { readChoices, typedChoices } from './choices.ts';
import { LetterPage } from './letter-page.tsx';
import { type Letter, readLetter } from './letters.repo.ts';
import { ChooseNoticePage, PreviewNoticePage } from './notice-pages.tsx';
import { draftNotice, prepareNotice, renderDraft } from './notices.ts';
import { letterPath, outcomePath } from './paths.ts';
import { markPosted, recordOutcome } from './posting.ts';

/** The formal notice of a case, from the choices to the receipt. */
export const lettersWeb: WebModule = {
  uploads: [outcomePath(':id')],
  routes: (deps) => {
    const app = new Hono<WebEnv>();
    const todayOf = (c: WebContext) => viewOf(c).today;

    const ofCase = (work: (c: WebContext, of: CaseView, tenantId: string) => Response | Promise<Response>) =>
      forCompany(async (c, tenantId) => {
        const caseId = c.req.param('id') ?? '';
        const of = isId(caseId) ? await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, todayOf(c))) : undefined;
        if (of) return work(c, of, tenantId);
        return problem(c, 404, { code: 'case.unknown', message: 'Ce dossier n’existe pas dans cette entreprise.' });
      });

    /** The first step, as it stands or with what is to be corrected. */
    async function choosing(c: WebContext, of: CaseView, tenantId: string, asked: Readonly<Record<string, string>>) {
      const choices = typedChoices(asked);
      const read = readChoices(choices, todayOf(c));
      const usual = readChoices(typedChoices({}), todayOf(c));
      const ready = read.ok ? read : usual;
      const draft = ready.ok ? await draftNotice(deps, tenantId, of.id, ready.value) : ready;
      const bank = await deps.db.tenant(tenantId, (tx) => freshness(tx, tenantId, todayOf(c)));
      const sent = asked.delai !== undefined && !read.ok;
      return c.html(
        <ChooseNoticePage
          view={viewOf(c)}
          of={of}
          choices={choices}
          draft={draft.ok ? draft.value : draft.refusal}
          bank={bank}
          refusal={sent ? read.refusal : undefined}
        />,
        sent ? 422 : 200,
      );
    }

    app.get(
      '/dossiers/:id/mise-en-demeure',
      ofCase((c, of, tenantId) => choosing(c, of, tenantId, c.req.query())),
    );

    /** The letter of the choices in the address; without one, the first step says why. */
    const ofDraft = (
      work: (
        c: WebContext,
        of: CaseView,
        tenantId: string,
        draft: Parameters<typeof PreviewNoticePage>[0]['draft'],
        deadline: Letter['deadlineOn'],
      ) => Response | Promise<Response>,
    ) =>
      ofCase(async (c, of, tenantId) => {
        const asked = c.req.query();
        const choices = readChoices(typedChoices(asked), todayOf(c));
        if (!choices.ok) return choosing(c, of, tenantId, asked);
        const draft = await draftNotice(deps, tenantId, of.id, choices.value);
        if (!draft.ok || draft.value.status === 'missing') return choosing(c, of, tenantId, asked);
        return work(c, of, tenantId, draft.value, choices.value.deadlineOn);
      });

    app.get(
      '/dossiers/:id/mise-en-demeure/apercu',
      ofDraft((c, of, _tenantId, draft, deadline) =>
        c.html(
          <PreviewNoticePage
            view={viewOf(c)}
            of={of}
            choices={typedChoices(c.req.query())}
            draft={draft}
            deadline={deadline}
            opened={`${deps.clock.now()}`}
          />,
        ),
      ),
    );
    app.get(
      '/dossiers/:id/mise-en-demeure/apercu.pdf',
      ofDraft(async (c, _of, tenantId, draft) => {
        const bytes = await renderDraft(deps, tenantId, draft.letter);
        return sendDocument(c, new Uint8Array(bytes), { mediaType: 'application/pdf', name: draft.fileName, framed: true });
      }),
    );

    app.post(
      '/dossiers/:id/mise-en-demeure',
      ofCase(async (c, of, tenantId) => {
        const typed = await typedIn(c);
        const choices = readChoices(typedChoices(typed), todayOf(c));
        const made = choices.ok
          ? await prepareNotice(deps, tenantId, of.id, choices.value, adviceWitness(deps, typed[OPENED] ?? ''))
          : choices;
        if (!made.ok) return choosing(c, of, tenantId, typed);
        return redirectWith(c, letterPath(made.value.letterId), 'Lettre prête. Il reste à l’imprimer, la signer et la poster.');
      }),
    );

    type Shown = { letter: Letter; of: CaseView; bank: Freshness };
    const ofLetter = (work: (c: WebContext, shown: Shown, tenantId: string) => Response | Promise<Response>) =>
      forCompany(async (c, tenantId) => {
        const letterId = c.req.param('id') ?? '';
        const found = isId(letterId)
          ? await deps.db.tenant(tenantId, async (tx) => {
              const letter = await readLetter(tx, tenantId, letterId);
              const of = letter && (await viewCase(tx, tenantId, letter.caseId, todayOf(c)));
              return of && { letter, of, bank: await freshness(tx, tenantId, todayOf(c)) };
            })
          : undefined;
        if (found) return work(c, found, tenantId);
        return problem(c, 404, { code: 'letter.unknown', message: 'Cette lettre n’existe pas dans cette entreprise.' });
      });
    const { fileBytes } = deps.config.limits;

    app.get(
      '/lettres/:id',
      ofLetter((c, shown) =>
        c.html(<LetterPage view={viewOf(c)} {...shown} maxBytes={fileBytes} opened={`${deps.clock.now()}`} />),
      ),
    );
    app.post(
      '/lettres/:id/envoi',
      ofLetter(async (c, shown, tenantId) => {
        const { letter } = shown;
        const typed = await typedIn(c);
        const done = await markPosted(deps, tenantId, letter.id, typed, adviceWitness(deps, typed[OPENED] ?? ''));
        if (done.ok) return redirectWith(c, letterPath(letter.id), 'Envoi noté. La lettre ne change plus.');
        return c.html(<LetterPage view={viewOf(c)} {...shown} maxBytes={fileBytes} typed={typed} refusal={done.refusal} />, 422);
      }),
    );
    app.post(
      '/lettres/:id/sort',
      ofLetter(async (c, shown, tenantId) => {
        const { letter } = shown;
        const typed = await typedIn(c);
        const [file] = await filesIn(c, 'receipt');
        const done =
          file && file.size > fileBytes
            ? invalidForm({ receipt: `Ce fichier dépasse ${fileSize(fileBytes)}. Choisissez une photo plus légère.` })
            : await recordOutcome(
                deps,
                tenantId,
                letter.id,
                typed,
                file && { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) },
              );
        if (done.ok) return redirectWith(c, letterPath(letter.id), 'C’est noté.');
        const refusal = file ? withFileAgain(done.refusal) : done.refusal;
        return c.html(<LetterPage view={viewOf(c)} {...shown} maxBytes={fileBytes} typed={typed} refusal={refusal} />, 422);
      }),
    );
    return app;
  },
};

/** A browser does not keep a chosen file when a form comes back: it is said beside the field. */
function withFileAgain(refusal: Parameters<typeof LetterPage>[0]['refusal'] & object) {
  const fields = refusal.data?.fields as Readonly<Record<string, string>> | undefined;
  if (!fields || fields.receipt) return refusal;
  const again = { ...fields, receipt: 'Choisissez de nouveau le fichier\u202f: le navigateur ne l’a pas gardé.' };
  return { ...refusal, data: { ...refusal.data, fields: again } };
}
