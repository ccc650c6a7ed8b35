import { addDays, type Day } from '#core/kernel/day.ts';
import type { Result } from '#core/kernel/result.ts';
import type { Typed } from '#platform/form.ts';
import { type NoticeChoices, noticeChoices, USUAL_DEADLINE_DAYS } from './notices.ts';

/** The delays one press chooses, in days; the law sets none, 8 to 15 are usual. */
export const USUAL_DELAYS = [8, USUAL_DEADLINE_DAYS] as const;

/** The choices as the page's form and addresses carry them. */
export interface TypedChoices {
  /** "8", "15" or "date" */
  readonly delay: string;
  /** the day of "date", as typed */
  readonly date: string;
  readonly instalments: boolean;
  readonly mediation: boolean;
}

/** What is chosen when nothing was: fifteen days, and an open door. */
const USUAL: TypedChoices = { delay: String(USUAL_DEADLINE_DAYS), date: '', instalments: true, mediation: true };

/** Reads the choices of an address or of a form. A first visit carries none. */
export function typedChoices(typed: Typed): TypedChoices {
  if (typed.delai === undefined) return USUAL;
  return {
    delay: typed.delai,
    date: typed.deadlineOn ?? '',
    instalments: typed.echeances !== undefined,
    mediation: typed.mediation !== undefined,
  };
}

/** The choices checked. Refusal `form.invalid` names `delai` or `deadlineOn`. */
export function readChoices({ delay, date, instalments, mediation }: TypedChoices, today: Day): Result<NoticeChoices> {
  const usual = USUAL_DELAYS.find((days) => String(days) === delay);
  return noticeChoices(
    {
      deadlineOn: usual === undefined ? date : addDays(today, usual).toString(),
      instalments: String(instalments),
      mediation: String(mediation),
    },
    today,
  );
}

/** The fields that carry the choices from page to page. */
export function carried({ delay, date, instalments, mediation }: TypedChoices): Record<string, string> {
  return {
    delai: delay,
    ...(delay === 'date' ? { deadlineOn: date } : {}),
    ...(instalments ? { echeances: 'oui' } : {}),
    ...(mediation ? { mediation: 'oui' } : {}),
  };
}

export const queryOf = (choices: TypedChoices): string => `?${new URLSearchParams(carried(choices))}`;
