import type { Day as CivilDay } from '#core/kernel/day.ts';
import { Icon, type IconName } from '../icons.tsx';
import { type Children, cx } from '../view.ts';
import { Day } from './day.tsx';
import type { Tone } from './status.tsx';

export interface TimelineEvent {
  readonly on: CivilDay;
  readonly icon: IconName;
  readonly title: Children;
  readonly tone?: Tone;
  /** not happened yet: a deadline, a promise */
  readonly future?: boolean;
  readonly body?: Children;
  /** for the user alone: left out on paper, which may go to others */
  readonly unprinted?: boolean;
}

/** What happened and what is expected, in one line of time; the caller gives the order. */
export function Timeline({ events, today }: { events: readonly TimelineEvent[]; today: CivilDay }) {
  return (
    <ol class="q-timeline">
      {events.map((event) => (
        <li class={cx('q-event', event.future && 'q-event-future', event.unprinted && 'q-no-print')}>
          <span class={`q-event-icon q-tone-${event.tone ?? 'quiet'}`}>
            <Icon name={event.icon} />
          </span>
          <div class="q-event-text">
            <p class="q-event-when">
              <Day of={event.on} {...(event.future ? { today } : {})} />
              {event.future && <span class="q-event-mark">à venir</span>}
            </p>
            <p class="q-event-title">{event.title}</p>
            {event.body && <div class="q-event-body">{event.body}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
