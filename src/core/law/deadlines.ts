import { addDays, type Day } from '../kernel/day.ts';
import { frenchDay } from '../kernel/french.ts';
import { computed, missing, notApplicable, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import { dayOff, type HolidayZone } from './holidays.ts';
import { steps } from './step.ts';

const say = steps('deadline');

export interface DeadlineFacts {
  /** the day of the act or event: it is not counted */
  readonly from: Day;
  readonly months?: number;
  readonly days?: number;
  readonly zone: HolidayZone;
  /** who must act lives overseas (one more month) or abroad (two), and the court is on the mainland (CPC 643) */
  readonly distance?: 'overseas' | 'abroad';
}

export interface Deadline {
  /** the same-number day, or the last day of the month when there is none */
  readonly raw: Day;
  /** the next working day when `raw` is not one */
  readonly shifted: Day;
}

const DISTANCE_MONTHS = { overseas: 1, abroad: 2 } as const;

/**
 * The end of a deadline of procedure (CPC 640 to 645): months first, then days, at midnight of the last day; postponed to the
 * next working day when it ends on a Saturday, a Sunday or a public holiday. It does not extend limitation, nor contract terms.
 */
export function proceduralDeadline(facts: DeadlineFacts): Outcome<Deadline> {
  if (facts.months === undefined && facts.days === undefined) {
    return missing(['days', 'months'], 'Il manque la durée du délai, en jours ou en mois.');
  }
  if ((facts.months ?? 0) < 0 || (facts.days ?? 0) < 0)
    return notApplicable('Un délai se compte en avant\u202f: sa durée ne peut pas être négative.');
  const months = (facts.months ?? 0) + (facts.distance ? DISTANCE_MONTHS[facts.distance] : 0);
  const raw = addDays(facts.from.add({ months }), facts.days ?? 0);
  const { shifted, why, local } = nextWorkingDay(raw, facts.zone);
  const trace: TraceStep[] = [
    say(
      facts.distance ? ['cpc-641', 'cpc-643'] : ['cpc-641'],
      'official',
      `Le ${frenchDay(facts.from)} n’est pas compté${facts.distance ? `\u202f; le délai est augmenté de ${facts.distance === 'abroad' ? 'deux mois (étranger)' : 'un mois (outre-mer)'}` : ''}\u202f: le délai finit le ${frenchDay(raw)}.`,
      { raw: raw.toString() },
    ),
  ];
  if (why.length > 0) {
    trace.push(
      say(
        local ? ['cpc-641', 'ctrav-L3133-1', 'ccass-civ3-2021-01-21'] : ['cpc-641', 'ctrav-L3133-1'],
        local ? 'reading' : 'official',
        `Ce jour n’est pas ouvrable (${why.join(', ')})\u202f: le délai est prolongé au ${frenchDay(shifted)}.${
          local
            ? ` Qu’un jour férié local prolonge le délai n’est pas tranché\u202f: agissez avant la date la plus proche, ${frenchDay(nextWorkingDay(raw, 'metropole').shifted)}.`
            : ''
        }`,
        { shifted: shifted.toString() },
      ),
    );
  }
  return computed({ raw, shifted }, trace);
}

function nextWorkingDay(raw: Day, zone: HolidayZone): { shifted: Day; why: string[]; local: boolean } {
  const why: string[] = [];
  let [shifted, local] = [raw, false];
  for (let off = dayOff(shifted, zone); off; off = dayOff(shifted, zone)) {
    why.push(off.name);
    local ||= off.local;
    shifted = addDays(shifted, 1);
  }
  return { shifted, why, local };
}
