import { type Option, Select } from './choice.tsx';

interface Props<F extends string> {
  /** what the columns of a table may hold; `needed`: nothing can be read without it; `oneOf`: nothing can be read without one of them, « au moins un montant » */
  fields: readonly {
    readonly name: F;
    readonly label: string;
    readonly needed?: boolean;
    readonly oneOf?: string;
    readonly hint?: string;
  }[];
  columns: readonly Option[];
  /** the column chosen for a field; empty for none */
  chosen: (field: F) => string;
}

/** Which column of a table holds what: a short list for each field. */
export function ColumnChoices<F extends string>({ fields, columns, chosen }: Props<F>) {
  return (
    <div class="q-field-grid">
      {fields.map(({ name, label, needed = false, oneOf, hint }) => (
        <Select
          name={name}
          label={label}
          value={chosen(name)}
          optional={!needed && (oneOf ?? true)}
          placeholder={needed ? 'À choisir' : 'Aucune'}
          options={columns}
          {...(hint === undefined ? {} : { hint })}
        />
      ))}
    </div>
  );
}
