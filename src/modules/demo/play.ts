import { addDays, type Day } from '#core/kernel/day.ts';
import { frenchDay } from '#core/kernel/french.ts';
import type { Result } from '#core/kernel/result.ts';
import { adviceWitness, saveAnswers } from '#modules/advice/index.ts';
import { act, setContractRate } from '#modules/cases/index.ts';
import { receiveStatus } from '#modules/einvoicing/index.ts';
import { confirmReading, draftOf, receiveFile } from '#modules/intake/index.ts';
import { markPosted, prepareNotice, recordOutcome, USUAL_DEADLINE_DAYS } from '#modules/letters/index.ts';
import { matchPending, receiveStatement } from '#modules/payments/index.ts';
import { fixedClock } from '#platform/clock.ts';
import type { Deps } from '#platform/deps.ts';
import { officeHour, storyDay } from './calendar.ts';
import type { DemoDocument } from './documents.ts';
import { statusMessage } from './status-message.ts';
import { STORY } from './story.ts';
import type { StoryBankLine, StoryStep } from './story-model.ts';

export interface PrintedDocument {
  readonly document: DemoDocument;
  readonly pdf: Uint8Array;
}

/** One thing to do as the user did it then. */
interface Scene {
  readonly caseKey: string;
  readonly on: Day;
  readonly play: (stage: Stage) => Promise<Result<unknown>>;
}

/** What earlier scenes of a case made: its invoices by the name that the story calls them. */
interface Made {
  caseId?: string;
  letterId?: string;
  readonly documents: Map<string, DemoDocument>;
}

/** What a scene is played with: the store as it was on its day, and what earlier scenes of the case made. */
interface Stage {
  readonly deps: Deps;
  readonly tenantId: string;
  readonly made: Made;
}

/** The law of a day that Quitus does not know yet: no letter can then be written, and the story goes on without it. */
const UNKNOWN_LAW = 'letter.not-computable';

/**
 * Lives the story day after day through the use cases, each with the clock of its day, so that everything is recorded when it happened.
 * Throws when a use case refuses.
 */
export async function playStory(deps: Deps, tenantId: string, printed: readonly PrintedDocument[]): Promise<void> {
  const made = new Map(STORY.map(({ key }): [string, Made] => [key, { documents: new Map() }]));
  const scenes = scenesOf(deps.clock.today(), printed);
  let last: Day | undefined;
  let rank = 0;
  for (const { caseKey, on, play } of scenes) {
    rank = last?.equals(on) ? rank + 1 : 1;
    last = on;
    const then = { ...deps, clock: fixedClock(officeHour(on, rank)) };
    const result = await play({ deps: then, tenantId, made: made.get(caseKey) ?? { documents: new Map() } });
    if (!result.ok && result.refusal.code !== UNKNOWN_LAW) {
      const { code, message, data } = result.refusal;
      throw new Error(`the demonstration was refused (${caseKey}, ${on}): ${code}: ${message} ${JSON.stringify(data ?? {})}`);
    }
  }
}

/** Everything that happens, in order: on one day, documents come in before anything is said of them. */
function scenesOf(today: Day, printed: readonly PrintedDocument[]): readonly Scene[] {
  const dropped = printed.map(({ document, pdf }): Scene => {
    const on = storyDay(today, document.story.received);
    return { caseKey: document.caseKey, on, play: (stage) => drop(stage, document, pdf) };
  });
  const steps = STORY.flatMap(({ key, steps }) =>
    steps.map((step): Scene => {
      const on = storyDay(today, step.on);
      return { caseKey: key, on, play: (stage) => live(stage, step, on, today) };
    }),
  );
  return [...dropped, ...steps].sort((a, b) => Temporal.PlainDate.compare(a.on, b.on));
}

/** The PDF is dropped, read, and confirmed as it was read; only that a buyer is a private person has to be said. */
async function drop({ deps, tenantId, made }: Stage, document: DemoDocument, pdf: Uint8Array): Promise<Result<unknown>> {
  const { fileName, debtor, story } = document;
  const [item] = await receiveFile(deps, tenantId, { name: fileName, bytes: pdf });
  if (!item?.reading) throw new Error(`${fileName} was not read: ${item?.refusal?.message}`);
  const { typed } = draftOf(item.reading);
  const confirmed = await confirmReading(deps, tenantId, item.id, { ...typed, 'debtor.kind': debtor.kind });
  if (confirmed.ok && confirmed.value.caseId) made.caseId = confirmed.value.caseId;
  made.documents.set(story.key, document);
  return confirmed;
}

/** A statement comes in as a CSV of the bank's website, and is matched. */
async function dropStatement(
  deps: Deps,
  tenantId: string,
  today: Day,
  lines: readonly StoryBankLine[],
): Promise<Result<unknown>> {
  const rows = lines.map((line) => {
    const [year, month, day] = storyDay(today, line.on).toString().split('-');
    return `${day}/${month}/${year};${line.text};${line.amount}`;
  });
  const bytes = new TextEncoder().encode(['Date;Libellé;Montant', ...rows, ''].join('\n'));
  const received = await receiveStatement(deps, tenantId, { name: 'releve-bancaire.csv', bytes });
  if (received.ok) await matchPending(deps, tenantId);
  return received;
}

/** What the platform kept of an invoice's life, dropped as one drops its messages. */
function dropStatuses(
  { deps, tenantId, made }: Stage,
  { document, statuses }: Extract<StoryStep, { do: 'status' }>,
  today: Day,
): Promise<Result<unknown>> {
  const spoken = made.documents.get(document);
  if (!spoken) throw new Error(`the platform speaks of ${document} before it came in`);
  const text = statusMessage(
    spoken,
    statuses.map((status) => ({ ...status, on: storyDay(today, status.on) })),
  );
  return receiveStatus(deps, tenantId, { name: `cycle-de-vie-${spoken.number}.xml`, bytes: new TextEncoder().encode(text) });
}

async function live(stage: Stage, step: StoryStep, on: Day, today: Day): Promise<Result<unknown>> {
  const { deps, tenantId, made } = stage;
  const { caseId, letterId } = made;
  if (caseId === undefined) throw new Error('the story speaks of a case before its invoice came in');
  switch (step.do) {
    case 'act': {
      const dayOf = (offset: number) => storyDay(today, offset);
      const days = { iso: (offset: number) => dayOf(offset).toString(), french: (offset: number) => frenchDay(dayOf(offset)) };
      return act(deps, tenantId, caseId, step.action, step.typed(days), adviceWitness(deps));
    }
    case 'set-rate':
      return setContractRate(deps, tenantId, caseId, step.percent);
    case 'answer':
      return saveAnswers(deps, tenantId, caseId, step.typed);
    case 'bank':
      return dropStatement(deps, tenantId, today, step.lines);
    case 'status':
      return dropStatuses(stage, step, today);
    case 'prepare-notice': {
      const choices = { deadlineOn: addDays(on, USUAL_DEADLINE_DAYS), instalments: true, mediation: false };
      const prepared = await prepareNotice(deps, tenantId, caseId, choices);
      if (prepared.ok) made.letterId = prepared.value.letterId;
      return prepared;
    }
    case 'post-notice':
      if (letterId === undefined) return { ok: true, value: undefined };
      return markPosted(
        deps,
        tenantId,
        letterId,
        { postedOn: on.toString(), trackingNumber: step.tracking, bankChecked: 'compte consulté en ligne, rien de ce client.' },
        adviceWitness(deps),
      );
    case 'notice-outcome':
      if (letterId === undefined) return { ok: true, value: undefined };
      return recordOutcome(deps, tenantId, letterId, { outcome: step.outcome, outcomeOn: on.toString() });
  }
}
