import type { Rule } from '#core/law/registry/define.ts';
import { fr } from '#core/letters/typography.ts';
import { Actions, DayField, Field, LinkButton, MoneyField, Select, Submit } from '#ui/components/index.ts';
import { cx } from '#ui/view.ts';
import { rulePath } from '../paths.ts';
import { type FormGroup, type FormQuestion, isGroup, questionsOf, type TypedFacts } from './form.ts';
import { choiceWords, labelOf } from './words.ts';

interface Props {
  rule: Rule;
  typed: TypedFacts;
  errors: Readonly<Record<string, string>>;
}

/** « Essayer avec vos chiffres »: the inputs of a rule as a form that changes nothing. Its address can be kept and sent. */
export function TryForm({ rule, typed, errors }: Props) {
  return (
    <form method="get" action={`${rulePath(rule.name)}#essai`} class="q-form" novalidate>
      <input type="hidden" name="essai" value="1" />
      <Questions of={questionsOf(rule.inputs, typed)} rule={rule} typed={typed} errors={errors} />
      <Actions>
        <Submit icon="calculator">Calculer</Submit>
        <LinkButton href={`${rulePath(rule.name)}#essai`} weight="quiet">
          Revenir à l’exemple
        </LinkButton>
      </Actions>
    </form>
  );
}

function Questions({ of, ...props }: Props & { of: readonly (FormQuestion | FormGroup)[] }) {
  return <>{of.map((one) => (isGroup(one) ? <Group of={one} {...props} /> : <Asked of={one} {...props} />))}</>;
}

function Group({ of, ...props }: Props & { of: FormGroup }) {
  const name = labelOf(props.rule.name, of.path, of.meaning);
  return (
    <fieldset class={cx('q-fieldset', 'q-fieldset-group')}>
      <legend class="form-label">{of.rank === undefined ? name : fr`${name} : n° ${of.rank}`}</legend>
      <Questions of={of.questions} {...props} />
    </fieldset>
  );
}

function Asked({ of: { name, path, key, field, optional }, rule, typed, errors }: Props & { of: FormQuestion }) {
  const unit = field.unit && field.type === 'integer' ? `, en ${field.unit}` : '';
  const asked = {
    name,
    label: `${labelOf(rule.name, path, field.meaning)}${unit}`,
    value: typed[name],
    error: errors[name],
    optional,
  };
  switch (field.type) {
    case 'day':
      return <DayField {...asked} />;
    case 'amount':
      return <MoneyField {...asked} />;
    case 'percent':
      return <MoneyField {...asked} unit="%" />;
    case 'choice':
      return <Select {...asked} {...empty(optional)} options={choices(key, field.choices ?? [])} />;
    case 'boolean':
      return <Select {...asked} {...empty(optional)} options={YES_NO} />;
    case 'integer':
      return <Field {...asked} inputmode="numeric" width="short" />;
    default:
      return <Field {...asked} width="medium" />;
  }
}

const YES_NO = [
  { value: 'oui', label: 'Oui' },
  { value: 'non', label: 'Non' },
] as const;

const empty = (optional: boolean) => ({ placeholder: optional ? 'Sans réponse' : 'Choisissez' });

const choices = (key: string, values: readonly string[]) => values.map((value) => ({ value, label: choiceWords(key, value) }));
