import { Icon, type IconName } from '../icons.tsx';
import { type Children, cx } from '../view.ts';
import { type Asked, described, fieldId, Notes, OptionalMark, Question } from './field.tsx';

export interface Option {
  readonly value: string;
  readonly label: string;
  /** what choosing it means */
  readonly hint?: Children;
  readonly icon?: IconName;
}

/** A choice in a closed list, for many short options. */
export function Select({ options, placeholder, ...asked }: Asked & { options: readonly Option[]; placeholder?: string }) {
  return (
    <Question {...asked}>
      <select
        class={cx('form-select', asked.error !== undefined && 'is-invalid')}
        id={fieldId(asked.name)}
        name={asked.name}
        required={!asked.optional}
        {...described(asked)}
      >
        {placeholder !== undefined && (
          <option value="" selected={!asked.value}>
            {placeholder}
          </option>
        )}
        {options.map((o) => (
          <option value={o.value} selected={o.value === asked.value}>
            {o.label}
          </option>
        ))}
      </select>
    </Question>
  );
}

interface RadioProps extends Asked {
  options: readonly Option[];
  /** the question is the page's title: it is then its h1 */
  titled?: boolean;
}

/** One question with a few answers, each explained. */
export function RadioCards({ options, titled = false, ...asked }: RadioProps) {
  const id = fieldId(asked.name);
  const legend = (
    <>
      {asked.label}
      <OptionalMark optional={asked.optional} />
    </>
  );
  return (
    <div class={cx('q-field', asked.error !== undefined && 'q-field-wrong')}>
      <fieldset class="q-fieldset" {...described({ name: asked.name, hint: asked.hint, error: asked.error })}>
        <legend class={titled ? 'q-legend-title' : 'form-label'}>{titled ? <h1>{legend}</h1> : legend}</legend>
        <Notes {...asked} />
        <div class="q-choices">
          {options.map((o, index) => (
            <label class="q-choice">
              <input
                class="form-check-input"
                type="radio"
                id={index === 0 ? id : `${id}-${index}`}
                name={asked.name}
                value={o.value}
                checked={o.value === asked.value}
                aria-describedby={o.hint === undefined ? undefined : `${id}-${index}-sens`}
              />
              {o.icon && <Icon name={o.icon} class="q-choice-icon" />}
              <span class="q-choice-text">
                <span class="q-choice-label">{o.label}</span>
                {o.hint !== undefined && (
                  <span class="q-hint" id={`${id}-${index}-sens`}>
                    {o.hint}
                  </span>
                )}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
    </div>
  );
}

/** A yes or no that can be left unticked. */
export function Checkbox({ checked = false, value = 'oui', ...asked }: Asked & { checked?: boolean }) {
  return (
    <div class={cx('q-field', asked.error !== undefined && 'q-field-wrong')}>
      <label class="q-check">
        <input
          class="form-check-input"
          type="checkbox"
          id={fieldId(asked.name)}
          name={asked.name}
          value={value}
          checked={checked}
          {...described(asked)}
        />
        <span>{asked.label}</span>
      </label>
      <Notes name={asked.name} hint={asked.hint} error={asked.error} />
    </div>
  );
}
