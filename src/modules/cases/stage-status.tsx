import { Status, type Tone } from '#ui/components/index.ts';
import type { IconName } from '#ui/icons.tsx';
import { STAGE_WORDS } from './stage-words.ts';
import type { Stage } from './state.ts';

const LOOKS: Readonly<Record<Stage, { readonly tone: Tone; readonly icon: IconName }>> = {
  'not-due': { tone: 'quiet', icon: 'calendar' },
  'to-contact': { tone: 'soon', icon: 'phone' },
  overdue: { tone: 'late', icon: 'late' },
  promised: { tone: 'info', icon: 'promise' },
  'promise-broken': { tone: 'late', icon: 'broken' },
  'plan-running': { tone: 'info', icon: 'plan' },
  'plan-broken': { tone: 'late', icon: 'broken' },
  'notice-prepared': { tone: 'soon', icon: 'letter' },
  'notice-running': { tone: 'info', icon: 'sent' },
  'notice-expired': { tone: 'late', icon: 'late' },
  disputed: { tone: 'dispute', icon: 'dispute' },
  insolvent: { tone: 'dispute', icon: 'insolvent' },
  'money-to-place': { tone: 'info', icon: 'payment' },
  'payment-announced': { tone: 'info', icon: 'payment' },
  'document-missing': { tone: 'soon', icon: 'file' },
  'not-delivered': { tone: 'late', icon: 'broken' },
  withdrawn: { tone: 'dispute', icon: 'stop' },
  settled: { tone: 'good', icon: 'paid' },
  closed: { tone: 'quiet', icon: 'lock' },
};

/** Where a case stands, as a badge. */
export function StageStatus({ of }: { of: Stage }) {
  return (
    <Status tone={LOOKS[of].tone} icon={LOOKS[of].icon}>
      {STAGE_WORDS[of].label}
    </Status>
  );
}
