import { Icon } from '../icons.tsx';

export interface Step {
  readonly label: string;
  readonly state: 'done' | 'skipped' | 'current' | 'todo';
  /** where a step that is behind can be corrected, or answered after all */
  readonly href?: string;
}

const SPOKEN = { done: 'fait', skipped: 'passé', current: 'en cours', todo: 'à faire' } as const;

/** Where one stands in a run of questions. `label` names the run for screen readers. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  const at = steps.findIndex((s) => s.state === 'current') + 1;
  return (
    <nav class="q-steps-nav" aria-label={label}>
      {at > 0 && (
        <p class="q-steps-count">
          Étape {at} sur {steps.length}
        </p>
      )}
      <ol class="q-steps">
        {steps.map((step, index) => (
          <li class={`q-step q-step-${step.state}`} aria-current={step.state === 'current' ? 'step' : undefined}>
            <span class="q-step-mark" aria-hidden="true">
              {step.state === 'done' ? <Icon name="check" /> : step.state === 'skipped' ? '–' : index + 1}
            </span>
            <span class="q-step-label">
              {step.href && (step.state === 'done' || step.state === 'skipped') ? (
                <a href={step.href}>{step.label}</a>
              ) : (
                step.label
              )}
              <span class="visually-hidden"> ({SPOKEN[step.state]})</span>
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
