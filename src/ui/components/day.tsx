import { addDays, type Day as CivilDay, isBefore } from '#core/kernel/day.ts';
import { dueIn, fullDay, longDay, relativeDay, shortDay } from '../format.ts';
import { Status } from './status.tsx';

interface Props {
  of: CivilDay;
  /** « 31 mars 2026 » unless said otherwise: `short` « 31/03/2026 », `full` « mardi 31 mars 2026 » */
  form?: 'long' | 'short' | 'full';
  /** adds where the day stands from today: « , dans 3 jours » */
  today?: CivilDay;
}

/** A civil day. */
export function Day({ of, form = 'long', today }: Props) {
  const text = form === 'short' ? shortDay(of) : form === 'full' ? fullDay(of) : longDay(of);
  return (
    <time class="q-day" datetime={of.toString()}>
      {text}
      {today && <span class="q-day-relative"> ({relativeDay(of, today)})</span>}
    </time>
  );
}

/** A due day as a status: late, near (within `soonDays`, 7 by default) or still far. */
export function DueStatus({ due, today, soonDays = 7 }: { due: CivilDay; today: CivilDay; soonDays?: number }) {
  const tone = isBefore(due, today) ? 'late' : isBefore(addDays(today, soonDays), due) ? 'quiet' : 'soon';
  const icon = tone === 'quiet' ? 'calendar' : tone;
  return (
    <Status tone={tone} icon={icon}>
      {dueIn(due, today)}
    </Status>
  );
}
