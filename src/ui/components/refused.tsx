import type { Refusal } from '#core/kernel/result.ts';
import { fieldErrors } from '#platform/form.ts';
import { Alert } from './alert.tsx';
import { ErrorSummary } from './error-summary.tsx';

/** Why a form was refused, at the top of its page: the answers to correct, or the reason where no field is to blame. */
export function Refused({ refusal }: { refusal: Refusal | undefined }) {
  if (!refusal) return null;
  const errors = fieldErrors(refusal);
  if (Object.keys(errors).length > 0) return <ErrorSummary errors={errors} />;
  return (
    <Alert tone="late" live>
      <p>{refusal.message}</p>
    </Alert>
  );
}
