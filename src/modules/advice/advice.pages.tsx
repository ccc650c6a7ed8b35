import { Hono } from 'hono';
import type { ParamId } from '#core/advice/numbers.ts';
import { PARAM_IDS } from '#core/advice/params.ts';
import { isAfter, parseTypedDay } from '#core/kernel/day.ts';
import { parseTypedAmount } from '#core/kernel/money.ts';
import { ok, type Refusal, type Result } from '#core/kernel/result.ts';
import { type AdvisedStep, type CaseView, viewCase } from '#modules/cases/index.ts';
import type { Deps } from '#platform/deps.ts';
import { fieldErrors, invalidForm, type Typed } from '#platform/form.ts';
import { isId } from '#platform/ids.ts';
import { longDay } from '#ui/format.ts';
import { problem } from '#ui/problem.tsx';
import type { Children, ViewContext } from '#ui/view.ts';
import { forCompany, redirectWith, typedIn, viewOf, type WebContext, type WebEnv, type WebModule } from '#ui/web.ts';
import { adviseCase, type CaseAdvice, sensitivityOf, type Trial } from './advice.ts';
import { AdviceCard } from './advice-card.tsx';
import { AdvicePage } from './advice-page.tsx';
import {
  answersTyped,
  forgetReading,
  keptAnswers,
  noticedIn,
  readAnswers,
  saveAnswers,
  typedAnswers,
  withoutNoticed,
} from './answers.ts';
import { BarNote } from './bar-note.tsx';
import { basisOf } from './case-claim.ts';
import { decide } from './decisions.ts';
import { FigurePage, FiguresPage } from './figures-page.tsx';
import { FiguresThenPage } from './figures-then-page.tsx';
import { figuresOn, readParamSet } from './param-sets.ts';
import {
  advicePath,
  cluesPath,
  decisionPath,
  doingPath,
  figurePath,
  figureResetPath,
  figureSetPath,
  figuresPath,
  figuresThenPath,
  forgetPath,
  ownTimePath,
  sensitivityPath,
  timeAcceptPath,
  timeDismissPath,
  timePath,
  timeRemovePath,
} from './paths.ts';
import { portfolioRoutes } from './portfolio.pages.tsx';
import { ProposalsCard } from './proposals-card.tsx';
import { companyAdvice, paramsFor, resetFigure, saveCompanyAdvice, setFigure, typedNumber } from './settings.ts';
import { stepOf } from './steps.ts';
import { logTime, removeTime, timeOf } from './time-log.ts';
import { acceptOwnTime, acceptTime, dismissTime, ownTimes, proposalsOf } from './time-proposals.ts';
import { TimingNote } from './timing-note.tsx';

/** What the case page shows of the advice: the step proposed where there is something to weigh, its card, the time to note, limitation near. */
export async function adviceOnCase(
  deps: Deps,
  view: ViewContext,
  tenantId: string,
  of: CaseView,
): Promise<{ readonly card: Children; readonly warning: Children; readonly step: AdvisedStep | undefined }> {
  const { advice, proposals } = await deps.db.tenant(tenantId, async (tx) => {
    const typed = (await typedAnswers(tx, tenantId, [of.id])).get(of.id);
    return {
      advice: adviseCase(basisOf(of), keptAnswers(typed), await companyAdvice(tx, tenantId), view.today),
      proposals: await proposalsOf(tx, tenantId, of.id),
    };
  });
  const card = (
    <>
      <TimingNote view={view} of={of} />
      <ProposalsCard view={view} caseId={of.id} of={proposals} />
      {advice.ok && <AdviceCard view={view} caseId={of.id} advice={advice.value} />}
    </>
  );
  const bar = advice.ok && 'advised' in advice.value ? advice.value.advised.bar : undefined;
  const warning = bar?.near && <BarNote caseId={of.id} of={bar} />;
  return { card, warning, step: advice.ok ? stepOf(advice.value) : undefined };
}

/** « Conseil » on a case, « Où mettre votre temps », and the figures behind both. */
export const adviceWeb: WebModule = {
  routes: (deps) => {
    const app = new Hono<WebEnv>();

    const ofCase = (work: (c: WebContext, of: CaseView, tenantId: string) => Response | Promise<Response>) =>
      forCompany(async (c, tenantId) => {
        const caseId = c.req.param('id') ?? '';
        const of = isId(caseId)
          ? await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, viewOf(c).today))
          : undefined;
        return of
          ? work(c, of, tenantId)
          : problem(c, 404, { code: 'case.unknown', message: 'Ce dossier n’existe pas dans cette entreprise.' });
      });

    const keptOf = (tenantId: string, caseId: string): Promise<Typed> =>
      deps.db.tenant(tenantId, async (tx) => (await typedAnswers(tx, tenantId, [caseId])).get(caseId) ?? {});

    const page = async (c: WebContext, of: CaseView, tenantId: string, deep: boolean): Promise<Response> => {
      const { essai, ...query } = c.req.query();
      const trying = essai !== undefined;
      const { company, kept, time } = await deps.db.tenant(tenantId, async (tx) => ({
        company: await companyAdvice(tx, tenantId),
        kept: (await typedAnswers(tx, tenantId, [of.id])).get(of.id) ?? {},
        time: await timeOf(tx, tenantId, of.id),
      }));
      const today = viewOf(c).today;
      const asIs = (): CaseAdvice => {
        const known = adviseCase(basisOf(of), keptAnswers(kept), company, today);
        return known.ok ? known.value : { none: known.refusal.message };
      };
      const typed = trying ? { ...withoutNoticed(query), ...noticedIn(kept) } : kept;
      const answers = readAnswers(typed);
      const trial = trying ? trialOf(query) : ok<Trial>({});
      const errors = { ...errorsOf(answers), ...errorsOf(trial) };
      let advice: CaseAdvice | undefined;
      if (answers.ok && trial.ok) {
        const tried = adviseCase(basisOf(of), answers.value, company, today, trial.value);
        if (tried.ok) advice = tried.value;
        else errors[FIELD_OF[String(tried.refusal.data?.field ?? '')] ?? 'value'] = tried.refusal.message;
      }
      const wrong = Object.keys(errors).length > 0;
      const shown = advice ?? asIs();
      const node = (
        <AdvicePage
          view={viewOf(c)}
          of={of}
          advice={shown}
          company={company}
          typed={typed}
          trying={trying && !wrong}
          unread={keptAnswers(kept).unread === true}
          errors={errors}
          time={time}
          {...(deep && 'advised' in shown && { sensitivity: sensitivityOf(shown.advised) })}
        />
      );
      return c.html(node, wrong ? 422 : 200);
    };
    app.get(
      advicePath(':id'),
      ofCase((c, of, tenantId) => page(c, of, tenantId, false)),
    );
    app.get(
      sensitivityPath(':id'),
      ofCase((c, of, tenantId) => page(c, of, tenantId, true)),
    );
    app.post(
      advicePath(':id'),
      ofCase(async (c, of, tenantId) => {
        const typed = { ...withoutNoticed(answersTyped(await typedIn(c))), ...noticedIn(await keptOf(tenantId, of.id)) };
        const done = await saveAnswers(deps, tenantId, of.id, typed);
        if (!done.ok) return redirectWith(c, advicePath(of.id), done.refusal.message, 'late');
        return redirectWith(c, advicePath(of.id), 'Réponses gardées\u202f: le conseil en tient compte.');
      }),
    );
    app.post(
      cluesPath(':id'),
      ofCase(async (c, of, tenantId) => {
        const { unread: _, ...clues } = noticedIn(await typedIn(c));
        const done = await saveAnswers(deps, tenantId, of.id, { ...withoutNoticed(await keptOf(tenantId, of.id)), ...clues });
        if (!done.ok) return redirectWith(c, advicePath(of.id), done.refusal.message, 'late');
        return redirectWith(c, `${advicePath(of.id)}#lecture`, 'Remarques gardées\u202f: le conseil en tient compte.');
      }),
    );
    app.post(
      forgetPath(':id'),
      ofCase(async (c, of, tenantId) => {
        await forgetReading(deps, tenantId, of.id);
        return redirectWith(c, advicePath(of.id), 'La lecture du débiteur est effacée.');
      }),
    );

    app.post(
      decisionPath(':id'),
      ofCase(async (c, of, tenantId) => {
        const done = await decide(deps, tenantId, of.id, await typedIn(c));
        if (!done.ok) {
          const why = Object.values(fieldErrors(done.refusal)).join(' ') || done.refusal.message;
          return redirectWith(c, `${advicePath(of.id)}#decision`, why, 'late');
        }
        return redirectWith(c, doingPath(of.id, done.value), 'Décision gardée dans le dossier.');
      }),
    );

    app.post(
      timePath(':id'),
      ofCase(async (c, of, tenantId) => {
        const typed = await typedIn(c);
        const done = await logTime(deps, tenantId, of.id, typed);
        const back = typed.label === undefined ? `/dossiers/${of.id}` : `${advicePath(of.id)}#temps`;
        if (!done.ok) return redirectWith(c, back, Object.values(fieldErrors(done.refusal)).join(' '), 'late');
        return redirectWith(c, back, `Temps noté\u202f: ${typed.minutes?.trim()} minutes.`);
      }),
    );
    app.post(
      timeAcceptPath(':id', ':proposal'),
      ofCase(async (c, of, tenantId) => {
        const done = await acceptTime(deps, tenantId, of.id, c.req.param('proposal') ?? '', await typedIn(c));
        if (done.ok) return redirectWith(c, `/dossiers/${of.id}`, `Temps noté\u202f: ${done.value.minutes}\u00a0min.`);
        const why = Object.values(fieldErrors(done.refusal)).join(' ') || done.refusal.message;
        return redirectWith(c, `/dossiers/${of.id}#temps-a-noter`, why, 'late');
      }),
    );
    app.post(
      timeDismissPath(':id', ':proposal'),
      ofCase(async (c, of, tenantId) => {
        await dismissTime(deps, tenantId, of.id, c.req.param('proposal') ?? '');
        return redirectWith(c, `/dossiers/${of.id}`, 'Ce temps n’est pas compté.', 'info');
      }),
    );
    app.post(
      timeRemovePath(':id', ':entry'),
      ofCase(async (c, of, tenantId) => {
        await removeTime(deps, tenantId, of.id, c.req.param('entry') ?? '');
        return redirectWith(c, `${advicePath(of.id)}#temps`, 'Temps retiré.');
      }),
    );

    return figureRoutes(app, deps).route('/', portfolioRoutes(deps));
  },
};

/** The engine's name of a fact, and the field of ours that holds it. */
const FIELD_OF: Readonly<Record<string, string>> = { amount: 'amount' };

const errorsOf = (result: Result<unknown>): Record<string, string> => (result.ok ? {} : { ...fieldErrors(result.refusal) });

/** What a trial changes besides the answers: the amount, the hour, one figure. Refusal `form.invalid`. */
function trialOf(query: Typed): Result<Trial> {
  const errors: Record<string, string> = {};
  const given = (name: string): string | undefined => (query[name]?.trim() ? query[name] : undefined);
  const amount = given('amount') === undefined ? undefined : parseTypedAmount(query.amount ?? '');
  if (given('amount') !== undefined && (!amount || amount.cents <= 0n))
    errors.amount = 'Écrivez un montant en euros, par exemple 1 500,00.';
  const figures: Partial<Record<ParamId, unknown>> = {};
  const read = (field: string, id: ParamId): void => {
    const value = typedNumber(query[field]);
    if (value === undefined || value < 0) errors[field] = 'Écrivez un nombre, par exemple 0,65 ou 65 %.';
    else figures[id] = value;
  };
  if (given('hourlyRate') !== undefined) read('hourlyRate', 'hourlyRate');
  const figure = PARAM_IDS.find((id) => id === query.figure);
  if (figure) read('value', figure);
  if (Object.keys(errors).length > 0) return invalidForm(errors);
  return ok({ ...(amount && { amount: amount.cents }), figures });
}

/** « Les chiffres du conseil ». */
function figureRoutes(app: Hono<WebEnv>, deps: Deps): Hono<WebEnv> {
  const known = async (c: WebContext, tenantId: string) => {
    const { company, times } = await deps.db.tenant(tenantId, async (tx) => ({
      company: await companyAdvice(tx, tenantId),
      times: await ownTimes(tx, tenantId),
    }));
    const params = paramsFor(company, viewOf(c).today);
    if (!params.ok) throw new Error(`kept figures are refused: ${params.refusal.message}`);
    return { view: viewOf(c), company, params: params.value, times };
  };
  app.get(
    figuresPath,
    forCompany(async (c, tenantId) => c.html(<FiguresPage {...(await known(c, tenantId))} />)),
  );
  app.post(
    figuresPath,
    forCompany(async (c, tenantId) => {
      const typed = await typedIn(c);
      const done = await saveCompanyAdvice(deps, tenantId, typed);
      if (done.ok) return redirectWith(c, figuresPath, 'Enregistré\u202f: le conseil en tient compte.');
      return c.html(<FiguresPage {...(await known(c, tenantId))} typed={typed} refusal={done.refusal} />, 422);
    }),
  );
  app.post(
    ownTimePath,
    forCompany(async (c, tenantId) => {
      const done = await acceptOwnTime(deps, tenantId, (await typedIn(c)).action ?? '');
      if (!done.ok) return redirectWith(c, figuresPath, done.refusal.message, 'late');
      return redirectWith(c, figuresPath, 'Le conseil compte maintenant avec votre temps.');
    }),
  );
  app.get(
    figureSetPath(':hash{[0-9a-f]{64}}'),
    forCompany(async (c, tenantId) => {
      const set = await deps.db.tenant(tenantId, (tx) => readParamSet(tx, tenantId, c.req.param('hash') ?? ''));
      if (!set)
        return problem(c, 404, { code: 'advice.param-unknown', message: 'Aucune décision n’a été prise avec ces chiffres.' });
      return c.html(<FiguresThenPage view={viewOf(c)} title="Les chiffres d’une décision" {...set} />);
    }),
  );
  app.get(
    figuresThenPath,
    forCompany(async (c, tenantId) => {
      const view = viewOf(c);
      const on = parseTypedDay(c.req.query('jour') ?? '');
      if (!on || isAfter(on, view.today))
        return redirectWith(c, figuresPath, 'Indiquez un jour passé, par exemple 31/03/2026.', 'late');
      const then = await deps.db.tenant(tenantId, (tx) => figuresOn(tx, tenantId, on));
      return c.html(<FiguresThenPage view={view} title={`Les chiffres en vigueur le ${longDay(on)}`} {...then} />);
    }),
  );
  const ofFigure = (work: (c: WebContext, figure: ParamId, tenantId: string) => Response | Promise<Response>) =>
    forCompany((c, tenantId) => {
      const figure = PARAM_IDS.find((id) => id === c.req.param('figure'));
      const unknown: Refusal = { code: 'advice.param-unknown', message: 'Ce chiffre n’existe pas dans le modèle.' };
      return figure ? work(c, figure, tenantId) : problem(c, 404, unknown);
    });
  app.get(
    figurePath(':figure'),
    ofFigure(async (c, figure, tenantId) => c.html(<FigurePage {...(await known(c, tenantId))} figure={figure} />)),
  );
  app.post(
    figurePath(':figure'),
    ofFigure(async (c, figure, tenantId) => {
      const typed = await typedIn(c);
      const done = await setFigure(deps, tenantId, figure, typed);
      if (done.ok) return redirectWith(c, figuresPath, 'Votre chiffre est utilisé.');
      return c.html(<FigurePage {...(await known(c, tenantId))} figure={figure} typed={typed} refusal={done.refusal} />, 422);
    }),
  );
  app.post(
    figureResetPath(':figure'),
    ofFigure(async (c, figure, tenantId) => {
      const done = await resetFigure(deps, tenantId, figure);
      return redirectWith(
        c,
        figuresPath,
        done.ok ? 'Chiffre de départ rétabli.' : done.refusal.message,
        done.ok ? 'good' : 'info',
      );
    }),
  );
  return app;
}
