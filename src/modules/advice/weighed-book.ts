import { sql } from 'kysely';
import type { Action } from '#core/advice/actions.ts';
import { perHour } from '#core/advice/portfolio.ts';
import type { Weighable } from '#core/advice/weigh.ts';
import type { Day } from '#core/kernel/day.ts';
import { type CaseBase, openCaseBases, type WhichCases } from '#modules/cases/index.ts';
import type { Deps } from '#platform/deps.ts';
import { type Hold, holdOf } from './advice.ts';
import { type Answers, keptAnswers, typedAnswers } from './answers.ts';
import { questionOf } from './case-claim.ts';
import { type CompanyAdvice, companyAdvice, paramsFor } from './settings.ts';
import { weighApart } from './weighing.ts';

/** A case weighed against the others. Cents and hours. */
export interface Weighed {
  readonly caseId: string;
  readonly partyId: string;
  readonly reference: string;
  readonly debtor: string;
  readonly owed: bigint;
  readonly proposed: Action;
  /** what doing the rest at best brings over stopping now */
  readonly gain: bigint;
  /** of the next step, and of all that follows it on average */
  readonly hoursNow: number;
  readonly hours: number;
  /** cents that each hour of that brings, the hour itself already paid */
  readonly perHour: number;
  readonly hold?: Hold;
  /** solved by itself; otherwise answered by a library of plans, a hair under */
  readonly exact: boolean;
}

/** Every open case of a company, weighed on a day. */
export interface Weighings {
  readonly weighed: readonly Weighed[];
  /** open cases with nothing to weigh: nothing is late, or it is not in euros */
  readonly nothing: number;
}

/** How far the work is: cases read and weighed, of those to come. */
export interface Progress {
  readonly read: number;
  readonly weighed: number;
  readonly total: number;
}

export type Portfolio = { readonly ready: Weighings } | { readonly working: Progress };

/** A company's weighings, and what they were made from. */
interface Kept {
  version: string;
  /** the last entry of the journal that they know of */
  seq: bigint;
  cases: Map<string, Weighed | 'nothing'>;
  parties: Map<string, string>;
  list: Weighings | undefined;
  work: Promise<void> | undefined;
  progress: Progress;
}

/** In memory only: it is all worked out again from the store. */
const BOOKS = new WeakMap<Deps['db'], Map<string, Kept>>();
const MOST_COMPANIES = 8;

/** Cases read from the store in one go. */
const PAGE = 1000;
/** Debtors whose cases changed, over which all is weighed again. */
const MOST_CHANGED = 2000;

/**
 * Every open case of a company weighed, once for each state of its books: a new fact makes only its debtor's cases weighed again. The
 * work is done beside the requests; when it lasts longer than `patienceMs`, how far it is comes back instead.
 */
export async function weighings(
  deps: Pick<Deps, 'db'>,
  tenantId: string,
  today: Day,
  patienceMs: number,
  told: (progress: Progress) => void = () => undefined,
): Promise<Portfolio> {
  const kept = keptOf(deps, tenantId);
  if (!kept.work) {
    const { company, seq } = await booksNow(deps, tenantId);
    const version = `${today} ${JSON.stringify(company, (_, v) => (typeof v === 'bigint' ? `${v}` : v instanceof Map ? [...v] : v))}`;
    if (kept.list && kept.version === version && kept.seq === seq) return { ready: kept.list };
    const work = bringUpToDate(deps, tenantId, today, kept, { company, version, seq }, told);
    kept.work = work.finally(() => {
      kept.work = undefined;
    });
  }
  const done = await inTime(kept.work, patienceMs);
  return done && kept.list ? { ready: kept.list } : { working: kept.progress };
}

function keptOf(deps: Pick<Deps, 'db'>, tenantId: string): Kept {
  const books = BOOKS.get(deps.db) ?? new Map<string, Kept>();
  BOOKS.set(deps.db, books);
  const kept = books.get(tenantId) ?? {
    version: '',
    seq: -1n,
    cases: new Map(),
    parties: new Map(),
    list: undefined,
    work: undefined,
    progress: { read: 0, weighed: 0, total: 0 },
  };
  books.delete(tenantId);
  books.set(tenantId, kept);
  const oldest = [...books].find(([, of]) => of.work === undefined);
  if (books.size > MOST_COMPANIES && oldest) books.delete(oldest[0]);
  return kept;
}

/** Whether the work ended in time. A failure is told to whoever waits. */
async function inTime(work: Promise<void>, patienceMs: number): Promise<boolean> {
  work.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

interface BooksNow {
  readonly company: CompanyAdvice;
  readonly version: string;
  readonly seq: bigint;
}

const booksNow = (deps: Pick<Deps, 'db'>, tenantId: string): Promise<Omit<BooksNow, 'version'>> =>
  deps.db.tenant(tenantId, async (tx) => {
    // The head is read first: what comes meanwhile is seen the next time.
    const head = await tx.selectFrom('journal_heads').select('seq').where('tenant_id', '=', tenantId).executeTakeFirst();
    return { seq: head?.seq ?? 0n, company: await companyAdvice(tx, tenantId) };
  });

async function bringUpToDate(
  deps: Pick<Deps, 'db'>,
  tenantId: string,
  today: Day,
  kept: Kept,
  now: BooksNow,
  told: (progress: Progress) => void,
): Promise<void> {
  const same = kept.list !== undefined && kept.version === now.version;
  const parties = same ? await partiesChanged(deps, tenantId, kept.seq) : undefined;
  const only = parties && parties.length <= MOST_CHANGED ? parties : undefined;
  const found = only && only.length === 0 ? new Map() : await weighCases(deps, tenantId, today, now.company, only, kept, told);
  if (only) {
    const gone = new Set(only);
    for (const [caseId, partyId] of kept.parties) if (gone.has(partyId)) forget(kept, caseId);
  } else {
    kept.cases = new Map();
    kept.parties = new Map();
  }
  for (const [caseId, { base, weighed }] of found) {
    kept.cases.set(caseId, weighed);
    kept.parties.set(caseId, base.partyId);
  }
  const weighed = [...kept.cases.values()].filter((of) => of !== 'nothing');
  kept.list = { weighed: weighed.sort(dearestFirst), nothing: kept.cases.size - weighed.length };
  kept.version = now.version;
  kept.seq = now.seq;
}

function forget(kept: Kept, caseId: string): void {
  kept.cases.delete(caseId);
  kept.parties.delete(caseId);
}

/** A declaration has a deadline that nothing moves: it comes before any hour's worth. */
const pressing = (w: Weighed): number => (w.proposed === 'DECLARE' ? 1 : 0);
const dearestFirst = (a: Weighed, b: Weighed): number =>
  pressing(b) - pressing(a) || b.perHour - a.perHour || (a.reference < b.reference ? -1 : 1);

/** Entries of no case that change no claim: the bank's, the clock's, those of files. */
const ELSEWHERE = /^(bank|payment|payer|money|time|reading|closed|import|company-picture|letter|decision)/;

/** The debtors of whom something was told since an entry; undefined when something else was, which may concern all. */
async function partiesChanged(deps: Pick<Deps, 'db'>, tenantId: string, seq: bigint): Promise<readonly string[] | undefined> {
  return deps.db.tenant(tenantId, async (tx) => {
    const told = await tx
      .selectFrom('journal')
      .select(['case_id', 'kind', 'payload'])
      .where('tenant_id', '=', tenantId)
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(20_000)
      .execute();
    if (told.length === 20_000) return undefined;
    const parties = new Set<string>();
    const cases = new Set<string>();
    for (const { case_id, kind, payload } of told) {
      const { caseId, partyId } = (payload ?? {}) as { readonly caseId?: unknown; readonly partyId?: unknown };
      if (case_id !== null) cases.add(case_id);
      else if (typeof caseId === 'string') cases.add(caseId);
      else if (typeof partyId === 'string') parties.add(partyId);
      else if (!ELSEWHERE.test(kind)) return undefined;
    }
    const owners = await tx
      .selectFrom('cases')
      .select('party_id')
      .distinct()
      .where('tenant_id', '=', tenantId)
      .where(sql<boolean>`case_id = any(${[...cases]}::uuid[])`)
      .execute();
    for (const { party_id } of owners) parties.add(party_id);
    return [...parties];
  });
}

interface Found {
  readonly base: CaseBase;
  readonly weighed: Weighed | 'nothing';
}

/** Reads open cases page by page and weighs them apart, meanwhile. */
async function weighCases(
  deps: Pick<Deps, 'db'>,
  tenantId: string,
  today: Day,
  company: CompanyAdvice,
  parties: readonly string[] | undefined,
  kept: Kept,
  told: (progress: Progress) => void,
): Promise<Map<string, Found>> {
  const params = paramsFor(company, today);
  if (!params.ok) throw new Error(`kept figures are refused: ${params.refusal.message}`);
  const total = parties?.length ?? (await openCases(deps, tenantId));
  const found = new Map<string, Found>();
  const asked: { readonly base: CaseBase; readonly claim: Weighable; readonly hold: Hold | undefined }[] = [];
  const tell = (part: Partial<Progress>): void => {
    kept.progress = { ...kept.progress, total, ...part };
    told(kept.progress);
  };
  tell({ read: 0, weighed: 0 });
  const weights = await weighApart(
    today,
    params.value,
    async (weighing) => {
      for await (const page of pagesOf(deps, tenantId, today, parties)) {
        const questions = page.flatMap(({ base, answers }) => {
          const question = questionOf(base, answers, company, today);
          found.set(base.id, { base, weighed: 'nothing' });
          if ('none' in question) return [];
          const { claim, legal } = question.ask;
          const { relation } = answers;
          return [{ base, claim: { claim, legal, ...(relation && { relation }) }, hold: holdOf(base, today) }];
        });
        asked.push(...questions);
        weighing.add(questions.map((q) => q.claim));
        tell({ read: found.size });
      }
    },
    (weighed) => tell({ weighed }),
  );
  asked.forEach(({ base, hold }, i) => {
    const weight = weights[i];
    if (!weight) return;
    const weighed: Weighed = {
      caseId: base.id,
      partyId: base.partyId,
      reference: base.reference,
      debtor: base.debtor,
      owed: base.balanceCents,
      proposed: weight.proposed,
      gain: weight.value - weight.stop,
      hoursNow: weight.hoursNow,
      hours: weight.hours,
      perHour: perHour(weight),
      exact: weight.exact,
      ...(hold && { hold }),
    };
    found.set(base.id, { base, weighed });
  });
  return found;
}

async function openCases(deps: Pick<Deps, 'db'>, tenantId: string): Promise<number> {
  return deps.db.tenant(tenantId, async (tx) => {
    const row = await tx
      .selectFrom('cases')
      .select((eb) => eb.fn.countAll<bigint>().as('n'))
      .where('tenant_id', '=', tenantId)
      .where('closed_on', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(row.n);
  });
}

interface Answered {
  readonly base: CaseBase;
  readonly answers: Answers;
}

/** Open cases with what was answered of them, a page at a time, each in a transaction of its own; the next is read meanwhile. */
async function* pagesOf(
  deps: Pick<Deps, 'db'>,
  tenantId: string,
  today: Day,
  parties: readonly string[] | undefined,
): AsyncGenerator<readonly Answered[]> {
  const read = (which: WhichCases): Promise<readonly Answered[]> => {
    const page = deps.db.tenant(tenantId, async (tx) => {
      const bases = await openCaseBases(tx, tenantId, today, which);
      const typed = await typedAnswers(
        tx,
        tenantId,
        bases.map((base) => base.id),
      );
      return bases.map((base) => ({ base, answers: keptAnswers(typed.get(base.id)) }));
    });
    // Whoever asked for it may be gone when it fails.
    page.catch(() => undefined);
    return page;
  };
  let next: Promise<readonly Answered[]> | undefined = read(parties ? { parties } : { after: undefined, limit: PAGE });
  while (next) {
    const page: readonly Answered[] = await next;
    next = parties || page.length < PAGE ? undefined : read({ after: page.at(-1)?.base.id, limit: PAGE });
    yield page;
  }
}
