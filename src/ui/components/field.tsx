import { type Children, cx } from '../view.ts';

/** What every question of a form has. */
export interface Asked {
  readonly name: string;
  readonly label: string;
  /** helps to answer: an example, where to find it */
  readonly hint?: Children;
  /** what is wrong with the answer and how to mend it */
  readonly error?: string | undefined;
  /** what was typed, shown again as it was */
  readonly value?: string | undefined;
  /** most questions of a form must be answered: the few that need not are marked « facultatif », or in the words given */
  readonly optional?: boolean | string;
}

/** The id of the input that holds an answer: error summaries link to it. */
export const fieldId = (name: string): string => `champ-${name.replace(/[^\p{L}\p{N}]+/gu, '-')}`;

/** The attributes that tie an input to its hint and its error. */
export function described({ name, hint, error }: Pick<Asked, 'name' | 'hint' | 'error'>) {
  const id = fieldId(name);
  const by = cx(hint !== undefined && `${id}-aide`, error !== undefined && `${id}-erreur`);
  return { ...(by ? { 'aria-describedby': by } : {}), ...(error !== undefined ? { 'aria-invalid': 'true' } : {}) };
}

/** The hint and the error of a question. */
export function Notes({ name, hint, error }: Pick<Asked, 'name' | 'hint' | 'error'>) {
  const id = fieldId(name);
  return (
    <>
      {hint !== undefined && (
        <div class="q-hint" id={`${id}-aide`}>
          {hint}
        </div>
      )}
      {error !== undefined && (
        <p class="q-error" id={`${id}-erreur`}>
          <span class="visually-hidden">Erreur&#8239;: </span>
          {error}
        </p>
      )}
    </>
  );
}

/** What marks a question that need not be answered. */
export const OptionalMark = ({ optional }: { optional: boolean | string | undefined }) =>
  optional ? <span class="q-optional"> ({optional === true ? 'facultatif' : optional})</span> : null;

/** The question itself, and its notes, above the input that `children` holds. */
export function Question({ children, ...asked }: Asked & { children?: Children }) {
  return (
    <div class={cx('q-field', asked.error !== undefined && 'q-field-wrong')}>
      <label class="form-label" for={fieldId(asked.name)}>
        {asked.label}
        <OptionalMark optional={asked.optional} />
      </label>
      <Notes {...asked} />
      {children}
    </div>
  );
}

interface FieldProps extends Asked {
  type?: 'text' | 'email' | 'tel' | 'url' | 'password' | 'search';
  autocomplete?: string;
  inputmode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | 'url' | 'search';
  /** how long the usual answer is: the input is as wide */
  width?: 'short' | 'medium' | 'full';
  maxlength?: number;
}

/** A question answered in a line of text. */
export function Field({ type = 'text', autocomplete, inputmode, width = 'full', maxlength, ...asked }: FieldProps) {
  return (
    <Question {...asked}>
      <input
        class={cx('form-control', `q-w-${width}`, asked.error !== undefined && 'is-invalid')}
        type={type}
        id={fieldId(asked.name)}
        name={asked.name}
        value={asked.value}
        autocomplete={autocomplete}
        inputmode={inputmode}
        maxlength={maxlength}
        required={!asked.optional}
        {...described(asked)}
      />
    </Question>
  );
}

/** A question answered in several lines. */
export function TextField({ rows = 5, maxlength, ...asked }: Asked & { rows?: number; maxlength?: number }) {
  return (
    <Question {...asked}>
      <textarea
        class={cx('form-control', asked.error !== undefined && 'is-invalid')}
        id={fieldId(asked.name)}
        name={asked.name}
        rows={rows}
        maxlength={maxlength}
        required={!asked.optional}
        {...described(asked)}
      >
        {asked.value}
      </textarea>
    </Question>
  );
}

/** A day, in the browser's own calendar; the value is ISO ("2026-03-31"). */
export function DayField({ min, max, ...asked }: Asked & { min?: string; max?: string }) {
  return (
    <Question {...asked}>
      <input
        class={cx('form-control q-w-short', asked.error !== undefined && 'is-invalid')}
        type="date"
        id={fieldId(asked.name)}
        name={asked.name}
        value={asked.value}
        min={min}
        max={max}
        required={!asked.optional}
        {...described(asked)}
      />
    </Question>
  );
}

/** An amount, typed as people type it: « 4 800,00 », "4800.5". Read it with `parseTypedAmount`. `unit` is « € » unless said otherwise. */
export function MoneyField({ unit = '€', ...asked }: Asked & { unit?: string }) {
  return (
    <Question {...asked}>
      <div class="input-group q-w-medium">
        <input
          class={cx('form-control q-money-input', asked.error !== undefined && 'is-invalid')}
          type="text"
          inputmode="decimal"
          id={fieldId(asked.name)}
          name={asked.name}
          value={asked.value}
          required={!asked.optional}
          {...described(asked)}
        />
        <span class="input-group-text" aria-hidden="true">
          {unit}
        </span>
      </div>
    </Question>
  );
}
